package dev.weir.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;

/**
 * What an endpoint answers with before the body.
 *
 * @param version HTTP/1.0 or HTTP/1.1
 * @param status the status code
 * @param reason the reason phrase as it came
 * @param fields the header fields, which belong to whoever gets them
 */
record ResponseHead(HttpVersion version, int status, String reason, MultiMap fields) {}

/**
 * What bodies of requests may be: how large, by content type, and how they must look inside. Bytes
 * are looked at as they pass and are never kept.
 *
 * <p>Starting points: {@link dev.weir.body.BodyRules}, which a route has, and {@link
 * dev.weir.body.BodyGuard}, which watches over one body. Nothing here is safe for several threads
 * at once.
 */
package dev.weir.body;

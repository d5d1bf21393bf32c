package dev.weir.control;

import io.vertx.core.json.JsonObject;

/** A command and who has sent it. */
record Request(Caller caller, JsonObject command) {}

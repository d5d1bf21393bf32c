package dev.weir.bridge;

import dev.weir.bus.Addresses;
import dev.weir.config.BridgeConfig;
import dev.weir.config.PermitConfig;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What may pass the bridge, and which way. */
final class AllowList {

  private static final String ONE_NODE = Addresses.CONTROL + ".";

  private final List<PermitConfig> inbound;
  private final List<String> outbound;

  AllowList(BridgeConfig config) {
    inbound = config.inbound();
    outbound = config.outbound();
  }

  /** Whether a client may send this message, or publish it. */
  boolean admits(String address, Object body) {
    return inbound.stream()
        .filter(permit -> covers(permit.address(), address))
        .anyMatch(permit -> permit.ops().isEmpty() || permit.ops().contains(op(body)));
  }

  /** The command that a message is, or that it has inside when it is signed. */
  private static String op(Object body) {
    if (!(body instanceof JsonObject json)) {
      return "";
    }
    Object command = json.getValue("command");
    if (command instanceof String text && json.containsKey("signature")) {
      return op(decode(text));
    }
    return json.getValue("op") instanceof String op ? op : "";
  }

  private static Object decode(String text) {
    try {
      return Json.decodeValue(text);
    } catch (DecodeException e) {
      return null;
    }
  }

  /** Whether a client may hear what is sent to an address. */
  boolean opens(String address) {
    return outbound.stream().anyMatch(entry -> covers(entry, address));
  }

  /** Where one node is meant, the entry for any node counts: nobody knows the ids beforehand. */
  private static boolean covers(String entry, String address) {
    return matches(entry, address.startsWith(ONE_NODE) ? Addresses.CONTROL : address);
  }

  private static boolean matches(String entry, String address) {
    return entry.endsWith("*")
        ? address.startsWith(entry.substring(0, entry.length() - 1))
        : address.equals(entry);
  }
}

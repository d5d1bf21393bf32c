package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clients of the bridge that mean no good, or are broken. */
class HostileBridgeIT extends BridgeSuite {
  private static final int MAX_FRAME_BYTES = 1024;
  private static final String BRIDGE =
      "{'inbound': [{'address': 'orders.*'}], 'outbound': ['orders.*'], 'maxFrameBytes': 1024,"
          + " 'maxPendingBytes': 65536, 'maxConnections': 4}";

  private static void assertServes(BusClient client) throws IOException {
    client.send("ping");
    assertThat(client.read().getString("type")).isEqualTo("pong");
  }

  @Test
  void garbageFramesAreRefusedAndClosed() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    BusClient witness = bus(gateway);
    List<String> garbage =
        List.of(
            "x",
            "[]",
            "[{}]",
            "null",
            "7",
            "\"ping\"",
            "{",
            "{}}",
            "{'a':1}",
            "\u0000",
            "[".repeat(900));
    for (String text : garbage) {
      try (BusClient client = bus(gateway)) {
        client.frame(text);
        assertThat(client.read().getString("message")).as(text).isEqualTo("invalid_frame");
        client.awaitClosed();
      }
    }
    awaitClients(gateway, 1);
    assertThat(metric(gateway, "closed_total")).isEqualTo(garbage.size());
    assertServes(witness);
  }

  @Test
  void randomBytesDoNoHarm() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    BusClient witness = bus(gateway);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      try (BusClient client = bus(gateway)) {
        byte[] bytes = new byte[1 + random.nextInt(2 * MAX_FRAME_BYTES)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
          client.length(1 + random.nextInt(MAX_FRAME_BYTES));
        }
        client.raw(bytes);
      } catch (SocketException closed) {
        assertThat(closed).hasMessageMatching("(?i)broken pipe|connection reset.*");
      }
    }
    awaitClients(gateway, 1);
    assertServes(witness);
  }

  @Test
  void fieldsOfTheWrongTypeAreRefusedAndTheConnectionGoesOn() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    BusClient client = bus(gateway);
    List<String> frames =
        List.of(
            "{} unknown_type",
            "{'type':7} unknown_type",
            "{'type':'message','address':'orders.a'} unknown_type",
            "{'type':'send'} missing_address",
            "{'type':'send','address':null} missing_address",
            "{'type':'send','address':7} invalid_field",
            "{'type':'send','address':['orders.a']} invalid_field",
            "{'type':'send','address':'orders.a','headers':{'a':7}} invalid_field",
            "{'type':'send','address':'orders.a','headers':['a']} invalid_field",
            "{'type':'send','address':'orders.a','replyAddress':{}} invalid_field",
            "{'type':'register','address':false} invalid_field",
            "{'type':'publish','address':'orders.a','headers':7} invalid_field");
    for (String frame : frames) {
      int space = frame.lastIndexOf(' ');
      client.frame(frame.substring(0, space).replace('\'', '"'));
      assertThat(client.read().getString("message"))
          .as(frame)
          .isEqualTo(frame.substring(space + 1));
    }
    assertServes(client);
  }

  @Test
  void headersChooseNeitherCodecNorTimeout() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    BusClient client = bus(gateway);
    client.send("register", "address", "orders.a");
    JsonObject headers = new JsonObject().put("codecName", "weir.exchange").put("timeout", "x");
    client.send("send", "address", "orders.a", "headers", headers, "body", 1);
    assertThat(client.read().getJsonObject("headers")).isEqualTo(headers);
  }

  @Test
  void oversizedFrameIsClosedByItsLength() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    for (int length : new int[] {MAX_FRAME_BYTES + 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      try (BusClient client = bus(gateway)) {
        client.length(length);
        assertThat(client.read().getString("message")).isEqualTo("frame_too_large");
        client.awaitClosed();
      }
    }
    BusClient client = bus(gateway);
    String ping = "{\"type\":\"ping\",\"body\":\"";
    client.frame(ping + "x".repeat(MAX_FRAME_BYTES - ping.length() - 2) + "\"}");
    assertThat(client.read().getString("type")).isEqualTo("pong");
  }

  @Test
  void clientThatNeverReadsIsCutOffAndOthersHearAll() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    BusClient deaf = keep(BusClient.withSmallBuffer(port(gateway)));
    deaf.send("register", "address", "orders.all");
    BusClient keen = bus(gateway);
    keen.send("register", "address", "orders.all");
    deaf.send("ping");
    deaf.read();
    assertServes(keen);
    String text = "x".repeat(8192);
    int published = 0;
    while (metric(gateway, "closed_total") == 0) {
      assertThat(published).as("frames of 8 KiB for one that never reads").isLessThan(5_000);
      for (int i = 0; i < 10; i++, published++) {
        gateway.vertx().eventBus().publish("orders.all", text + published);
        assertThat(keen.read().getString("body")).isEqualTo(text + published);
      }
    }
    awaitClients(gateway, 1);
    deaf.awaitClosed();
    assertServes(keen);
  }

  @Test
  void answersThatNobodyReadsAreNotKept() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    BusClient deaf = keep(BusClient.withSmallBuffer(port(gateway)));
    try {
      while (metric(gateway, "closed_total") == 0) {
        for (int i = 0; i < 1000; i++) {
          deaf.send("ping");
        }
      }
    } catch (IOException e) {
      assertThat(e).as("it is closed while it writes").isInstanceOf(java.net.SocketException.class);
    }
    awaitClients(gateway, 0);
  }

  @Test
  void moreConnectionsThanAllowedAreClosed() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    List<BusClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(bus(gateway));
      assertServes(clients.get(i));
    }
    bus(gateway).awaitClosed();
    clients.get(0).close();
    awaitClients(gateway, 3);
    assertServes(bus(gateway));
  }

  @Test
  void silentClientIsClosedEvenInTheMiddleOfAFrame() throws Exception {
    Gateway gateway = bridged("{'idleTimeoutMillis': 1000}");
    BusClient silent = bus(gateway);
    BusClient slow = bus(gateway);
    slow.length(100);
    BusClient pinging = bus(gateway);
    Await.until(
        "both are closed while the third one pings",
        () -> {
          try {
            assertServes(pinging);
            return metric(gateway, "connections") == 1;
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    silent.awaitClosed();
    slow.awaitClosed();
  }

  @Test
  void requestsAndRegistrationsOfOneClientAreBounded() throws Exception {
    Gateway gateway = bridged(BRIDGE);
    Await.result(gateway.vertx().eventBus().consumer("orders.void", question -> {}).completion());
    BusClient client = bus(gateway);
    for (int i = 0; i <= 256; i++) {
      client.send("send", "address", "orders.void", "replyAddress", "r" + i, "body", i);
      client.send("register", "address", "orders." + i);
    }
    assertThat(client.read())
        .isEqualTo(
            new JsonObject().put("type", "err").put("message", "too_many").put("address", "r256"));
    assertThat(client.read().getString("message")).isEqualTo("too_many");
    assertServes(client);
  }
}

package dev.weir.it;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client of the bridge that is free to send whatever it wants. */
final class BusClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;

  private BusClient(int port, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.setSoTimeout(Peer.READ_TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new DataOutputStream(socket.getOutputStream());
  }

  static BusClient connect(int port) throws IOException {
    return new BusClient(port, 0);
  }

  /** One that takes little of what it does not read. */
  static BusClient withSmallBuffer(int port) throws IOException {
    return new BusClient(port, GatewaySuite.SMALL_BUFFER_BYTES);
  }

  /** A frame of this type; the other fields follow as keys and values. */
  void send(String type, Object... fields) throws IOException {
    JsonObject frame = new JsonObject().put("type", type);
    for (int i = 0; i < fields.length; i += 2) {
      frame.put((String) fields[i], fields[i + 1]);
    }
    frame(frame.encode());
  }

  /** A frame that says what it wants. */
  void frame(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** Bytes that are no frame, or not a whole one. */
  void raw(byte... bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** The length of a frame, and no frame. */
  void length(int length) throws IOException {
    out.writeInt(length);
    out.flush();
  }

  /** The next frame of the gateway. */
  JsonObject read() throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Sends a request and reads its answer. */
  JsonObject ask(String address, Object body) throws IOException {
    send("send", "address", address, "replyAddress", "answer", "body", body);
    return read();
  }

  /** Waits until the gateway has closed the connection; what it wrote before is lost. */
  void awaitClosed() throws IOException {
    byte[] forgotten = new byte[GatewaySuite.SMALL_BUFFER_BYTES];
    try {
      while (in.read(forgotten) >= 0) {}
    } catch (SocketException e) {
      return; // It closed while something of this side's was still unread.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

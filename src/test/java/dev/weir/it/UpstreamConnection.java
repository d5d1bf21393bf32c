package dev.weir.it;

import java.io.IOException;
import java.net.Socket;

/** A connection that the gateway opened to a {@link ScriptedUpstream}. */
final class UpstreamConnection extends Peer {
  private final ScriptedUpstream upstream;
  private final int number;

  UpstreamConnection(ScriptedUpstream upstream, Socket socket, int number) throws IOException {
    super(socket);
    this.upstream = upstream;
    this.number = number;
  }

  /** 1 for the first connection of this upstream. */
  int number() {
    return number;
  }

  /** The next request, whole and recorded; {@code null} when the gateway closed instead. */
  RawRequest request() throws IOException {
    RawRequest head = requestHead();
    return head == null ? null : requestBody(head);
  }

  /** The next request up to its empty line; {@code null} when the gateway closed instead. */
  RawRequest requestHead() throws IOException {
    RawRequest head = in.requestHead();
    if (head != null) {
      upstream.countRequest();
    }
    return head;
  }

  /** Reads what follows {@code head} and records the request. */
  RawRequest requestBody(RawRequest head) throws IOException {
    RawRequest whole = in.requestBody(head);
    upstream.record(whole);
    return whole;
  }

  /** Answers with {@code text}, whose length is announced. */
  void reply(int status, String text, String... headers) throws IOException {
    StringBuilder response = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    for (String header : headers) {
      response.append(header).append("\r\n");
    }
    response.append("Content-Length: ").append(text.length()).append("\r\n\r\n").append(text);
    write(response.toString());
  }
}

package dev.weir.it;

import java.io.IOException;

/**
 * A service in a JVM of its own that answers each request with what it was asked for. Says so on
 * standard output once it listens; ends with its input.
 */
public final class ServiceMain {
  private ServiceMain() {}

  /** Takes the port. */
  public static void main(String[] args) throws IOException {
    try (ScriptedUpstream service =
        ScriptedUpstream.answering(
            Integer.parseInt(args[0]), (request, c) -> c.reply(200, request.target()))) {
      System.out.println(service.port());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}

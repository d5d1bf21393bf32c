package dev.weir.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Makes ready on threads beside a start what it would come to later, piece by piece: the transport,
 * and the classes that every gateway needs. Those are loaded and verified; to initialize them is
 * for who uses them.
 *
 * <p>{@value #CLASSES} has their names in the order of need. A name that is no class is passed
 * over, and a class that is missing there is loaded when it is needed.
 */
public final class Ahead {

  static final String CLASSES = "start.classes";

  private Ahead() {}

  /** Begins, and does not wait for the end. */
  public static void start() {
    // No lambdas: to link the first of them takes as long as to start both.
    begin(
        new Thread("weir-transport") {
          @Override
          public void run() {
            Transports.load();
          }
        });
    begin(
        new Thread("weir-classes") {
          @Override
          public void run() {
            loadClasses();
          }
        });
  }

  private static void begin(Thread thread) {
    thread.setDaemon(true);
    thread.start();
  }

  private static void loadClasses() {
    for (String name : names().split("\n")) {
      load(name);
    }
  }

  private static String names() {
    try (InputStream list = Ahead.class.getResourceAsStream(CLASSES)) {
      return list == null ? "" : new String(list.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(String name) {
    try {
      // Whoever asks for the constructors has the class verified, which is a half of loading it.
      Class.forName(name, false, Ahead.class.getClassLoader()).getDeclaredConstructors();
    } catch (ClassNotFoundException | LinkageError e) {
      // Who needs it will say so.
    }
  }
}

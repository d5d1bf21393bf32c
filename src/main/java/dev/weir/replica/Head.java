package dev.weir.replica;

/**
 * The state that a chain of changes has led to.
 *
 * @param version grows with every change; where a cluster was split, two states may share one
 * @param id the id of the last change, different for any two states
 */
public record Head(long version, String id) {

  /** As it stands in the map. */
  String text() {
    return version + " " + id;
  }

  /** Reads {@link #text}; null of null. */
  static Head of(String text) {
    if (text == null) {
      return null;
    }
    int space = text.indexOf(' ');
    return new Head(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
  }
}

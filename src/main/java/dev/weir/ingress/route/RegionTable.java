package dev.weir.ingress.route;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A hash table that is asked with a part of a longer text, without taking the part out. Only for
 * one thread. Keys come from the configuration, never from requests, so nobody can make it slow
 * from outside.
 */
final class RegionTable<V extends RegionTable.Entry> {

  /*
   * Open addressing with linear probing, at most half full. The hash is made from the last character
   * to the first: so one pass over a text yields the hashes of all its endings.
   */

  private static final int SMALLEST = 4;

  /** 2^32 divided by the golden ratio: spreads hashes that differ in few bits. */
  private static final int SPREAD = 0x9E3779B9;

  private int size;
  private int longest;
  private V[] slots = slots(0);

  /** A value that knows its key, so that a look-up in a large table touches less memory. */
  abstract static class Entry {

    private final String key;
    private final int hash;

    Entry(String key) {
      // Many patterns share their words: one object for each word is likely to be in a cache.
      this.key = key.intern();
      this.hash = hash(key, 0, key.length());
    }

    final String key() {
      return key;
    }
  }

  /** The hash of a character and the text behind it. The hash of an empty text is 0. */
  static int extend(int hash, char c) {
    return 31 * hash + c;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The length of the longest key that there was; 0 when there was none. */
  int longest() {
    return longest;
  }

  /** The value of a part of a text, null when there is none. */
  V get(String text, int from, int to) {
    // Without this, a request could have a long segment hashed for nothing.
    return size == 0 || to - from > longest ? null : get(hash(text, from, to), text, from, to);
  }

  /** The value of a part of a text whose hash is known, null when there is none. */
  V get(int hash, String text, int from, int to) {
    return size == 0 ? null : slots[indexOf(hash, text, from, to - from)];
  }

  /** The value of a key, a new one where it has none. */
  V computeIfAbsent(String key, Function<String, V> create) {
    V present = get(key, 0, key.length());
    return present != null ? present : put(create.apply(key));
  }

  /** Hands over every value, in no order. */
  void forEach(Consumer<V> action) {
    for (V value : slots) {
      if (value != null) {
        action.accept(value);
      }
    }
  }

  /** How many slots are looked at to find a key, or to find that it is not there. */
  int probes(String key) {
    if (size == 0) {
      return 0;
    }
    int hash = hash(key, 0, key.length());
    int distance = indexOf(hash, key, 0, key.length()) - start(hash, slots.length);
    return (distance & slots.length - 1) + 1;
  }

  private V put(V value) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    place(value);
    size++;
    longest = Math.max(longest, value.key().length());
    return value;
  }

  /** Removes a key, if it is there. What came behind it in the same run moves up. */
  void remove(String key) {
    if (size == 0) {
      return;
    }
    int mask = slots.length - 1;
    int hole = indexOf(hash(key, 0, key.length()), key, 0, key.length());
    size -= slots[hole] == null ? 0 : 1;
    for (int i = hole + 1 & mask; slots[hole] != null && slots[i] != null; i = i + 1 & mask) {
      Entry entry = slots[i];
      int wanted = start(entry.hash, slots.length);
      if ((i - wanted & mask) >= (i - hole & mask)) {
        slots[hole] = slots[i];
        hole = i;
      }
    }
    slots[hole] = null;
  }

  private void grow() {
    V[] old = slots;
    slots = slots(Math.max(SMALLEST, 2 * old.length));
    for (V value : old) {
      if (value != null) {
        place(value);
      }
    }
  }

  private void place(V value) {
    Entry entry = value;
    slots[indexOf(entry.hash, entry.key, 0, entry.key.length())] = value;
  }

  /** Where a key is, or the free slot where it belongs. */
  private int indexOf(int hash, String text, int from, int length) {
    int mask = slots.length - 1;
    int index = start(hash, slots.length);
    while (slots[index] != null && !is(slots[index], hash, text, from, length)) {
      index = index + 1 & mask;
    }
    return index;
  }

  private static boolean is(Entry entry, int hash, String text, int from, int length) {
    return entry.hash == hash
        && entry.key.length() == length
        && text.regionMatches(from, entry.key, 0, length);
  }

  /** The top bits of the product, as many as the number of slots has. */
  private static int start(int hash, int slots) {
    return hash * SPREAD >>> Integer.numberOfLeadingZeros(slots - 1);
  }

  private static int hash(String text, int from, int to) {
    int hash = 0;
    for (int i = to - 1; i >= from; i--) {
      hash = extend(hash, text.charAt(i));
    }
    return hash;
  }

  @SuppressWarnings("unchecked")
  private static <V extends Entry> V[] slots(int length) {
    return (V[]) new Entry[length];
  }
}

package dev.weir.ingress.filter;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a request says of where it comes from: {@code Forwarded}, {@code X-Real-IP} and every field
 * whose name begins with {@code X-Forwarded-}.
 *
 * <p>Many servers read {@code _} in a name as {@code -}, so a name with underscores claims the same
 * in disguise. No proxy writes it like this, and it never passes.
 */
public enum Claims {
  /** Nothing. */
  NONE,
  /** Something, and every name is written as it should be. */
  OPEN,
  /** Something, and a name has an underscore in place of a dash. */
  DISGUISED;

  private static final String FORWARDED = "forwarded";
  private static final String REAL_IP = "x-real-ip";
  private static final String PREFIX = "x-forwarded-";

  /** What one more field, of that name, makes of it. */
  Claims with(CharSequence name) {
    if (this == DISGUISED || !isClaim(name)) {
      return this;
    }
    return hasUnderscore(name) ? DISGUISED : OPEN;
  }

  /** Removes every claim. */
  static void drop(MultiMap headers) {
    remove(headers, Claims::isClaim);
  }

  /** Removes the claims in disguise. */
  static void dropDisguised(MultiMap headers) {
    remove(headers, name -> isClaim(name) && hasUnderscore(name));
  }

  private static void remove(MultiMap headers, Predicate<String> which) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, String> field : headers) {
      if (which.test(field.getKey())) {
        names.add(field.getKey());
      }
    }
    names.forEach(headers::remove);
  }

  private static boolean isClaim(CharSequence name) {
    return name.length() == FORWARDED.length()
        ? startsWith(name, FORWARDED) || startsWith(name, REAL_IP)
        : startsWith(name, PREFIX);
  }

  /** Whether a name begins so, in any case, with any mix of dashes and underscores. */
  private static boolean startsWith(CharSequence name, String start) {
    if (name.length() < start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      char expected = start.charAt(i);
      char c = name.charAt(i);
      if (expected == '-' ? c != '-' && c != '_' : (c | 0x20) != expected) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasUnderscore(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '_') {
        return true;
      }
    }
    return false;
  }
}

package dev.weir.body;

/** The inside of a JSON string, from behind its opening quote to its closing one. */
final class JsonString {

  private static final long LOW = 0x0101010101010101L;
  private static final long CONTROLS = LOW * 0x20;
  private static final long QUOTES = LOW * '"';
  private static final long BACKSLASHES = LOW * '\\';

  private static final int PLAIN = 0;
  private static final int ESCAPE = -1;
  // Greater states: so many hexadecimal digits must follow. Less than ESCAPE: within a character.
  private static final int CHARACTER = -2;

  private final long maxBytes;
  private long size;
  private int state = PLAIN;
  private int utf8;
  private boolean closed;
  private String problem;

  /**
   * @param maxBytes how long it may be; 0 for no bound
   */
  JsonString(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A quote has opened a string. */
  void open() {
    closed = false;
    size = 0;
  }

  /** Whether one of a size is short enough. */
  boolean mayHave(int size) {
    return maxBytes == 0 || size <= maxBytes;
  }

  boolean isClosed() {
    return closed;
  }

  String problem() {
    return problem;
  }

  /** Reads on; the index behind the closing quote, or of a bad byte, or {@code to}. */
  int scan(byte[] bytes, int from, int to) {
    int at = state == PLAIN ? skipPlain(bytes, from, to) : from;
    while (at < to && step(bytes[at])) {
      at++;
      at = state == PLAIN ? skipPlain(bytes, at, to) : at;
    }
    size += at - from;
    if (maxBytes > 0 && size > maxBytes && problem == null) {
      closed = false;
      problem = "a string is longer than " + maxBytes + " bytes";
      return at - (int) (size - maxBytes);
    }
    return closed ? at + 1 : at;
  }

  /** To the next byte that is not an ordinary character of ASCII. */
  static int skipPlain(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      long word = (long) Utf8.WORD.get(bytes, at);
      long special = special(word);
      if (special != 0) {
        return at + (Long.numberOfTrailingZeros(special) >>> 3);
      }
    }
    while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  /** Sets the high bit of special bytes; what stands above the lowest one may be wrong. */
  private static long special(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    long low = (word - CONTROLS) & ~word;
    long hits = low | word | (quote - LOW) & ~quote | (backslash - LOW) & ~backslash;
    return hits & Utf8.HIGH_BITS;
  }

  /** Takes one byte; {@code false} at the closing quote and at a byte that may not stand there. */
  private boolean step(byte b) {
    if (state == PLAIN) {
      return plain(b);
    }
    if (state == CHARACTER) {
      return character(b);
    }
    return state == ESCAPE ? escape(b) : digit(b);
  }

  private boolean plain(byte b) {
    if (b == '"') {
      closed = true;
      return false;
    }
    if (b == '\\') {
      state = ESCAPE;
      return true;
    }
    utf8 = Utf8.START;
    return b < 0 ? character(b) : no("a control character must be escaped");
  }

  private boolean character(byte b) {
    utf8 = Utf8.next(utf8, b & 0xff);
    state = utf8 == Utf8.START ? PLAIN : CHARACTER;
    return utf8 != Utf8.BROKEN || no(Utf8.PROBLEM);
  }

  private boolean escape(byte b) {
    state = b == 'u' ? 4 : PLAIN;
    return b == 'u' || b > 0 && "\"\\/bfnrt".indexOf(b) >= 0 || no("this can't be escaped");
  }

  private boolean digit(byte b) {
    state--;
    return FormCheck.isHex(b) || no("an escape needs four hexadecimal digits");
  }

  private boolean no(String problem) {
    this.problem = problem;
    return false;
  }
}

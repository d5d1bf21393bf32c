package dev.weir.replica;

import io.vertx.core.VertxException;
import java.util.List;

/** A proposal that is not carried out. */
public abstract sealed class Rejection extends VertxException {

  Rejection(String message) {
    super(message, true);
  }

  /** It was meant for another version. */
  public static final class Stale extends Rejection {
    private final long version;

    Stale(long version) {
      super("the version in force is " + version);
      this.version = version;
    }

    /** The version in force. */
    public long version() {
      return version;
    }
  }

  /** It changes what is a node's own. */
  public static final class Local extends Rejection {
    private final transient List<String> sections;

    Local(List<String> sections) {
      super("a node's own " + String.join(", ", sections) + " can only change when it starts");
      this.sections = sections;
    }

    /** The top-level keys at fault. */
    public List<String> sections() {
      return sections;
    }
  }

  /**
   * The other nodes can't be asked, or there are too few of them. Where the connection broke at the
   * wrong moment the change may come to be nevertheless.
   */
  public static final class Unavailable extends Rejection {
    Unavailable(String message) {
      super(message);
    }
  }
}

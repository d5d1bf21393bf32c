package dev.weir.accesslog;

/** The fields of a line that follow its time, in their order. */
enum Field {
  ID("id"),
  CLIENT("client"),
  METHOD("method"),
  HOST("host"),
  PATH("path"),
  PROTO("proto"),
  ROUTE("route"),
  UPSTREAM("upstream"),
  ENDPOINT("endpoint"),
  STATUS("status"),
  FLAG("flag"),
  DETAIL("detail"),
  BYTES_IN("bytes_in"),
  BYTES_OUT("bytes_out"),
  ATTEMPTS("attempts"),
  QUEUE("queue_us"),
  CONNECT("connect_us"),
  FIRST_BYTE("first_byte_us"),
  TOTAL("total_us");

  private final String key;

  Field(String key) {
    this.key = key;
  }

  /** The key in the line. */
  String key() {
    return key;
  }
}

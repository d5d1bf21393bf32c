package dev.weir.upstream;

/** Who asks a pool for a connection. All methods are called on the lane's event loop. */
interface Borrower {

  /** Has to wait, until then at most, in nanoseconds of the lane's clock. */
  void pendingUntil(long deadline);

  /** Whether it may stay in the queue; it has left it otherwise. */
  boolean mayWait();

  /** Has left the queue: a connection is being made for it. */
  void connecting();

  /** Has a connection; gives it back, or closes it. */
  void connected(UpstreamConnection connection);

  /** Gets none because the endpoint can't be reached. */
  void connectFailed(Throwable failure);

  /** Whether it wants none any more. */
  boolean isOver();
}

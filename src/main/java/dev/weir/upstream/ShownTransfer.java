package dev.weir.upstream;

import dev.weir.exchange.Exchange;
import dev.weir.transfer.Direction;
import dev.weir.transfer.Transfer;
import dev.weir.transfer.TransferWatch;

/** Shows an attempt to those who watch large transfers, once it is one. */
final class ShownTransfer {

  private final TransferWatch watch;
  private Transfer transfer; // null while nothing is shown

  ShownTransfer(TransferWatch watch) {
    this.watch = watch;
  }

  /** Tells how far both bodies are. */
  void update(Exchange exchange, RequestPump out, ResponsePump in) {
    if (in.bytes() >= watch.minBytes()) {
      transfer = watch.show(transfer, exchange, Direction.DOWNLOAD, in.bytes(), in.totalBytes());
    } else if (out.bytes() >= watch.minBytes() && !out.isEnded()) {
      transfer = watch.show(transfer, exchange, Direction.UPLOAD, out.bytes(), out.totalBytes());
    } else {
      end(true);
    }
  }

  /** Nothing more comes. */
  void end(boolean whole) {
    if (transfer != null) {
      watch.end(transfer, whole);
      transfer = null;
    }
  }
}

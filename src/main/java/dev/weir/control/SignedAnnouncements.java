package dev.weir.control;

import dev.weir.announce.Signatures;
import dev.weir.announce.Signed;
import dev.weir.bus.Addresses;
import dev.weir.config.Announcement;
import dev.weir.config.ObjectReader;
import io.vertx.core.json.JsonObject;

/**
 * Opens announcements that were signed. Nothing is remembered: of one endpoint only what was signed
 * later than all before counts, and nothing longer than its time to live.
 */
final class SignedAnnouncements implements Signatures {

  private final Keys keys;

  /**
   * @param keys any of which may sign
   */
  SignedAnnouncements(Keys keys) {
    this.keys = keys;
  }

  @Override
  public Signed open(JsonObject message) {
    Envelope envelope = Envelope.of(message);
    if (!keys.verify(envelope.key(), envelope.signed(Addresses.ANNOUNCE), envelope.signature())) {
      throw Trust.forbidden();
    }
    Announcement said = ObjectReader.parse(envelope.json(), Announcement::read);
    return new Signed(said, envelope.at(), message);
  }
}

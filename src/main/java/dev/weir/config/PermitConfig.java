package dev.weir.config;

import dev.weir.bus.Addresses;
import java.util.List;

/**
 * What clients of the bridge may send.
 *
 * @param address where to: an address, or the beginning of some with {@code *} at its end. Of
 *     Weir's own only {@value Addresses#CONTROL}, which stands for those of single nodes too, and
 *     {@value Addresses#ANNOUNCE}
 * @param ops which messages, by their field {@code op}; default none, which is all of them. For
 *     {@value Addresses#CONTROL} at least one: no command passes that is not named
 */
public record PermitConfig(String address, List<String> ops) {

  private static final Rule OP =
      Rule.matching("the name of a command, such as upstream.show", "[a-z]+(\\.[a-z]+)?");

  /** Keeps its own unmodifiable copy. */
  public PermitConfig {
    ops = List.copyOf(ops);
  }

  static PermitConfig read(ObjectReader r) {
    PermitConfig read =
        new PermitConfig(
            r.required("address", Shape.text(BusRules.INBOUND)),
            r.optional("ops", List.of(), Shapes.list(Shape.text(OP))));
    if (Addresses.CONTROL.equals(read.address) && read.ops.isEmpty()) {
      r.problem("ops", "at least one command that may be sent to " + Addresses.CONTROL);
    }
    return read;
  }
}

package dev.weir.config;

import java.util.List;

/**
 * How the health of endpoints is found out.
 *
 * @param mode {@value #OFF} (every endpoint counts as healthy) or {@value #ACTIVE} (probed);
 *     default {@value #DEFAULT_MODE}
 * @param active the probes; without effect while the mode is {@value #OFF}
 */
public record HealthConfig(String mode, ActiveHealthConfig active) {

  /** No probes. */
  public static final String OFF = "off";

  /** Probes. */
  public static final String ACTIVE = "active";

  /** No probes. */
  public static final String DEFAULT_MODE = OFF;

  /** Every mode there is. */
  public static final List<String> MODES = List.of(OFF, ACTIVE);

  static HealthConfig read(ObjectReader r) {
    return new HealthConfig(
        r.optional("mode", DEFAULT_MODE, Shape.word(MODES)),
        r.object("active", ActiveHealthConfig::read));
  }
}

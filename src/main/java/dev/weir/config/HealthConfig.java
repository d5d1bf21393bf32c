package dev.weir.config;

import java.util.List;

/**
 * How the health of endpoints is found out.
 *
 * @param mode {@value #OFF} (every endpoint counts as healthy), {@value #ACTIVE} (probed) or
 *     {@value #HYBRID} (probed, and one success brings back an endpoint that was ejected because of
 *     what traffic observed); default {@value #DEFAULT_MODE}
 * @param active the probes; without effect while the mode is {@value #OFF}
 */
public record HealthConfig(String mode, ActiveHealthConfig active) {

  /** No probes. */
  public static final String OFF = "off";

  /** Probes. */
  public static final String ACTIVE = "active";

  /** Probes and what traffic observes, together. */
  public static final String HYBRID = "hybrid";

  /** No probes. */
  public static final String DEFAULT_MODE = OFF;

  /** Every mode there is. */
  public static final List<String> MODES = List.of(OFF, ACTIVE, HYBRID);

  static HealthConfig read(ObjectReader r) {
    return new HealthConfig(
        r.optional("mode", DEFAULT_MODE, Shape.word(MODES)),
        r.object("active", ActiveHealthConfig::read));
  }
}

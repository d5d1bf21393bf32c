package dev.weir.node;

import dev.weir.config.UpstreamConfig;
import java.util.List;

/**
 * A named group of equivalent endpoints with its policies; immutable, replaced when its
 * configuration changes.
 *
 * @param name the name, unique in the configuration
 * @param config its configuration
 * @param endpoints its endpoints in the order of the configuration
 */
public record Upstream(String name, UpstreamConfig config, List<Endpoint> endpoints) {}

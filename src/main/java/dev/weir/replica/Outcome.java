package dev.weir.replica;

import dev.weir.config.Delta;

/**
 * What has become of a proposal.
 *
 * @param version the version in force: of a dry run, the one that stays
 * @param delta what has changed, or would
 */
public record Outcome(long version, Delta delta) {}

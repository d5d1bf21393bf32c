package dev.weir.replica;

import dev.weir.config.WeirConfig;

/**
 * A whole configuration, where a chain of changes may begin.
 *
 * @param config of what belongs to one node only the defaults
 */
record Base(Head head, WeirConfig config) {}

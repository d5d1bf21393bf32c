/**
 * A file or directory as a source of changes of the configuration. Start at {@link
 * dev.weir.watch.WatchVerticle}.
 */
package dev.weir.watch;

/**
 * Large uploads and downloads, made visible while they are under way.
 *
 * <p>The lane that carries a transfer shows it to its {@link dev.weir.transfer.TransferWatch} when
 * it sweeps, so that no byte and no request pays for it. The watch publishes what moves; whoever
 * wants to see all of a node asks {@link dev.weir.transfer.Transfers}.
 */
package dev.weir.transfer;

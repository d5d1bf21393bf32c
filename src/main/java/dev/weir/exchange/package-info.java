/**
 * One client request and all that happens to it until its response ends, and the ways it can go
 * wrong.
 *
 * <p>An {@link dev.weir.exchange.Exchange} belongs to one role at a time and moves between them by
 * one-way messages ({@link dev.weir.exchange.ExchangeSender}). It may cross event loops: what a
 * role writes before sending is visible to the role that receives. Two things can come from another
 * event loop at any time, and are safe for that: the client's side failing ({@link
 * dev.weir.exchange.Exchange#cancel(Flag)}), and the end, which happens once.
 */
package dev.weir.exchange;

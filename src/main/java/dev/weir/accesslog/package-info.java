/**
 * The access log: one line a request, formatted and written off the event loops.
 *
 * <p>Starting point: {@link dev.weir.accesslog.AccessLog}. An event loop asks {@link
 * dev.weir.accesslog.AccessLog#wants}, fills one {@link dev.weir.accesslog.AccessEntry} and
 * {@linkplain dev.weir.accesslog.AccessLog#offer offers} it; it never waits, for when the queue is
 * full the entry is dropped and counted. One daemon thread takes the entries out, formats them into
 * a buffer that it uses again and again, and writes whole batches of lines.
 *
 * <p>A line is plain ASCII whatever a client sends: control characters, quotes and everything
 * beyond ASCII are escaped, so a request can neither forge a line nor a field.
 *
 * <table>
 *   <caption>The fields of a line, in their order</caption>
 *   <tr><td>{@code ts}</td><td>when the request arrived, RFC 3339, UTC</td></tr>
 *   <tr><td>{@code id}</td><td>the request id</td></tr>
 *   <tr><td>{@code client}</td><td>the client's address</td></tr>
 *   <tr><td>{@code method}, {@code host}, {@code path}, {@code proto}</td><td>as received</td></tr>
 *   <tr><td>{@code route}, {@code upstream}, {@code endpoint}</td><td>where it went</td></tr>
 *   <tr><td>{@code status}, {@code flag}</td><td>what the client got, and why</td></tr>
 *   <tr><td>{@code bytes_in}, {@code bytes_out}</td><td>of the bodies</td></tr>
 *   <tr><td>{@code attempts}</td><td>tries at endpoints</td></tr>
 *   <tr><td>{@code queue_us}, {@code connect_us}, {@code first_byte_us}, {@code total_us}</td>
 *     <td>durations in microseconds, rounded down</td></tr>
 * </table>
 *
 * What is not known, or was not reached, is left out.
 */
package dev.weir.accesslog;

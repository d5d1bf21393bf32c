/**
 * The numbers of one node: written by the lanes, summed when somebody reads them.
 *
 * <p>Starting point: {@link dev.weir.metrics.GatewayMetrics}, one a node. A lane asks its {@link
 * dev.weir.metrics.LaneMetrics} for the objects of its routes and endpoints when it builds its
 * configuration, and keeps them: on the path of a request nothing is looked up, allocated or
 * locked. {@link dev.weir.metrics.PrometheusBinding} shows everything to Prometheus.
 *
 * <h2>Who writes what</h2>
 *
 * <table>
 *   <caption>Each series and the call that feeds it</caption>
 *   <tr><td>{@code weir_in_flight{route}}</td>
 *     <td>{@link dev.weir.metrics.RouteMetrics#begin}, {@link dev.weir.metrics.RouteMetrics#end}</td></tr>
 *   <tr><td>{@code weir_requests_total{route,status_class}}<br>
 *       {@code weir_request_bytes_total{route}}<br>
 *       {@code weir_response_bytes_total{route}}<br>
 *       {@code weir_request_duration_seconds{route}}</td>
 *     <td>{@link dev.weir.metrics.RouteMetrics#end}</td></tr>
 *   <tr><td>{@code weir_flags_total{flag}}</td>
 *     <td>{@link dev.weir.metrics.LaneMetrics#flag}</td></tr>
 *   <tr><td>{@code weir_listener_requests_total{listener}}</td>
 *     <td>{@link dev.weir.metrics.ListenerMetrics#request}</td></tr>
 *   <tr><td>{@code weir_listener_connections{listener}}<br>
 *       {@code weir_listener_accepted_total{listener}}<br>
 *       {@code weir_connections{side="downstream"}}</td>
 *     <td>{@link dev.weir.metrics.ListenerMetrics#opened},
 *       {@link dev.weir.metrics.ListenerMetrics#closed}</td></tr>
 *   <tr><td>{@code weir_upstream_in_flight{upstream,endpoint}}</td>
 *     <td>{@link dev.weir.metrics.EndpointMetrics#begin}, then one of the next two</td></tr>
 *   <tr><td>{@code weir_upstream_requests_total{upstream,endpoint,status_class}}</td>
 *     <td>{@link dev.weir.metrics.EndpointMetrics#end}</td></tr>
 *   <tr><td>{@code weir_upstream_failures_total{upstream,endpoint,flag}}</td>
 *     <td>{@link dev.weir.metrics.EndpointMetrics#fail}</td></tr>
 *   <tr><td>{@code weir_upstream_first_byte_seconds{upstream}}</td>
 *     <td>{@link dev.weir.metrics.EndpointMetrics#firstByte}</td></tr>
 *   <tr><td>{@code weir_pool_connections{upstream,endpoint,state}}<br>
 *       {@code weir_pool_opened_total{upstream,endpoint}}<br>
 *       {@code weir_connections{side="upstream"}}</td>
 *     <td>{@link dev.weir.metrics.PoolMetrics#opened}, {@link dev.weir.metrics.PoolMetrics#closed},
 *       {@link dev.weir.metrics.PoolMetrics#idle}</td></tr>
 *   <tr><td>{@code weir_pool_reused_total{upstream,endpoint}}</td>
 *     <td>{@link dev.weir.metrics.PoolMetrics#reused}</td></tr>
 *   <tr><td>{@code weir_pool_pending{upstream,endpoint}}</td>
 *     <td>{@link dev.weir.metrics.PoolMetrics#pending}</td></tr>
 *   <tr><td>{@code weir_retries_total{upstream,reason}}<br>
 *       {@code weir_retries_refused_total{upstream,reason}}<br>
 *       {@code weir_timeouts_total{upstream,kind}}<br>
 *       {@code weir_hedges_total{upstream,result}}</td>
 *     <td>{@link dev.weir.metrics.RetryMetrics}</td></tr>
 *   <tr><td>{@code weir_limit_refused_total{upstream,limit}}</td>
 *     <td>{@link dev.weir.metrics.LimitMetrics}</td></tr>
 *   <tr><td>what something else counts already, like {@code weir_access_log_dropped_total}</td>
 *     <td>{@link dev.weir.metrics.GatewayMetrics#counter},
 *       {@link dev.weir.metrics.GatewayMetrics#gauge}, once</td></tr>
 * </table>
 *
 * A series appears when its route, endpoint or listener is first used, with all its status classes;
 * failures appear flag by flag.
 */
package dev.weir.metrics;

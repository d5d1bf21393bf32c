package dev.weir.ingress.route;

/** What a route table asks of a request, and only for routes with such conditions. */
public interface RequestFacts {

  /**
   * The value of a header; of several, the first.
   *
   * @param name the name as the route has it, in any case
   * @return null when the request has no such header
   */
  String header(String name);

  /**
   * The value of a query parameter; of several, the first.
   *
   * @param name the name as the route has it, in its case
   * @return empty when the parameter has no value, null when the query has no such parameter
   */
  String query(String name);
}

package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteTable.orElse;

/** A place in the tree of path patterns: what the patterns with the same first segments share. */
final class PathNode extends RegionTable.Entry {

  /*
   * The tree is walked over the characters of the path, without taking a segment out of it. A node
   * stands for one number of segments, hence for one position in a given path, so a search comes to
   * each node at most once however often it turns back.
   */

  private final RegionTable<PathNode> literals = new RegionTable<>();
  private PathNode captured;

  /** The routes whose pattern ends here, the best first. */
  private Candidate exact;

  /** The routes whose pattern goes on with an asterisk, the best first. */
  private Candidate below;

  PathNode(String segment) {
    super(segment);
  }

  /** Adds a route to those of its pattern. The best must come last. */
  void add(PathPattern pattern, Candidate candidate) {
    PathNode node = this;
    for (String segment : pattern.segments()) {
      node = node.child(segment);
    }
    if (pattern.open()) {
      node.below = candidate.before(node.below);
    } else {
      node.exact = candidate.before(node.exact);
    }
  }

  private PathNode child(String segment) {
    if (!PathPattern.captures(segment)) {
      return literals.computeIfAbsent(segment, PathNode::new);
    }
    if (captured == null) {
      captured = new PathNode(segment);
    }
    return captured;
  }

  /**
   * Finds the best route for what is left of a path.
   *
   * @param at the position of the slash before the next segment, or the length of the path
   * @return what {@link RouteTable#find} returns
   */
  int find(String path, int at, String method, RequestFacts facts) {
    int found =
        at == path.length()
            ? Candidate.first(exact, method, facts)
            : findDeeper(path, at + 1, method, facts);
    return found >= 0 ? found : orElse(found, Candidate.first(below, method, facts));
  }

  private int findDeeper(String path, int from, String method, RequestFacts facts) {
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    PathNode literal = literals.get(path, from, to);
    int found = literal == null ? RouteTable.NONE : literal.find(path, to, method, facts);
    if (found >= 0 || captured == null || from == to) {
      return found;
    }
    return orElse(found, captured.find(path, to, method, facts));
  }
}

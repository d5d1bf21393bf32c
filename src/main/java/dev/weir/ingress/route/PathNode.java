package dev.weir.ingress.route;

import static dev.weir.ingress.route.RouteTable.orElse;

import java.util.Comparator;
import java.util.List;

/** A place in the tree of path patterns: what the patterns with the same first segments share. */
final class PathNode extends RegionTable.Entry {

  /*
   * The tree is walked over the characters of the path, without taking a segment out of it. A node
   * stands for one number of segments, hence for one position in a given path, so a search comes to
   * each node at most once however often it turns back.
   */

  /** Null while there are none: most nodes are leaves, and need nothing more in a cache. */
  private RegionTable<PathNode> literals;

  private PathNode captured;

  /** The routes whose pattern ends here, the best first. */
  private Candidate exact;

  /** The routes whose pattern goes on with an asterisk, the best first. */
  private Candidate below;

  PathNode(String segment) {
    super(segment);
  }

  /** Adds a route to those of its pattern. */
  void add(PathPattern pattern, Candidate candidate, Comparator<Candidate> bestFirst) {
    PathNode node = this;
    for (String segment : pattern.segments()) {
      node = node.child(segment);
    }
    if (pattern.open()) {
      node.below = Candidate.add(node.below, candidate, bestFirst);
    } else {
      node.exact = Candidate.add(node.exact, candidate, bestFirst);
    }
  }

  /** Removes a route of some pattern, and what nobody needs any longer without it. */
  void remove(PathPattern pattern, int route) {
    remove(pattern.segments(), pattern.open(), route);
  }

  private void remove(List<String> segments, boolean open, int route) {
    if (segments.isEmpty()) {
      exact = open ? exact : Candidate.remove(exact, route);
      below = open ? Candidate.remove(below, route) : below;
      return;
    }
    String segment = segments.get(0);
    PathNode child = child(segment);
    child.remove(segments.subList(1, segments.size()), open, route);
    if (child.isEmpty()) {
      if (child == captured) {
        captured = null;
      } else {
        literals.remove(segment);
        literals = literals.isEmpty() ? null : literals;
      }
    }
  }

  /** Whether no route goes through here. */
  boolean isEmpty() {
    return exact == null && below == null && captured == null && literals == null;
  }

  private PathNode child(String segment) {
    if (!PathPattern.captures(segment)) {
      literals = literals == null ? new RegionTable<>() : literals;
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
    if (literals == null && captured == null) {
      return RouteTable.NONE;
    }
    int slash = path.indexOf('/', from);
    int to = slash < 0 ? path.length() : slash;
    PathNode literal = literals == null ? null : literals.get(path, from, to);
    int found = literal == null ? RouteTable.NONE : literal.find(path, to, method, facts);
    if (found >= 0 || captured == null || from == to) {
      return found;
    }
    return orElse(found, captured.find(path, to, method, facts));
  }
}

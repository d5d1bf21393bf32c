package dev.weir.cluster;

import java.util.Arrays;

/** Opinions for tests elsewhere. */
public final class Opinions {

  private Opinions() {}

  /**
   * What so many nodes say together.
   *
   * @param sources one for each node that speaks against the endpoint, this one not among them
   */
  public static Opinion of(int nodes, String... sources) {
    Opinion opinion = new Opinion(nodes);
    for (String source : sources) {
      String node = "node" + Arrays.asList(sources).indexOf(source) + opinion.against();
      opinion.add(node, false, new Word(source, "orders", "x:1", "status 500", 0));
    }
    return opinion;
  }
}

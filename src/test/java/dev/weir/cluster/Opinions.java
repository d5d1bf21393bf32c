package dev.weir.cluster;

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
      Word word = new Word(source, "orders", "x:1", "status 500", 0);
      boolean probe = source.equals(Word.PROBE);
      opinion.add(false, probe ? word : null, probe ? null : word);
    }
    return opinion;
  }
}

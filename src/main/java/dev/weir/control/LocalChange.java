package dev.weir.control;

/** A change of what is this node's own. */
interface LocalChange {

  /** Whether it would change anything. */
  boolean isNews();

  /** Does it. Returns whether that changed anything. */
  boolean perform();

  /** Takes it back, unless something else has changed the same since. */
  void takeBack();
}

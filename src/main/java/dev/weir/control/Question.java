package dev.weir.control;

/** A command that only asks. */
interface Question extends Command {

  @Override
  default boolean asks() {
    return true;
  }
}

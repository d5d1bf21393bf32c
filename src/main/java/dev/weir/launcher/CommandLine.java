package dev.weir.launcher;

/** What a command line asks for, as far as a start depends on it before Vert.x reads it. */
public final class CommandLine {

  static final String RUN = "run";
  static final String GATEWAY = "dev.weir.WeirVerticle";
  private static final String REDEPLOY = "redeploy";

  private CommandLine() {}

  /** Whether this process is to become a gateway. */
  public static boolean runsGateway(String[] args) {
    return runsAlone(args) && (args.length < 2 || args[1].equals(GATEWAY) || isOption(args[1]));
  }

  /** Whether {@code run} is all that it takes; redeploying starts and stops others. */
  static boolean runsAlone(String[] args) {
    for (String arg : args) {
      if (isRedeploy(arg, 1) || isRedeploy(arg, 2)) {
        return false;
      }
    }
    return args.length == 0 || args[0].equals(RUN);
  }

  /** With one hyphen or two and in any case, as Vert.x takes it. */
  private static boolean isRedeploy(String arg, int hyphens) {
    return isOption(arg) && arg.regionMatches(true, hyphens, REDEPLOY, 0, REDEPLOY.length());
  }

  private static boolean isOption(String arg) {
    return arg.startsWith("-");
  }
}

package dev.weir.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The corpus of hostile HTTP, a Python program that lives beside the project's directory: it sends
 * raw requests through a gateway to an upstream of its own and judges what both sides see.
 */
final class HostileCorpus {
  private static final Path PROGRAM = Path.of("..", "shared", "testing", "smuggle.py");
  private static final Pattern TOTAL =
      Pattern.compile("^total +(\\d+) +(\\d+) +(\\d+) +(\\d+) ", Pattern.MULTILINE);

  private HostileCorpus() {}

  /**
   * What a run found.
   *
   * @param passed cases that ended as the RFC says, or at least safely
   * @param shown cases in which smuggling was shown
   * @param deviations what was seen in each case that did not pass
   */
  record Verdict(int passed, int shown, String deviations) {}

  /** Whether the corpus and a Python to run it are there. */
  static boolean isThere() {
    try {
      return Files.exists(PROGRAM) && run("--list").contains("cases");
    } catch (IOException e) {
      return false;
    }
  }

  /** All categories, dealt out to {@code count} parts of about as many cases. */
  static List<List<String>> parts(int count) throws IOException {
    Map<String, Integer> cases = new LinkedHashMap<>();
    run("--list")
        .lines()
        .filter(line -> line.contains("->"))
        .forEach(line -> cases.merge(line.split(" ")[0], 1, Integer::sum));
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new ArrayList<>());
    }
    Comparator<List<String>> bySize =
        Comparator.comparingInt(part -> part.stream().mapToInt(cases::get).sum());
    cases.keySet().stream()
        .sorted(Comparator.comparing(cases::get).reversed())
        .forEach(category -> parts.stream().min(bySize).orElseThrow().add(category));
    return parts;
  }

  /** Runs {@code categories} through the gateway, whose upstream is at {@code upstreamPort}. */
  static Verdict judge(int gatewayPort, int upstreamPort, List<String> categories)
      throws IOException {
    String output =
        run(
            "--proxy",
            "127.0.0.1:" + gatewayPort,
            "--upstream-port",
            String.valueOf(upstreamPort),
            "--cat",
            String.join(",", categories));
    Matcher total = TOTAL.matcher(output);
    if (!total.find()) {
      throw new IOException("the corpus gave no verdict: " + output);
    }
    int passed = Integer.parseInt(total.group(1)) + Integer.parseInt(total.group(2));
    // The first line says what the gateway adds to each request, the table begins after an empty
    // one.
    String deviations = output.substring(output.indexOf('\n') + 1, output.indexOf("\ncategory"));
    return new Verdict(passed, Integer.parseInt(total.group(4)), deviations);
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroy();
    }
  }
}

package dev.weir.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * A line of the process's log, such as {@code 2026-01-31T23:59:59.999Z INFO dev.weir.Node - ready},
 * in UTC, with the stack of what was thrown below it. It needs neither locales nor time zones,
 * whose loading would be a twentieth of a start.
 */
public final class LogLine extends Formatter {

  private static final String[] CONFIGURED = {
    "java.util.logging.config.file",
    "java.util.logging.config.class",
    "java.util.logging.SimpleFormatter.format"
  };

  private static final int NANOS_PER_MILLI = 1_000_000;

  /** Makes it the format of the log, unless java.util.logging is configured otherwise. */
  public static void install() {
    for (String property : CONFIGURED) {
      if (System.getProperty(property) != null) {
        return;
      }
    }
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (handler.getFormatter() instanceof SimpleFormatter) {
        handler.setFormatter(new LogLine());
      }
    }
  }

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder();
    appendTime(entry, line);
    line.append(' ').append(entry.getLevel().getName());
    line.append(' ').append(entry.getLoggerName()).append(" - ").append(formatMessage(entry));
    line.append(System.lineSeparator());
    if (entry.getThrown() != null) {
      StringWriter stack = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(stack));
      line.append(stack);
    }
    return line.toString();
  }

  /** To the millisecond, which always has three digits. */
  private static void appendTime(LogRecord entry, StringBuilder line) {
    long second = entry.getInstant().getEpochSecond();
    int millis = entry.getInstant().getNano() / NANOS_PER_MILLI;
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    line.append(time.toLocalDate()).append('T');
    appendPadded(time.getHour(), 2, line);
    line.append(':');
    appendPadded(time.getMinute(), 2, line);
    line.append(':');
    appendPadded(time.getSecond(), 2, line);
    line.append('.');
    appendPadded(millis, 3, line);
    line.append('Z');
  }

  private static void appendPadded(int number, int digits, StringBuilder line) {
    String text = Integer.toString(number);
    line.append("000", 0, digits - text.length()).append(text);
  }
}

package dev.weir.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.AccessLogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AccessLogConcurrencyTest {

  private static final int PRODUCERS = 4;
  private static final int ENTRIES = 100_000;

  @Test
  void manyProducers_everyEntryIsWrittenOnceOrCounted() throws InterruptedException {
    ScriptedSink sink = new ScriptedSink();
    AccessLogConfig config =
        new AccessLogConfig(AccessLogConfig.FULL, AccessLogConfig.LOGFMT, 1, null, 1_024);
    AccessLog log =
        AccessLog.started(config, new Sampling(config, () -> 0), sink, System::nanoTime);
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      int producer = i;
      producers.add(new Thread(() -> produce(log, producer)));
    }
    producers.forEach(Thread::start);
    for (Thread producer : producers) {
      producer.join();
    }
    log.close();

    assertThat(log.written() + log.dropped()).isEqualTo((long) PRODUCERS * ENTRIES);
    assertThat(sink.lines()).hasSize((int) log.written()).isNotEmpty();
    assertInOrder(sink.lines());
  }

  private static void produce(AccessLog log, int producer) {
    for (int i = 0; i < ENTRIES; i++) {
      AccessEntry entry = Entries.numbered(i);
      entry.attempts = producer;
      log.offer(entry);
    }
  }

  private static void assertInOrder(List<String> lines) {
    int[] last = {-1, -1, -1, -1};
    for (String line : lines) {
      Map<String, String> fields = LogfmtReader.read(line);
      int producer = Integer.parseInt(fields.get("attempts"));
      int number = Integer.parseInt(fields.get("id"));
      assertThat(number).isGreaterThan(last[producer]);
      last[producer] = number;
    }
  }
}

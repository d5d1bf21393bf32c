package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CellsTest {

  private static final int ROUNDS = 2_000_000;

  @Test
  void addTo_beforeTheFirstWrite_saysSo() {
    long[] sum = new long[3];

    assertThat(new TwoCells().addTo(sum)).isFalse();
    assertThat(sum).containsOnly(0);
  }

  @Test
  void addTo_addsToWhatIsThere() {
    TwoCells cells = new TwoCells();
    cells.add(0, 5);
    cells.add(1, -2);
    long[] sum = {100, 100};

    assertThat(cells.addTo(sum)).isTrue();
    assertThat(sum).containsExactly(105, 98);
  }

  @Test
  void aReader_seesEveryCellGrow_andAllInTheEnd() {
    TwoCells cells = new TwoCells();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                cells.add(0, 1);
                cells.add(1, 1L << 33); // Half a write would show.
              }
            });
    long[] last = new long[2];
    while (!writer.isDone()) {
      long[] sum = new long[2];
      cells.addTo(sum);
      assertThat(sum[0]).isGreaterThanOrEqualTo(last[0]);
      assertThat(sum[1]).isGreaterThanOrEqualTo(last[1]);
      assertThat(sum[1] % (1L << 33)).isZero();
      last = sum;
    }
    writer.join();
    long[] sum = new long[2];
    cells.addTo(sum);

    assertThat(sum).containsExactly(ROUNDS, (long) ROUNDS << 33);
  }

  @Test
  void aSecondWriter_isCaughtByAssertions() {
    TwoCells cells = new TwoCells();
    CompletableFuture.runAsync(() -> cells.add(0, 1)).join();

    assertThatThrownBy(() -> cells.add(0, 1)).isInstanceOf(AssertionError.class);
  }

  private static final class TwoCells extends Cells {
    TwoCells() {
      super(2);
    }
  }
}

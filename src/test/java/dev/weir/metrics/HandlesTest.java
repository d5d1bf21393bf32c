package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandlesTest {

  private final Handles<String, PoolMetrics> handles = new Handles<>();

  @Test
  void get_sameNameAndLane_sameObject() {
    PoolMetrics first = pool("a", 0);

    assertThat(pool("a", 0)).isSameAs(first);
    assertThat(pool("a", 1)).isNotSameAs(first);
    assertThat(pool("b", 0)).isNotSameAs(first);
  }

  @Test
  void sums_overLanes_withoutTheUnused() {
    pool("a", 0).opened();
    pool("a", 1).opened();
    pool("a", 2);
    pool("b", 0);

    assertThat(handles.sums()).containsOnlyKeys("a");
    assertThat(handles.sums().get("a")[PoolMetrics.OPEN]).isEqualTo(2);
  }

  @Test
  void retain_forgetsTheSecondTime() {
    pool("a", 0).opened();
    pool("b", 0).opened();

    handles.retain("a"::equals);
    assertThat(handles.sums()).containsOnlyKeys("a", "b");
    handles.retain("a"::equals);
    assertThat(handles.sums()).containsOnlyKeys("a");
  }

  @Test
  void retain_whatComesBackAtOnce_isTheSame() {
    PoolMetrics b = pool("b", 0);
    handles.retain("a"::equals);
    handles.retain("b"::equals);
    handles.retain("a"::equals);

    assertThat(pool("b", 0)).isSameAs(b);
  }

  private PoolMetrics pool(String name, int lane) {
    return handles.get(name, lane, PoolMetrics::new);
  }
}

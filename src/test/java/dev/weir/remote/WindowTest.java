package dev.weir.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window(Window.BYTES);

  @Test
  void grant_comesInQuarters() {
    window.received(Window.BYTES / 4);
    window.used(Window.BYTES / 4 - 1);
    assertThat(window.grant()).isZero();
    window.used(1);
    assertThat(window.grant()).isEqualTo(Window.BYTES / 4);
    assertThat(window.grant()).isZero();
  }

  @Test
  void moreThanTheWindow_isRefused() {
    window.received(Window.BYTES);
    assertThatThrownBy(() -> window.received(1)).isInstanceOf(FrameException.class);
  }

  @Test
  void whatWasGranted_mayCome() {
    window.received(Window.BYTES);
    window.used(Window.BYTES);
    window.received(window.grant());
    assertThatThrownBy(() -> window.received(1)).isInstanceOf(FrameException.class);
  }
}

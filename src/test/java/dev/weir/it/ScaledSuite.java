package dev.weir.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A suite that holds wherever the roles stand: runs once for each {@link Scale}. That with two
 * nodes has only the suites that are {@link AlsoRemote}, all of them with {@code
 * -Dweir.remote=all}, and nothing else with {@code -Dweir.remote=only}.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Scale.class)
abstract class ScaledSuite extends GatewaySuite {
  private static final String REMOTE = System.getProperty("weir.remote", "some");

  @Parameter Scale scale;

  @BeforeEach
  void onlyWhereItIsWanted() {
    if (scale == Scale.REMOTE) {
      assumeTrue(this instanceof AlsoRemote || !REMOTE.equals("some"));
    } else {
      assumeTrue(!REMOTE.equals("only"));
    }
  }

  @Override
  Scale scale() {
    return scale;
  }
}

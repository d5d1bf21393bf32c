package dev.weir.it;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A suite that holds wherever the roles stand: runs once for each {@link Scale}. */
@ParameterizedClass(name = "{0}")
@EnumSource(Scale.class)
abstract class ScaledSuite extends GatewaySuite {
  @Parameter Scale scale;

  @Override
  Scale scale() {
    return scale;
  }
}

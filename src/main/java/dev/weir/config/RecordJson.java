package dev.weir.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/** Writes records as the JSON they can be read from again. */
final class RecordJson {

  /** Looking them up costs more than all the rest. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  private RecordJson() {}

  /** Every component of a record under its name, nulls included. */
  static JsonObject object(Record of) {
    JsonObject json = new JsonObject();
    for (RecordComponent component : COMPONENTS.get(of.getClass())) {
      json.put(component.getName(), value(component(of, component)));
    }
    return json;
  }

  /** The JSON of a record, list, map or scalar. */
  static Object value(Object of) {
    if (of instanceof Record nested) {
      return object(nested);
    }
    if (of instanceof Map<?, ?> map) {
      JsonObject json = new JsonObject();
      map.forEach((key, element) -> json.put(key.toString(), value(element)));
      return json;
    }
    if (of instanceof List<?> list) {
      JsonArray json = new JsonArray();
      list.forEach(element -> json.add(value(element)));
      return json;
    }
    return of instanceof String text ? Interpolation.escape(text) : of;
  }

  /** JSON whose texts come out as they are when it is read. */
  static JsonObject escaped(JsonObject json) {
    JsonObject result = new JsonObject();
    json.forEach(each -> result.put(each.getKey(), escaped(each.getValue())));
    return result;
  }

  private static Object escaped(Object of) {
    if (of instanceof JsonObject json) {
      return escaped(json);
    }
    return of instanceof String text ? Interpolation.escape(text) : of;
  }

  /** The value of one component. */
  static Object component(Record of, RecordComponent component) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The components of a record are public", e);
    }
  }
}

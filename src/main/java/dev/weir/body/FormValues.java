package dev.weir.body;

import io.netty.handler.codec.http.QueryStringDecoder;

/** Finds the fields of a form. */
final class FormValues extends ValueReader {

  private final ValueRules.Step fields;
  private final Snippet snippet = new Snippet();
  private ValueRules.Step field; // The one whose value comes, if it is wanted.
  private boolean isName = true;

  FormValues(ValueRules rules) {
    super(rules.run());
    fields = rules.root();
    snippet.begin(true);
  }

  @Override
  int feed(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && problem() == null) {
      byte b = bytes[at++];
      if (b == '&') {
        end();
      } else if (b == '=' && isName) {
        named();
      } else {
        snippet.add(b);
      }
    }
    return problem() == null ? at : at - 1;
  }

  private void named() {
    String name = decoded();
    field = name == null ? null : fields.next(name);
    isName = false;
    snippet.begin(field != null);
  }

  @Override
  void end() {
    if (isName) {
      named(); // A field without an equals sign has the empty value.
    }
    if (field != null && field.isWanted()) {
      found(field, Snippet.bounded(decoded()));
    }
    field = null;
    isName = true;
    snippet.begin(true);
  }

  private String decoded() {
    String text = snippet.text();
    return text == null ? null : QueryStringDecoder.decodeComponent(text);
  }
}

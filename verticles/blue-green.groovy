/*
 * Switches a route from one upstream to another, all at once and back again: the old version runs on
 * until the new one has proved itself. A switch needs every endpoint of the new upstream to be usable.
 *
 * Beside a gateway that was started with --cluster and "control": {"secret": ...}, to switch once:
 *
 *   java -jar target/weir.jar run verticles/blue-green.groovy --cluster --conf '{
 *     "route": "shop", "to": "shop-green", "secret": "that of the gateway"}'
 *
 * and to end it with Ctrl-C: the switch stays.
 *
 * Deployed into the JVM of a gateway without a secret it needs none. Without "to" it waits for messages
 * {"to": "shop-green"} at "blue-green" ("address" names another one) and answers each with {"from": ...,
 * "to": ..., "version": ...}, or fails it and changes nothing.
 */
import dev.weir.WeirOperator
import groovy.transform.Field
import io.vertx.core.Future
import io.vertx.core.Promise
import io.vertx.core.json.JsonObject

@Field WeirOperator operator
@Field JsonObject conf

void vertxStart(Promise<Void> started) {
  conf = vertx.orCreateContext.config()
  operator = new WeirOperator(vertx, conf.getString('key'), conf.getString('secret'))
  Future<?> first = conf.containsKey('to') ? change(conf.getString('to')) : listen()
  first.onSuccess { println "blue-green: ${it ?: 'waiting'}" }.mapEmpty().onComplete(started)
}

Future<?> listen() {
  vertx.eventBus().<JsonObject> consumer(conf.getString('address', 'blue-green')) { message ->
    change(message.body().getString('to'))
        .onSuccess { message.reply(it) }
        .onFailure { message.fail(409, it.message) }
  }.completion()
}

Future<JsonObject> change(String to) {
  operator.ask(new JsonObject().put('op', 'upstream.show').put('upstream', to))
      .compose { page -> checked(page) }
      .compose { operator.ask(new JsonObject().put('op', 'route.list')) }
      .compose { listed -> put(listed, to) }
}

static Future<?> checked(JsonObject page) {
  def unusable = page.getJsonArray('endpoints').findAll {
    !it.getBoolean('healthy') || it.getBoolean('ejected') || it.getBoolean('draining') || it.getInteger('weight') == 0
  }
  unusable ? Future.failedFuture("not ready: ${unusable*.getString('endpoint').join(', ')}") : Future.succeededFuture()
}

/** One command on one version: it is carried out as a whole, or somebody else was faster and it is not. */
Future<JsonObject> put(JsonObject listed, String to) {
  JsonObject route = listed.getJsonArray('routes').find { it.getString('id') == conf.getString('route') }
  if (route == null) {
    return Future.failedFuture("no route ${conf.getString('route')}")
  }
  String from = route.getString('upstream')
  JsonObject command = new JsonObject().put('op', 'route.put').put('ifVersion', listed.getLong('version'))
  operator.ask(command.put('route', route.copy().put('upstream', to)))
      .map { new JsonObject().put('from', from).put('to', to).put('version', it.getLong('version')) }
}

/*
 * Leads a new version in: gives its endpoint weight step by step, looks after each step at its errors
 * and its slowest answers, and takes the weight back when they are too many or too slow.
 *
 * Beside a gateway that was started with --cluster and "control": {"secret": ...}:
 *
 *   java -jar target/weir.jar run verticles/canary.groovy --cluster --conf '{
 *     "upstream": "orders", "endpoint": "127.0.0.1:9002", "secret": "that of the gateway"}'
 *
 * Deployed into the JVM of a gateway without a secret it needs none. Further keys, with their defaults:
 *
 *   "steps": [1, 5, 20, 50, 100]   the weights; the other endpoints keep theirs
 *   "stepMillis": 30000            how long each must do well
 *   "minRequests": 50              fewer prove nothing: the step goes on until there are as many
 *   "maxErrorPercent": 1           5xx and failures, of all attempts at the endpoint in the step
 *   "maxP99Millis": 1000           until the head of a response
 *
 * It publishes at "canary" what it does: {"state": "step" | "promoted" | "rolled-back", "weight": ...,
 * "requests": ..., "errorPercent": ..., "p99Millis": ..., "nodes": ...}. Undeployed on its way, it rolls back.
 *
 * The numbers are the sums over all nodes of the gateway. What a node does not tell does not keep it from
 * rolling back, but from stepping on.
 */
import dev.weir.WeirOperator
import groovy.transform.Field
import io.vertx.core.Future
import io.vertx.core.Promise
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject

@Field WeirOperator operator
@Field JsonObject conf
@Field JsonObject command
@Field Map<String, JsonObject> before // by node
@Field int step = 0
@Field boolean done = false

void vertxStart(Promise<Void> started) {
  conf = vertx.orCreateContext.config()
  operator = new WeirOperator(vertx, conf.getString('key'), conf.getString('secret'))
  command = new JsonObject().put('upstream', conf.getString('upstream')).put('endpoint', conf.getString('endpoint'))
  begin(0)
      .onSuccess { began -> vertx.setTimer(stepMillis()) { judge() } }
      .mapEmpty().onComplete(started)
}

void vertxStop(Promise<Void> stopped) {
  Future<?> end = done ? Future.succeededFuture() : rollBack('undeployed', new JsonObject())
  end.mapEmpty().onComplete(stopped)
}

JsonArray steps() { conf.getJsonArray('steps', new JsonArray([1, 5, 20, 50, 100])) }

long stepMillis() { conf.getLong('stepMillis', 30_000L) }

/** Gives the weight of a step, and notes the numbers that it starts from. */
Future<?> begin(int next) {
  step = next
  int weight = steps().getInteger(next)
  setWeight(weight)
      .compose { set -> numbers() }
      .onSuccess { numbers ->
        before = numbers
        tell('step', weight, new JsonObject().put('nodes', numbers.size()))
      }
}

Future<JsonObject> setWeight(int weight) {
  operator.ask(command.copy().put('op', 'endpoint.weight').put('weight', weight))
}

/** What the endpoint has done so far, by node; null for a node that does not tell. */
Future<Map<String, JsonObject>> numbers() {
  operator.ask(new JsonObject().put('op', 'node.list')).compose { list ->
    List<String> nodes = list.getJsonArray('nodes')*.getString('node')
    List<Future<JsonObject>> pages = nodes.collect { numbers(it).otherwise((JsonObject) null) }
    Future.join(pages).map { [nodes, pages*.result()].transpose().collectEntries() }
  }
}

Future<JsonObject> numbers(String node) {
  operator.ask(node, new JsonObject().put('op', 'upstream.show').put('upstream', conf.getString('upstream'))).map { page ->
    JsonObject endpoint = page.getJsonArray('endpoints').find { it.getString('endpoint') == conf.getString('endpoint') }
    endpoint?.getJsonObject('traffic')?.put('bounds', page.getJsonArray('firstByteBoundsMillis'))
  }
}

void judge() {
  numbers()
      .compose { now -> decide(since(now)) }
      .otherwise { failure -> println "canary: ${failure.message}" } // It may be better by then.
      .onSuccess { if (!done) vertx.setTimer(stepMillis()) { judge() } }
}

/** What has happened in this step, on all nodes together; of a node that is new, from now on. */
JsonObject since(Map<String, JsonObject> now) {
  Map<String, JsonObject> told = now.findAll { node, numbers -> numbers != null }
  told.each { node, numbers -> before[node] = before[node] ?: numbers }
  def grown = { key -> told.collect { node, numbers -> numbers.getLong(key) - before[node].getLong(key) }.sum(0L) }
  def counts = told.collect { node, numbers ->
    [numbers, before[node]]*.getJsonArray('firstByteCounts')*.toList().transpose().collect { it[0] - it[1] }
  }
  long requests = grown('responses') + grown('failures')
  long errors = grown('serverErrors') + grown('failures')
  new JsonObject()
      .put('requests', requests)
      .put('errorPercent', requests ? 100d * errors / requests : 0d)
      .put('p99Millis', counts ? quantile(0.99, counts.transpose()*.sum(), told.values().first()) : 0d)
      .put('nodes', told.size())
      .put('silentNodes', now.size() - told.size())
}

/** The upper bound of the bucket that the quantile falls into. */
double quantile(double share, List<Long> counts, JsonObject now) {
  double rank = share * counts.sum()
  long seen = 0
  int bucket = counts.findIndexOf { count -> (seen += count) >= rank }
  JsonArray bounds = now.getJsonArray('bounds')
  bucket < bounds.size() ? bounds.getDouble(bucket) : Double.MAX_VALUE
}

Future<?> decide(JsonObject seen) {
  if (seen.getLong('requests') < conf.getLong('minRequests', 50L)) {
    return Future.succeededFuture()
  }
  if (seen.getDouble('errorPercent') > conf.getDouble('maxErrorPercent', 1d)) {
    return rollBack('too many errors', seen)
  }
  if (seen.getDouble('p99Millis') > conf.getDouble('maxP99Millis', 1000d)) {
    return rollBack('too slow', seen)
  }
  if (seen.getInteger('silentNodes') > 0) {
    return Future.succeededFuture() // They may have seen what the others have not.
  }
  if (step + 1 < steps().size()) {
    return begin(step + 1)
  }
  done = true
  tell('promoted', steps().getInteger(step), seen)
  Future.succeededFuture()
}

Future<?> rollBack(String why, JsonObject seen) {
  setWeight(0).onSuccess {
    done = true
    tell('rolled-back', 0, seen.copy().put('reason', why))
  }
}

void tell(String state, int weight, JsonObject seen) {
  JsonObject event = command.copy().put('state', state).put('weight', weight).mergeIn(seen)
  println "canary: ${event.encode()}"
  vertx.eventBus().publish('canary', event)
}

/*
 * Lets an upstream have as many instances as its load needs: announces one more of those that stand
 * ready when each has too many requests in flight, and drains and withdraws the last one when all have
 * few. No client notices: one that leaves gets no new requests, and goes when its last one is answered.
 *
 * Beside gateways that were started with --cluster, and whose upstream "orders" allows announcements
 * ("announce": {"hosts": ["127.0.0.1"]}), with services that listen on these ports:
 *
 *   java -jar target/weir.jar run verticles/autoscaling-announcer.groovy --cluster --conf '{
 *     "upstream": "orders", "ports": [9001, 9002, 9003, 9004]}'
 *
 * Further keys, with their defaults:
 *
 *   "host": "127.0.0.1"   where the services are
 *   "min": 1              how many there are at least
 *   "addAbove": 8         one more above so many requests in flight for each
 *   "removeBelow": 2      one less below that
 *   "beatMillis": 1000    how often it announces, and looks; each announcement holds for five of them, at least 1000
 *
 * It publishes at "autoscaling" what it does: {"state": "added" | "draining" | "withdrawn", "endpoint":
 * ..., "instances": ..., "inFlight": ...}. Undeployed, it withdraws all.
 */
import groovy.transform.Field
import io.vertx.core.Future
import io.vertx.core.Promise
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject

@Field JsonObject conf
@Field List<Integer> up
@Field Map<Integer, Integer> idleBeats = [:] // Of those that drain: how often nothing was in flight.

void vertxStart(Promise<Void> started) {
  conf = vertx.orCreateContext.config()
  up = ports().take(conf.getInteger('min', 1))
  beat().mapEmpty().onComplete(started)
}

void vertxStop(Promise<Void> stopped) {
  Future.join((up + idleBeats.keySet()).collect { announce(it, 'withdrawn') }).mapEmpty().onComplete(stopped)
}

List<Integer> ports() { conf.getJsonArray('ports', new JsonArray()).collect { it as int } }

long beatMillis() { conf.getLong('beatMillis', 1000L) }

/** Announces every instance; the answers say how many requests each has in flight at all gateways. */
Future<?> beat() {
  Future.all(up.collect { announce(it, 'up') } + idleBeats.keySet().collect { announce(it, 'draining') })
      .map { answers -> decide(answers.list()) }
      .onFailure { println "autoscaling: ${it.message}" }
      .eventually {
        vertx.setTimer(beatMillis()) { beat() }
        Future.succeededFuture()
      }
}

Future<JsonObject> announce(int port, String state) {
  JsonObject word = new JsonObject()
      .put('upstream', conf.getString('upstream'))
      .put('host', conf.getString('host', '127.0.0.1'))
      .put('port', port)
      .put('state', state)
      .put('ttlMillis', Math.max(1000L, 5 * beatMillis()))
  vertx.eventBus().<JsonObject> request('weir.upstream.announce', word).compose { answer ->
    JsonObject error = answer.body().getJsonObject('error')
    error ? Future.failedFuture(error.getString('message')) : Future.succeededFuture(answer.body())
  }
}

void decide(List<JsonObject> answers) {
  double inFlight = answers.take(up.size())*.getInteger('inFlight').sum() / up.size()
  retire(answers.drop(up.size())*.getInteger('inFlight'), inFlight)
  Integer spare = ports().find { !(it in up) && !idleBeats.containsKey(it) }
  if (inFlight > conf.getDouble('addAbove', 8d) && spare != null) {
    up << spare
    tell('added', spare, inFlight)
  } else if (inFlight < conf.getDouble('removeBelow', 2d) && up.size() > conf.getInteger('min', 1)) {
    int last = up.remove(up.size() - 1)
    idleBeats[last] = 0
    tell('draining', last, inFlight)
  }
}

/** Withdraws those that had nothing to do twice in a row: a request may have been on its way. */
void retire(List<Integer> leavers, double inFlight) {
  [idleBeats.keySet().toList(), leavers].transpose().each { port, left ->
    idleBeats[port] = left == 0 ? idleBeats[port] + 1 : 0
    if (idleBeats[port] >= 2) {
      idleBeats.remove(port)
      announce(port, 'withdrawn')
      tell('withdrawn', port, inFlight)
    }
  }
}

void tell(String state, int port, double inFlight) {
  String endpoint = "${conf.getString('host', '127.0.0.1')}:${port}"
  JsonObject event = new JsonObject().put('state', state).put('endpoint', endpoint)
      .put('instances', up.size()).put('inFlight', inFlight)
  println "autoscaling: ${event.encode()}"
  vertx.eventBus().publish('autoscaling', event)
}

/*
 * Picks endpoints for a gateway: the one with the fewest requests in flight for its weight, of equal
 * ones any. A starting point for rules of your own: by time of day, by price, by client.
 *
 * The gateway asks it when an upstream has "balancer": {"policy": "bus:my.balancer"}. To run it in a
 * node of its own, beside a gateway that was started with --cluster:
 *
 *   java -jar target/weir.jar run verticles/least-loaded.groovy --cluster
 *
 * --conf '{"address": "your.address"}' gives it another address.
 */
import io.vertx.core.json.JsonObject

import java.util.concurrent.ThreadLocalRandom

def address = vertx.orCreateContext.config()?.getString('address') ?: 'my.balancer'

vertx.eventBus().consumer(address) { message ->
  List<JsonObject> endpoints = message.body().getJsonArray('endpoints').collect { it as JsonObject }
  if (endpoints.empty) {
    message.fail(404, 'no endpoint may be used')
    return
  }
  Collections.shuffle(endpoints, ThreadLocalRandom.current())
  def best = endpoints.min { it.getInteger('inFlight') / it.getInteger('weight') }
  message.reply(new JsonObject().put('endpoint', best.getString('endpoint')))
}

/*
 * Sends one signed command to a gateway whose configuration has a control.secret, prints the answer
 * and ends. Any language that has HMAC-SHA256 can do the same.
 *
 *   WEIR_SECRET=… java -jar target/weir.jar run verticles/operate.groovy --cluster \
 *     --conf '{"command": {"op": "stats"}}'
 *
 * Further keys of its configuration: "key" (the id of the key, else main), "secret" (else the
 * variable WEIR_SECRET), "address" (else weir.control, any node; weir.control.NODE is one of them)
 * and "stay": true, for a Vert.x that is to go on.
 */
import io.vertx.core.json.JsonObject

import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

def config = vertx.orCreateContext.config() ?: new JsonObject()
def address = config.getString('address', 'weir.control')
def key = config.getString('key', 'main')
def secret = config.getString('secret') ?: System.getenv('WEIR_SECRET')

def command = config.getJsonObject('command').encode()
def at = System.currentTimeMillis()
def nonce = UUID.randomUUID().toString()
def text = [address, key, at, nonce, command].join('\n')

def mac = Mac.getInstance('HmacSHA256')
mac.init(new SecretKeySpec(secret.getBytes('UTF-8'), 'HmacSHA256'))
def signature = mac.doFinal(text.getBytes('UTF-8')).encodeHex().toString()

def message = new JsonObject()
    .put('command', command)
    .put('key', key)
    .put('at', at)
    .put('nonce', nonce)
    .put('signature', signature)

vertx.eventBus().request(address, message).onComplete { result ->
  println result.succeeded() ? result.result().body().encodePrettily() : result.cause().message
  if (!config.getBoolean('stay', false)) {
    vertx.close()
  }
}

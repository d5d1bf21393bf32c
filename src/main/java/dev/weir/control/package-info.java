/**
 * Operates the gateway by messages on the event bus.
 *
 * <p>Starting points: {@link dev.weir.control.ControlVerticle} listens, {@link
 * dev.weir.control.Commands} lists what it understands, one class each, {@link
 * dev.weir.control.Trust} decides who may send it. What changes the configuration goes through
 * {@link dev.weir.control.Changes}, what changes one node through {@link
 * dev.weir.control.LocalChanges}.
 *
 * <h2>The contract</h2>
 *
 * A command is a JSON object with {@code op} and the fields of that operation. The answer is a JSON
 * object with {@code version}, that of the configuration in force, and what was asked for. A
 * command that is refused changes nothing and is answered with <code>
 * {"error": {"code": "…", "message": "…", "path": "/weight"}}</code>; the codes are those of {@link
 * dev.weir.control.Refusal}. Every change is published on {@code weir.events}.
 */
package dev.weir.control;

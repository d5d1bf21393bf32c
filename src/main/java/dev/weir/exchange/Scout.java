package dev.weir.exchange;

import dev.weir.node.Endpoint;
import dev.weir.resilience.Trial;

/** Gets the endpoint that a balancer picked for an exchange that is under way already. */
public interface Scout {

  /**
   * The balancer has decided; called once, on any event loop.
   *
   * @param endpoint {@code null} when there is none
   * @param trial the leave for an attempt there, to be held; {@code null} for none
   * @param affinity the {@code Set-Cookie} that binds the client to it; {@code null} for none
   */
  void returned(Endpoint endpoint, Trial trial, String affinity);
}

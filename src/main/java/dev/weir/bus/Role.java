package dev.weir.bus;

/** A kind of verticle that takes part in an exchange, in the order of the request path. */
public enum Role {
  INGRESS("ingress", null),
  BALANCER("balancer", Addresses.BALANCER),
  UPSTREAM("upstream", Addresses.UPSTREAM),
  /** Takes the part of a role that this node does not have: sends exchanges to other nodes. */
  REMOTE("remote", Addresses.REMOTE);

  private final String label;
  private final String address;

  Role(String label, String address) {
    this.label = label;
    this.address = address;
  }

  /** The word for this role in configuration, log and metrics. */
  public String label() {
    return label;
  }

  /** The address that all instances of this role consume; {@code null} when it consumes none. */
  public String address() {
    return address;
  }
}

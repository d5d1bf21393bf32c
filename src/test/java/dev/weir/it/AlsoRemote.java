package dev.weir.it;

/** A suite that runs with the ingress and the upstream clients on different nodes as well. */
interface AlsoRemote {}

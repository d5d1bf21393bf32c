"""Spring Cloud Gateway with one I/O worker, on WebFlux and Reactor Netty."""

from bench.peers import java

GATEWAY = "--spring.cloud.gateway.server.webflux"
INSTANCES = "--spring.cloud.discovery.client.simple.instances.service"
PROPERTIES = [
    "--server.address=127.0.0.1",
    "--spring.main.banner-mode=off",
    "--logging.level.root=warn",
    f"{GATEWAY}.routes[0].id=service",
    f"{GATEWAY}.routes[0].uri=lb://service",
    f"{GATEWAY}.routes[0].predicates[0]=Path=/**",
    f"{GATEWAY}.routes[0].filters[0]=PreserveHostHeader",
    # Without trusted proxies it sets no X-Forwarded-* at all.
    f"{GATEWAY}.trusted-proxies=.*",
    f"{GATEWAY}.forwarded.enabled=false",
    f"{GATEWAY}.httpclient.pool.type=fixed",
    f"{GATEWAY}.httpclient.pool.max-connections=1024",
]


def start(setting, variant):
    """Starts the newest generation on a free port."""
    return [gateway(setting, variant, "scg", "")]


def gateway(setting, variant, name, profile):
    """One generation of it: `profile` is that of its pom.xml."""
    endpoints = setting.endpoints[: variant.endpoints]
    instances = [
        f"{INSTANCES}[{number}].uri=http://127.0.0.1:{port}"
        for number, port in enumerate(endpoints)
    ]
    program = java.classpath("scg", profile)
    boot = java.version("scg", "spring-boot", profile)
    gateway_version = java.version("scg", "spring-cloud-gateway-server-webflux", profile)
    return java.start(
        setting,
        f"{name}{variant.suffix}",
        program,
        "dev.weir.loadtest.SpringGateway",
        lambda port: [f"--server.port={port}", *PROPERTIES, *instances],
        flags=["-Dreactor.netty.ioWorkerCount=1"],
        version=f"Spring Cloud Gateway {gateway_version}, Boot {boot}",
        difference="epoll by its own Netty",
    )

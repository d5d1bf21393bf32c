"""What can be measured: each scenario by name, with the loads it sends and the proxies it takes."""

from dataclasses import dataclass, replace

GATEWAYS = (
    "nginx",
    "haproxy",
    "vertx-http-proxy",
    "vertx-http-proxy-uring",
    "scg",
    "scg-3.5",
    "undertow",
)
WEIRS = ("weir", "weir-epoll", "weir-bare")
ARCHIVE = "weir-archive"
WEIR = (*WEIRS, ARCHIVE)
DIRECT = "direct"
PROXIES = (*GATEWAYS, *WEIR)
FRONT = ("nginx", "haproxy", "vertx-http-proxy", "weir")


@dataclass(frozen=True)
class Load:
    """
    Requests of one kind. `connections` are those that wrk keeps busy; with `close` each of them is
    used once. `routes` above 0 spreads the requests over so many paths.
    """

    label: str
    path: str = "/small"
    connections: int = 64
    method: str = "GET"
    body_bytes: int = 0
    close: bool = False
    routes: int = 0


@dataclass(frozen=True)
class Variant:
    """How the proxies are configured; no event loops stand for as many as there are by default."""

    label: str = ""
    endpoints: int = 4
    routes: int = 1
    loops: int = 1

    @property
    def suffix(self):
        """Keeps the processes of two variants of a peer apart."""
        return f"@{self.label.replace(' ', '-')}" if self.label else ""


@dataclass(frozen=True)
class Scenario:
    """
    A row of the list that `run.sh` takes: `kind` is the module that carries it out; loads and
    variants are combined, each combination is a table of its own.
    """

    name: str
    title: str
    kind: str = "closed"
    loads: tuple = ()
    variants: tuple = (Variant(),)
    peers: tuple = (*FRONT, DIRECT)
    newest_java: bool = True
    rounds: int = 5  # Unless the options say how many.
    able: tuple = (*PROXIES, DIRECT)  # The peers that do what it is about.

    def adapted(self, connections, peers, loops):
        """
        The same with another number of connections (0: as it is), and other peers and event loops,
        where they are given.
        """
        variants = [v if loops is None else replace(v, loops=loops) for v in self.variants]
        return replace(
            self,
            loads=_with(self.loads, connections) if connections else self.loads,
            variants=tuple(variants),
            peers=tuple(peers or self.peers),
        )


def _with(loads, connections):
    """The loads with so many connections; those that then are alike become one."""
    return tuple(dict.fromkeys(_one_with(load, connections) for load in loads))


def _one_with(load, connections):
    label = f"{connections} connections" if "connections" in load.label else load.label
    return replace(load, connections=connections, label=label)


def _all(*scenarios):
    return {scenario.name: scenario for scenario in scenarios}


SCENARIOS = _all(
    Scenario(
        "small",
        "GET of 100 bytes over kept-alive connections",
        loads=tuple(Load(f"{count} connections", connections=count) for count in (16, 64, 512)),
        peers=(*GATEWAYS, *WEIRS, DIRECT),
        newest_java=False,
    ),
    Scenario(
        "post",
        "POST of a body that the service reads before it answers",
        loads=(
            Load("1 KiB", "/post", method="POST", body_bytes=1024),
            Load("64 KiB", "/post", method="POST", body_bytes=64 * 1024),
        ),
    ),
    Scenario("down", "GET of 1 MiB", loads=(Load("1 MiB", "/1m"),)),
    Scenario(
        "connect", "GET of 100 bytes, each over a new connection", loads=(Load("new", close=True),)
    ),
    Scenario(
        "slow",
        "GET that the service answers after 50 ms",
        loads=(Load("256 connections", "/slow", connections=256),),
    ),
    Scenario(
        "endpoints",
        "GET of 100 bytes, the service behind more and more endpoints",
        loads=(Load("64 connections"),),
        variants=tuple(Variant(f"{count} endpoints", endpoints=count) for count in (1, 10, 1000)),
        peers=FRONT,
    ),
    Scenario(
        "routes",
        "GET of 100 bytes, the requests spread over all routes",
        variants=tuple(Variant(f"{count} routes", routes=count) for count in (10, 10_000)),
        loads=(Load("64 connections"),),
        peers=("nginx", "haproxy", "weir"),
        able=("nginx", "haproxy", *WEIR, DIRECT),
    ),
    Scenario(
        "idle",
        "Memory of connections that are open and have nothing to do",
        kind="idle",
        rounds=3,
        able=PROXIES,
        peers=FRONT,
    ),
    Scenario(
        "latency",
        "Latency at a constant rate, half of what each proxy carries",
        kind="latency",
        loads=(Load("64 connections"),),
    ),
    Scenario(
        "start",
        "From the start of the program to the first proxied answer",
        kind="start",
        peers=(*GATEWAYS, "weir", ARCHIVE),
        able=PROXIES,
        newest_java=False,
    ),
    Scenario(
        "scale",
        "Two event loops beside one",
        kind="scale",
        loads=(Load("64 connections"),),
        variants=(Variant("1 loop", loops=1), Variant("2 loops", loops=2)),
        peers=("weir",),
        able=WEIR,
    ),
)

"""
Weir as one would run it: a peer for each jar, JVM and set of flags to be compared.
"""

import hashlib
import itertools
import json
import shlex
import subprocess
from pathlib import Path

from bench import jvm, labels, paths
from bench.errors import LoadTestError
from bench.peers import Peer
from bench.setting import free_ports

VERTICLE = "dev.weir.WeirVerticle"


def start(setting, variant):
    """Starts every combination of `--weir-jar`, `--jvm-flags` and `--java`."""
    return every(setting, variant, "weir", configuration)


def every(setting, variant, name, configure, which=slice(None), flags_of=lambda _: []):
    """
    The same for a configuration of the caller's and the name that goes with it, on some JVMs, with
    more flags for a jar.
    """
    flag_sets = labels.flag_sets(setting.options.jvm_flags)
    javas = jvm.chosen(setting.options.java)[which]
    given = labels.jars(setting.options.weir_jar) or {"": None}
    return [
        _start_one(
            setting,
            variant,
            configure,
            [name, jar_label, flags_label],
            [java, *flags, *flags_of(jar), "-jar"],
            jar,
        )
        for ((jar_label, _), jar), (flags_label, flags), java in itertools.product(
            zip(given.items(), jars(setting)), flag_sets.items(), javas
        )
    ]


def jars(setting):
    """The jars to be compared; the one in `target/` is built if it is not there."""
    given = labels.jars(setting.options.weir_jar).values()
    return [_existing(jar) for jar in given] or [_built_jar()]


def digest(jar):
    """Tells two jars of the same name apart."""
    return hashlib.sha256(jar.read_bytes()).hexdigest()[:12]


def configuration(setting, variant, log, port, admin_port):
    """
    What somebody would run who cares: besides what is always on (metrics, timeouts, request ids,
    forwarded headers), probes, a circuit breaker for the upstream and for each endpoint, outlier
    detection, and limits.
    """
    made = minimal(setting, variant, log, port, admin_port)
    made["admin"] = {"host": "127.0.0.1", "port": admin_port}
    made["upstreams"]["service"] |= {
        "timeouts": {"connectMillis": 2000, "firstByteMillis": 10000, "requestMillis": 30000},
        "limits": {"maxConnections": 4096, "maxRequests": 4096, "maxPending": 4096},
        "health": {"mode": "hybrid", "active": {"path": "/health"}},
        "circuitBreaker": {"scope": "both", "window": "time"},
        "outlier": {},
    }
    if setting.sink:
        _add_sink(made, setting)
    return made


def minimal(setting, variant, log, port, _admin_port):
    """
    As many routes as the variant says, the service's endpoints, no admin side; everything else as
    Weir has it by default, or off where that is how it comes.
    """
    return {
        "ingress": [{"host": "127.0.0.1", "port": port, "backlog": 4096}],
        "routes": _routes(variant.routes),
        "upstreams": {
            "service": {
                "endpoints": [
                    {"host": "127.0.0.1", "port": each}
                    for each in setting.endpoints[: variant.endpoints]
                ]
            }
        },
        "accessLog": (
            {"mode": "full", "path": str(log)} if setting.options.access_log else {"mode": "off"}
        ),
        "admin": {"enabled": False},
    }


def _routes(count):
    """The route that takes everything, with one for each path before it."""
    paths = [f"/r{number}/*" for number in range(count)] if count > 1 else []
    return [
        {"id": f"service{number}", "match": {"path": path}, "upstream": "service"}
        for number, path in enumerate([*paths, "/*"])
    ]


def _add_sink(made, setting):
    """A route for uploads, each of them looked into."""
    made["routes"].append(
        {
            "id": "upload",
            "match": {"path": "/upload"},
            "upstream": "sink",
            "bodies": {"json": {"maxBytes": 0, "validate": True}},
        }
    )
    made["upstreams"]["sink"] = {
        "endpoints": [{"host": "127.0.0.1", "port": setting.sink}],
        "pool": {"maxConnections": 2 * setting.options.uploads},
    }


def _start_one(setting, variant, configure, given, java, jar):
    label = "-".join(filter(None, [*given, f"jdk{jvm.release(java[0])}"]))
    name = f"{label}{variant.suffix}"
    port, admin_port = free_ports(2)
    conf, log = setting.dir / f"{name}.json", setting.dir / f"{name}-access.log"
    made = configure(setting, variant, log, port, admin_port)
    conf.write_text(json.dumps(made, indent=2))
    run = ["run", VERTICLE, "--conf"]
    loops = _loops(variant.loops)
    process = setting.start(
        name, [*java, jar, *run, conf, *loops], setting.options.proxy_cores
    )
    flags = [flag.replace(f"{setting.dir}/", "") for flag in java[1:]]
    shown = shlex.join(["java", *flags, jar.name, *run, "weir.json", *loops])
    return Peer(
        name,
        port,
        f"{jar.name} {digest(jar)}, {jvm.version(java[0])}",
        process,
        shown,
        log,
        admin_port if made["admin"].get("port") else None,
        is_jvm=True,
    )


def _loops(loops):
    if not loops:
        return []
    return ["--options", json.dumps({"eventLoopPoolSize": loops}, separators=(",", ":"))]


def _built_jar():
    if not paths.JAR.exists():
        print("Building target/weir.jar …", flush=True)
        subprocess.run(["mvn", "-q", "-DskipTests", "package"], cwd=paths.ROOT, check=True)
    return _existing(paths.JAR)


def _existing(jar):
    if not Path(jar).is_file():
        raise LoadTestError(f"no such jar: {jar}")
    return Path(jar)

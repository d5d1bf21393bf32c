"""Weir with one event loop: one peer for each jar, JVM and set of flags to be compared."""

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


def start(setting):
    """Starts every combination of `--weir-jar`, `--jvm-flags` and `--java`, each on its own ports."""
    jars = {
        label: _existing(jar) for label, jar in labels.jars(setting.options.weir_jar).items()
    } or {"": _built_jar()}
    flag_sets = labels.flag_sets(setting.options.jvm_flags)
    javas = jvm.chosen(setting.options.java)
    return [
        _start_one(setting, [jar_label, flags_label], [java, *flags, "-jar"], jar)
        for (jar_label, jar), (flags_label, flags), java in itertools.product(
            jars.items(), flag_sets.items(), javas
        )
    ]


def configuration(setting, log, port, admin_port):
    """
    One listener, one route, the service's endpoints; everything else as Weir has it by default.
    """
    made = {
        "ingress": [{"host": "127.0.0.1", "port": port}],
        "routes": [{"id": "service", "match": {"path": "/*"}, "upstream": "service"}],
        "upstreams": {
            "service": {
                "endpoints": [{"host": "127.0.0.1", "port": each} for each in setting.endpoints]
            }
        },
        "accessLog": (
            {"mode": "full", "path": str(log)} if setting.options.access_log else {"mode": "off"}
        ),
        "admin": {"host": "127.0.0.1", "port": admin_port},
    }
    if setting.sink:
        _add_sink(made, setting)
    return made


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


def _start_one(setting, given, java, jar):
    name = "-".join(filter(None, ["weir", *given, f"jdk{jvm.release(java[0])}"]))
    port, admin_port = free_ports(2)
    conf, log = setting.dir / f"{name}.json", setting.dir / f"{name}-access.log"
    conf.write_text(json.dumps(configuration(setting, log, port, admin_port), indent=2))
    run = ["run", VERTICLE, "--conf"]
    command = [*java, jar, *run, conf, *_loops(setting)]
    process = setting.start(name, command, setting.options.proxy_cores)
    shown = shlex.join(["java", *java[1:], jar.name, *run, "weir.json", *_loops(setting)])
    digest = hashlib.sha256(jar.read_bytes()).hexdigest()[:12]
    return Peer(name, port, f"{jar.name} {digest}, {jvm.version(java[0])}", process, shown, log, admin_port)


def _loops(setting):
    loops = setting.options.event_loops
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

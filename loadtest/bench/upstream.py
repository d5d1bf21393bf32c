"""The service behind the proxies."""

import http.client

from bench import paths, template
from bench.machine import core_list
from bench.setting import free_ports

SMALL = "x" * 99 + "\n"
FILES = {"1k": 1024, "64k": 64 * 1024, "1m": 1024 * 1024}
BODY_BYTES = {"small": len(SMALL), "1k": FILES["1k"], "64k": FILES["64k"]}
CONNECTIONS = 16384


class Service:
    """nginx on many ports, and HAProxy for the answers that come late."""

    def __init__(self, process, status_port):
        self._process = process
        self._status_port = status_port
        self._connection = None

    def cpu_micros(self):
        """CPU time so far of the nginx that answers, in microseconds."""
        return sum(self._process.cpu())

    def accepted(self):
        """How many connections it has accepted on all ports so far."""
        # One connection for all questions, which so count as one.
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._status_port, timeout=5)
        self._connection.request("GET", "/status")
        lines = self._connection.getresponse().read().decode().splitlines()
        return int(lines[2].split()[0])


def start(setting, endpoints):
    """Starts it on so many ports, on the cores of the load, and tells the setting about it."""
    www = setting.dir / "www"
    www.mkdir()
    for name, size in FILES.items():
        (www / name).write_bytes(b"x" * size)
    status, slow, *setting.endpoints = free_ports(endpoints + 2)
    cores = setting.options.load_cores
    _start_slow(setting, slow)
    conf = template.render(
        "upstream.nginx",
        setting.dir / "upstream.conf",
        dir=setting.dir,
        user=setting.user_line,
        workers=min(2, len(core_list(cores))),
        connections=CONNECTIONS,
        files=setting.files,
        listen="\n".join(
            f"    listen 127.0.0.1:{port} backlog=4096;" for port in setting.endpoints
        ),
        status=status,
        slow=slow,
        small=SMALL.replace("\n", r"\n"),
    )
    command = ["nginx", "-p", setting.dir, "-c", conf, "-e", "stderr"]
    setting.service = Service(setting.start("upstream", command, cores), status)


def _start_slow(setting, port):
    conf = template.render(
        "slow.haproxy", setting.dir / "slow.cfg", port=port, lua=paths.CONF / "slow.lua"
    )
    setting.start("slow", ["haproxy", "-db", "-f", conf], setting.options.load_cores)

"""The service behind the proxies."""

from bench import template
from bench.machine import core_list
from bench.setting import free_ports

ENDPOINTS = 4
SMALL = "x" * 99 + "\n"
FILES = {"1k": 1024, "64k": 64 * 1024}
BODY_BYTES = {"small": len(SMALL), **FILES}


def start(setting):
    """Starts nginx on four ports, on the cores of the load, and tells the setting their numbers."""
    www = setting.dir / "www"
    www.mkdir()
    for name, size in FILES.items():
        (www / name).write_bytes(b"x" * size)
    setting.endpoints = free_ports(ENDPOINTS)
    cores = setting.options.load_cores
    conf = template.render(
        "upstream.nginx",
        setting.dir / "upstream.conf",
        dir=setting.dir,
        user=setting.user_line,
        workers=min(2, len(core_list(cores))),
        listen="\n".join(
            f"    listen 127.0.0.1:{port} backlog=4096;" for port in setting.endpoints
        ),
        small=SMALL.replace("\n", r"\n"),
    )
    return setting.start(
        "upstream", ["nginx", "-p", setting.dir, "-c", conf, "-e", "stderr"], cores
    )

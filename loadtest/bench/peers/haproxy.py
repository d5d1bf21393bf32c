"""HAProxy with one thread."""

import re

from bench import machine, template
from bench.peers import Peer
from bench.setting import free_ports


def start(setting, variant):
    """Starts it on a free port; its access log, when on, goes through standard output to a file."""
    (port,) = free_ports(1)
    name = f"haproxy{variant.suffix}"
    log = setting.options.access_log
    conf = template.render(
        "haproxy.cfg",
        setting.dir / f"{name}.cfg",
        port=port,
        routes=_routes(variant.routes, setting.dir / f"{name}.map"),
        log_target="  log stdout format raw local0 info" if log else "",
        log_format="  log global\n  option httplog" if log else "",
        servers="\n".join(
            f"  server s{number} 127.0.0.1:{endpoint}"
            for number, endpoint in enumerate(setting.endpoints[: variant.endpoints])
        ),
    )
    process = setting.start(name, ["haproxy", "-db", "-f", conf], setting.options.proxy_cores)
    version = re.search(r"version ([\d.]+)", machine.first_line("haproxy", "-v")).group(1)
    command = "haproxy -db -f conf/haproxy.cfg"
    return [Peer(name, port, f"HAProxy {version}", process, command, process.log)]


def _routes(count, file):
    """A look-up of the path in a map that has a line for every route, or nothing."""
    if count <= 1:
        return ""
    file.write_text("".join(f"/r{number}/ service\n" for number in range(count)))
    return f"  use_backend %[path,map_beg({file})]"

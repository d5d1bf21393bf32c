"""nginx with one worker."""

from bench import machine, template
from bench.peers import Peer
from bench.setting import free_ports


def start(setting, variant):
    """Starts it on a free port."""
    (port,) = free_ports(1)
    name = f"nginx{variant.suffix}"
    log = setting.dir / f"{name}-access.log"
    endpoints = setting.endpoints[: variant.endpoints]
    conf = template.render(
        "proxy.nginx",
        setting.dir / f"{name}.conf",
        dir=setting.dir,
        name=name,
        port=port,
        user=setting.user_line,
        files=setting.files,
        access_log=f"{log} combined" if setting.options.access_log else "off",
        servers="\n".join(f"    server 127.0.0.1:{endpoint};" for endpoint in endpoints),
        idle=max(1024, 2 * len(endpoints)),
        locations="\n".join(_locations(variant.routes)),
    )
    command = ["nginx", "-p", setting.dir, "-c", conf, "-e", "stderr"]
    process = setting.start(name, command, setting.options.proxy_cores)
    version = f"nginx {machine.first_line('nginx', '-v').rpartition('/')[2]}"
    return [Peer(name, port, version, process, "nginx -c conf/proxy.nginx", log)]


def _locations(routes):
    """A location for every path, or one for all."""
    paths = [f"/r{number}/" for number in range(routes)] if routes > 1 else []
    return [f"    location {path} {{ proxy_pass http://service; }}" for path in ["/", *paths]]

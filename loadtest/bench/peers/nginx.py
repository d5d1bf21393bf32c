"""nginx with one worker."""

from bench import machine, template
from bench.peers import Peer
from bench.setting import free_ports


def start(setting):
    """Starts it on a free port."""
    (port,) = free_ports(1)
    log = setting.dir / "nginx-access.log"
    conf = template.render(
        "proxy.nginx",
        setting.dir / "nginx.conf",
        dir=setting.dir,
        port=port,
        user=setting.user_line,
        access_log=f"{log} combined" if setting.options.access_log else "off",
        servers="\n".join(f"    server 127.0.0.1:{endpoint};" for endpoint in setting.endpoints),
    )
    command = ["nginx", "-p", setting.dir, "-c", conf, "-e", "stderr"]
    process = setting.start("nginx", command, setting.options.proxy_cores)
    version = f"nginx {machine.first_line('nginx', '-v').rpartition('/')[2]}"
    return [Peer("nginx", port, version, process, "nginx -c conf/proxy.nginx", log)]

"""vertx-http-proxy with one event loop, on the Netty and the transport that Weir runs on."""

import zipfile

from bench.peers import java, weir

NATIVE = "META-INF/native/"


def start(setting, variant):
    """Starts it on a free port."""
    program = [*java.classpath("vertx"), _native_libraries(setting)]
    endpoints = setting.endpoints[: variant.endpoints]
    return [
        java.start(
            setting,
            f"vertx-http-proxy{variant.suffix}",
            program,
            "dev.weir.loadtest.VertxProxy",
            lambda port: [port, *endpoints],
            version=f"vertx-http-proxy {java.version('vertx', 'vertx-http-proxy')}",
        )
    ]


def _native_libraries(setting):
    """The native libraries inside of weir.jar, unpacked to be on the class path, or none."""
    target = setting.dir / "native"
    with zipfile.ZipFile(weir.jars(setting)[0]) as jar:
        names = [name for name in jar.namelist() if name.startswith(NATIVE)]
        jar.extractall(target, names)
    return target

"""What the gateways on the JVM have in common: built by Maven, run on the newest JDK compared."""

import shutil
import subprocess

from bench import jvm, labels, paths
from bench.errors import LoadTestError
from bench.peers import Peer
from bench.setting import free_ports

BUILD_SECONDS = 600


def classpath(project, profile=""):
    """
    Directories and jars of `peers/<project>`, which Maven compiles and whose dependencies it
    fetches from Maven Central when that has not been done since the last change of the project.
    """
    home = paths.PEERS / project
    out = home / "target" / profile
    stamp = out / "built"
    sources = [home / "pom.xml", *home.glob("src/**/*.java")]
    if not stamp.exists() or any(
        source.stat().st_mtime > stamp.stat().st_mtime for source in sources
    ):
        # Libraries of another version must not stay beside the new ones.
        shutil.rmtree(out / "lib", ignore_errors=True)
        _build(home, profile)
        stamp.touch()
    return [out / "classes", f"{out / 'lib'}/*"]


def version(project, artifact, profile=""):
    """The version of a dependency that Maven resolved, from the name of its jar."""
    (jar,) = (paths.PEERS / project / "target" / profile / "lib").glob(f"{artifact}-[0-9]*.jar")
    return jar.stem[len(artifact) + 1 :]


def start(setting, name, program, main, arguments, flags=(), **facts):
    """
    Starts the main class on a free port, which `arguments` takes, with the first set of
    `--jvm-flags` on the last of the JVMs compared.
    """
    java = jvm.chosen(setting.options.java)[-1]
    flags = [*next(iter(labels.flag_sets(setting.options.jvm_flags).values())), *flags]
    (port,) = free_ports(1)
    command = [java, *flags, "-cp", ":".join(map(str, program)), main, *arguments(port)]
    process = setting.start(name, command, setting.options.proxy_cores)
    facts["version"] = f"{facts['version']}, {jvm.version(java)}"
    shown = " ".join(["java", *flags, main.rpartition(".")[2]])
    return Peer(name, port, process=process, command=shown, is_jvm=True, **facts)


def _build(home, profile):
    print(f"Building loadtest/peers/{home.name} …", flush=True)
    command = ["mvn", "-q", "-B", "-f", home / "pom.xml", "process-classes"]
    try:
        subprocess.run(
            [*command, *([f"-P{profile}"] if profile else [])],
            check=True,
            timeout=BUILD_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as failure:
        raise LoadTestError(f"peers/{home.name} was not built: {failure}") from failure

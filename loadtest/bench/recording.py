"""
Flight recordings of Weir, started after the warm-up so that they show the measured rounds only.
"""

import subprocess
from pathlib import Path

from bench import machine, paths
from bench.errors import LoadTestError


def start(peer):
    """Starts a recording in a running JVM, with the jcmd of the JDK that runs it."""
    _jcmd(peer, "JFR.start", "name=loadtest", "settings=profile")


def stop(peer):
    """Ends the recording and returns the file it is in."""
    paths.RECORDINGS.mkdir(parents=True, exist_ok=True)
    file = paths.RECORDINGS / f"{machine.now().replace(':', '')}-{peer.name}.jfr"
    _jcmd(peer, "JFR.stop", "name=loadtest", f"filename={file}")
    return file


def _jcmd(peer, *arguments):
    jcmd = Path(f"/proc/{peer.process.pid}/exe").resolve().with_name("jcmd")
    command = [jcmd, str(peer.process.pid), *arguments]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as failure:
        raise LoadTestError(f"--jfr needs a JDK with jcmd: {failure}") from failure

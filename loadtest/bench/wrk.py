"""The load generator."""

import json
import signal
import subprocess

from bench import paths
from bench.errors import LoadTestError
from bench.machine import core_list
from bench.process import pinned

GRACE_SECONDS = 20


def run(setting, peer, load, seconds):
    """
    Sends requests for so many seconds and returns the summary of `conf/summary.lua`; an error is a
    failure.
    """
    threads = min(2, len(core_list(setting.options.load_cores)), load.connections)
    how = [load.method, load.body_bytes, "close" if load.close else "keep", load.routes]
    command = _command(setting, peer, load, seconds, threads, "summary.lua", *how)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=seconds + GRACE_SECONDS
        )
        summary = json.loads(done.stdout.rstrip().rpartition("\n")[2])
    except (subprocess.SubprocessError, ValueError) as failure:
        raise LoadTestError(f"wrk failed against {peer.name}: {failure}") from failure
    _check(peer, summary["errors"])
    if not summary["requests"]:
        raise LoadTestError(f"{peer.name}: no request completed")
    return summary


def count(setting, peer, load, requests, seconds):
    """Sends GETs until exactly so many are answered; returns the counts of `conf/share.lua`."""
    command = _command(setting, peer, load, seconds, 1, "share.lua", requests)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            counts = next(filter(None, map(_json, process.stdout)), None)
        finally:
            # wrk sleeps out its time after the last answer, unless it is interrupted.
            process.send_signal(signal.SIGINT)
        errors = next(filter(None, map(_json, process.stdout)), None)
    if errors is None or "endpoints" not in counts:
        raise LoadTestError(
            f"{peer.name}: {requests} requests were not complete after {seconds} s: {counts}"
        )
    _check(peer, errors)
    return counts


def _check(peer, errors):
    """Fails loudly: with errors in it, a figure says nothing about speed."""
    found = {kind: number for kind, number in errors.items() if number}
    if found:
        log = f"\n{peer.process.log_end()}" if peer.process else ""
        raise LoadTestError(f"{peer.name}: requests failed: {found}{log}")


def _command(setting, peer, load, seconds, threads, script, *arguments):
    wrk = [
        "wrk",
        "-t",
        threads,
        "-c",
        load.connections,
        "-d",
        f"{seconds}s",
        "-s",
        paths.CONF / script,
    ]
    url = f"http://127.0.0.1:{peer.port}{load.path}"
    return pinned(setting.options.load_cores, [*wrk, url, "--", *arguments])


def _json(line):
    return json.loads(line) if line.startswith("{") else None

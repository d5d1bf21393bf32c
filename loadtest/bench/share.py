"""
`share.sh`: an exact number of requests through each proxy, and how they were shared out over the
endpoints.
"""

import signal
import sys
import urllib.request

from bench import options, run, upstream, wrk
from bench.errors import LoadTestError
from bench.scenarios import Load, Variant
from bench.setting import Setting

SLOWEST_REQUESTS_PER_SECOND = 1000
CONNECTIONS = 64


def main():
    """Exit code 0 when no request failed and every endpoint got its share, 1 otherwise."""
    chosen = options.of_share()
    try:
        with Setting(chosen) as setting:
            signal.alarm(run.START_SECONDS)
            upstream.start(setting, Variant.endpoints)
            for peer in run.start(setting, Variant(loops=chosen.event_loops), chosen.proxies):
                check(setting, peer)
    except LoadTestError as failure:
        sys.exit(f"FAILED: {failure}")


def reuse(peer):
    """How many requests found a connection that was open already, and how many were opened."""
    opened = reused = 0.0
    with urllib.request.urlopen(f"http://127.0.0.1:{peer.admin_port}/metrics", timeout=5) as page:
        for line in page.read().decode().splitlines():
            name, _, value = line.partition(" ")
            if name.startswith("weir_pool_opened_total{"):
                opened += float(value)
            elif name.startswith("weir_pool_reused_total{"):
                reused += float(value)
    return reused / (reused + opened), int(opened)


def check(setting, peer):
    """Sends the requests through one proxy and fails on a lost one or on an uneven share."""
    requests = setting.options.requests
    seconds = 10 + requests // SLOWEST_REQUESTS_PER_SECOND
    signal.alarm(seconds + wrk.GRACE_SECONDS)
    load = Load("share", "/share", setting.options.connections or CONNECTIONS)
    counts = wrk.count(setting, peer, load, requests, seconds)
    shares = [counts["endpoints"].get(str(port), 0) for port in setting.endpoints]
    expected = requests / len(shares)
    worst = max(abs(share - expected) / expected for share in shares)
    print(
        f"{peer.name}: {requests} requests, {counts['failed']} failed, {shares}, "
        f"worst {worst:.2%} off its share"
    )
    if peer.admin_port:
        ratio, opened = reuse(peer)
        print(f"{peer.name}: {ratio:.4%} of the requests reused a connection, {opened} opened")
    if counts["failed"]:
        raise LoadTestError(
            f"{peer.name}: {counts['failed']} answers were not 200 from an endpoint"
        )
    if worst > setting.options.tolerance:
        raise LoadTestError(
            f"{peer.name}: an endpoint is {worst:.2%} off its share "
            f"(allowed: {setting.options.tolerance:.2%})"
        )


if __name__ == "__main__":
    main()

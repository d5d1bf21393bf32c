"""
`share.sh`: an exact number of requests through each proxy, and how they were shared out over the
endpoints.
"""

import signal
import sys

from bench import options, run, wrk
from bench.errors import LoadTestError
from bench.setting import Setting

SLOWEST_REQUESTS_PER_SECOND = 1000


def main():
    """Exit code 0 when no request failed and every endpoint got its share, 1 otherwise."""
    chosen = options.of_share()
    try:
        with Setting(chosen) as setting:
            signal.alarm(run.START_SECONDS)
            peers = run.start(setting)
            for peer in peers:
                check(setting, peer)
    except LoadTestError as failure:
        sys.exit(f"FAILED: {failure}")


def check(setting, peer):
    """Sends the requests through one proxy and fails on a lost one or on an uneven share."""
    requests = setting.options.requests
    seconds = 10 + requests // SLOWEST_REQUESTS_PER_SECOND
    signal.alarm(seconds + wrk.GRACE_SECONDS)
    counts = wrk.count(setting, peer, "/share", requests, seconds)
    shares = [counts["endpoints"].get(str(port), 0) for port in setting.endpoints]
    expected = requests / len(shares)
    worst = max(abs(share - expected) / expected for share in shares)
    print(
        f"{peer.name}: {requests} requests, {counts['failed']} failed, {shares}, "
        f"worst {worst:.2%} off its share"
    )
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

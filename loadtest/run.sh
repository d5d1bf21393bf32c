#!/usr/bin/env bash
# The load test: the same requests through Weir and the proxies it is compared with, interleaved, with
# CPU time a request. `loadtest/run.sh --help` lists scenarios and options; README.md explains them.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
need_packages
run_python bench.run "$@"

#!/usr/bin/env bash
# The load test: the same requests through nginx, HAProxy and Weir, interleaved, with CPU time a
# request. `loadtest/run.sh --help` lists the options; README.md says how to read the table.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
need_packages
run_python bench.run "$@"

#!/usr/bin/env bash
# A thousand slow uploads beside other traffic: how much the p99 of the others moves, and the memory
# of the proxy. `loadtest/uploads.sh --help` lists the options.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
need_packages
run_python bench.uploads "$@"

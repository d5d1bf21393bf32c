#!/usr/bin/env bash
# 100 000 requests over 64 connections to four endpoints: none may fail, and each endpoint gets its
# share within 1 %. `loadtest/share.sh --help` lists the options.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/setup.sh"
need_packages
run_python bench.share "$@"

# shellcheck shell=bash
# What the commands of this directory need from Debian, and how they start. Sourced, not run.

loadtest_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
service_policy=/usr/sbin/policy-rc.d
export PATH="$PATH:/usr/sbin:/sbin"

# Installs the Debian package of each tool that is missing; nothing else is taken from the net.
need_packages() {
  local tool missing=()
  for tool in nginx:nginx-light haproxy:haproxy wrk:wrk python3:python3 git:git mvn:maven java:openjdk-17-jdk-headless cc:gcc; do
    command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
  done
  [[ -e /usr/include/stdio.h ]] || missing+=(libc6-dev)
  if ((${#missing[@]} == 0)); then return; fi
  if ((EUID != 0)); then
    echo "Needed, as root: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 2
  fi
  echo "Installing from Debian's packages: ${missing[*]}" >&2
  apt-get update -qq
  (
    deny_services
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  )
}

# Until the subshell ends, no package that is installed starts a service: the programs are wanted,
# not an nginx on port 80. A policy that the machine has already is left as it is.
deny_services() {
  if [[ -e $service_policy ]]; then return; fi
  trap 'rm -f "$service_policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$service_policy"
  chmod 755 "$service_policy"
}

# Replaces the shell by a module of bench/, so that a signal reaches the process that cleans up.
run_python() {
  local module=$1
  shift
  PYTHONPATH="$loadtest_dir" PYTHONDONTWRITEBYTECODE=1 exec python3 -m "$module" "$@"
}

#!/usr/bin/env bash
# The event bus of a gateway from a shell, with nothing but bash. The gateway must open its bridge, as
# that of conf/bridge.json does.
#
#   verticles/clients/bus.sh ask weir.control '{"op": "stats"}'   one request, prints the answer
#   verticles/clients/bus.sh listen weir.events                   prints what happens, a line each
#
# WEIR_BRIDGE_PORT is the port, 7000 unless it is set. What is printed are the frames of the bridge.
set -euo pipefail
LC_ALL=C # Lengths are in bytes.

ping_seconds=20

# Writes a frame: four bytes of length, then the JSON.
write_frame() {
  local hex
  printf -v hex '%08x' "${#1}"
  printf '%b%s' "\\x${hex:0:2}\\x${hex:2:2}\\x${hex:4:2}\\x${hex:6:2}" "$1" >&3
}

# Reads a frame into $frame. Fails at the end of the connection, and with 1 when none begins in time.
read_frame() {
  local length=0 byte code i
  for i in 1 2 3 4; do
    code=0
    IFS= read -r -d '' -n 1 -t "$ping_seconds" -u 3 byte || code=$?
    if ((code > 128)); then
      return 1
    elif ((code != 0)); then
      echo "The gateway has closed the connection" >&2
      exit 1
    fi
    printf -v code '%d' "'$byte" # Nothing, which is what a zero byte becomes, is 0.
    length=$((length * 256 + (code & 255)))
  done
  IFS= read -r -N "$length" -u 3 frame
}

usage() {
  echo "usage: $0 ask ADDRESS [JSON] | listen ADDRESS" >&2
  exit 2
}

(($# >= 2)) || usage
exec 3<>"/dev/tcp/127.0.0.1/${WEIR_BRIDGE_PORT:-7000}"
case "$1" in
  ask)
    write_frame "{\"type\":\"send\",\"address\":\"$2\",\"replyAddress\":\"answer\",\"body\":${3:-null}}"
    read_frame
    echo "$frame"
    [[ $frame != '{"type":"err"'* ]]
    ;;
  listen)
    write_frame "{\"type\":\"register\",\"address\":\"$2\"}"
    while true; do
      if ! read_frame; then
        write_frame '{"type":"ping"}'
      elif [[ $frame != '{"type":"pong"}' ]]; then
        echo "$frame"
      fi
    done
    ;;
  *) usage ;;
esac

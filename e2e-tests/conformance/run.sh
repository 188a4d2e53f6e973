#!/usr/bin/env bash
# Runs the Node and Python clients' conformance suites against the event store.
#
# EVENT_STORE_BIN names the program to test; without it, it is built. All it needs is installed
# into this folder (node_modules) and into .tools at the root of the repository.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
started=()

stop() {
  for pid in "${started[@]}"; do
    kill "$pid" 2>/dev/null || true
  done
  wait || true
  rm -rf "$work"
}
trap stop EXIT

binary=${EVENT_STORE_BIN:-}
if [[ -z $binary ]]; then
  (cd "$root" && cargo build --quiet -p event-store --bin event-store)
  binary=${CARGO_TARGET_DIR:-$root/target}/debug/event-store
fi
[[ -x $binary ]] || { echo "conformance: $binary is not a program" >&2; exit 1; }

# Starts a store in a folder of its own, waits for its line, and puts its address into $address.
address=
start() {
  local name=$1
  shift
  mkfifo "$work/$name.out"
  "$binary" --listen 127.0.0.1:0 --data-dir "$work/$name" "$@" \
    >"$work/$name.out" 2>"$work/$name.log" &
  started+=($!)
  local line
  # Kept open, so that the store can go on writing to it.
  exec {out}<"$work/$name.out"
  if ! read -r -t 30 line <&"$out"; then
    echo "conformance: the store did not start" >&2
    cat "$work/$name.log" >&2
    exit 1
  fi
  address=${line##* }
}

install_node() {
  # The lock file decides; installed once, and again when it changes.
  if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
    npm ci --ignore-scripts --no-audit --no-fund
  fi
}

venv=$root/.tools/conformance-python
install_python() {
  local wanted=$here/python/requirements.txt
  if ! cmp -s "$wanted" "$venv/installed.txt"; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$venv/installed.txt"
  fi
}

(cd "$here/node" && install_node)
install_python

start keeping
export STORE_ADDRESS=$address
start deleting --allow-deletion
export DELETING_STORE_ADDRESS=$address

node_result=0 python_result=0
echo "== Node client"
(cd "$here/node" && node --test --test-concurrency=1 test/*.test.mjs) || node_result=$?
echo "== Python client"
(cd "$here/python" && PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" -m unittest -v) ||
  python_result=$?

for folder in keeping deleting; do
  "$binary" verify --data-dir "$work/$folder"
done
if [[ $node_result != 0 || $python_result != 0 ]]; then
  echo "conformance: FAILED (node $node_result, python $python_result)" >&2
  tail -n 50 "$work"/*.log >&2
  exit 1
fi
echo "conformance: passed"

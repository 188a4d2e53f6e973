#!/usr/bin/env bash
# How a run of checks speaks: a heading for each step, its time, and the first failure ends the run.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
export PATH="$ROOT/.tools/bin:$PATH"

DONE=()
# step HEADING COMMAND...
step() {
  local heading=$1 start=$SECONDS result
  shift
  printf '\n== %s\n' "$heading"
  # Not `|| result=$?`: beside || or in a condition, `set -e` is off inside the function that is called.
  set +e
  (set -e; "$@")
  result=$?
  set -e
  local took=$((SECONDS - start))
  if [ "$result" != 0 ]; then
    printf '\n== FAILED: %s (exit %s, after %s s)\n' "$heading" "$result" "$took" >&2
    exit "$result"
  fi
  DONE+=("$(printf '%6s s  %s' "$took" "$heading")")
  printf '   ok, %s s\n' "$took"
}

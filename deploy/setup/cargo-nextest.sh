#!/usr/bin/env bash
# cargo-nextest, the test runner: built once into .tools if the machine has none.
. "$(dirname "$0")/lib.sh"
VERSION=0.9.143

if cargo nextest --version >/dev/null 2>&1; then
  say "present: $(cargo nextest --version | sed -n '1s/cargo-nextest \([0-9.]*\).*/\1/p')"
  exit 0
fi
one_at_a_time
printf '%-14s building %s once, this takes some minutes\n' "$ME" "$VERSION"
cargo install cargo-nextest --version "$VERSION" --locked --no-default-features --features default-no-update \
  --root "$TOOLS/cargo" >"$TOOLS/cargo-nextest.log" 2>&1 ||
  fail "cargo install cargo-nextest failed: $(tail -n 1 "$TOOLS/cargo-nextest.log") (all of it in $TOOLS/cargo-nextest.log)"
link cargo-nextest "$TOOLS/cargo/bin/cargo-nextest"
say "built $VERSION into $BIN/cargo-nextest"

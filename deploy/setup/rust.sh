#!/usr/bin/env bash
# Rust itself: only looked at, never installed, because how Rust comes to a machine is its owner's choice.
. "$(dirname "$0")/lib.sh"
NEED=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml" | head -n 1)

have cargo || fail "needs Rust $NEED or newer, with cargo; see https://rustup.rs"
version=$(rustc --version | cut -d' ' -f2)
version_at_least "$NEED" "$version" || fail "Rust is $version, but $NEED or newer is needed: rustup update stable"
need cc build-essential "needs a C compiler for SQLite and the cryptography: apt-get install build-essential"
if [ "${1:-}" = test ]; then
  cargo fmt --version >/dev/null 2>&1 || fail "needs rustfmt: rustup component add rustfmt"
  cargo clippy --version >/dev/null 2>&1 || fail "needs clippy: rustup component add clippy"
fi
say "present: $version"

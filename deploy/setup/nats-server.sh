#!/usr/bin/env bash
# nats-server 2.10 or newer: older ones have no sync_interval and lose acknowledged messages when the power fails.
. "$(dirname "$0")/lib.sh"
NEED=2.10

version_of() { "$1" --version 2>/dev/null | sed -n 's/^nats-server: v\([0-9.]*\).*/\1/p' || true; }

found=
for candidate in $(type -aP nats-server || true); do
  version=$(version_of "$candidate")
  if [ -n "$version" ] && version_at_least "$NEED" "$version"; then
    say "present: $version, $candidate"
    exit 0
  fi
  found="$candidate is ${version:-not runnable}"
done

one_at_a_time
release=$(next_release)
[ -n "$release" ] || fail "cannot tell which Debian this is; install nats-server $NEED or newer so that it is on PATH"
unpack "$release" "$TOOLS/nats-server" nats-server
binary=$(find "$TOOLS/nats-server" -type f -name nats-server -perm -u+x | head -n 1)
[ -n "$binary" ] || fail "Debian $release's package holds no nats-server; install $NEED or newer so that it is on PATH"
version=$(version_of "$binary")
[ -n "$version" ] || fail "Debian $release's nats-server does not run on this machine (it needs libc 2.34); install $NEED or newer yourself"
version_at_least "$NEED" "$version" ||
  fail "Debian $release offers only $version, but $NEED is needed (sync_interval)${found:+; $found}; install a newer one so that it is on PATH"
link nats-server "$binary"
say "unpacked $version of Debian $release into $BIN/nats-server${found:+ ($found)}"

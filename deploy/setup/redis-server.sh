#!/usr/bin/env bash
# redis-server (or valkey-server): sessions and rate limits. Unpacked, not installed: no system service starts to listen.
. "$(dirname "$0")/lib.sh"
NEED=6.2

version_of() { "$1" --version 2>/dev/null | sed -n 's/.* v=\([0-9.]*\).*/\1/p' || true; }

for candidate in $(type -aP redis-server valkey-server || true); do
  version=$(version_of "$candidate")
  if [ -n "$version" ] && version_at_least "$NEED" "$version"; then
    [ "$(basename "$candidate")" = redis-server ] || { mkdir -p "$BIN" && ln -sfn "$candidate" "$BIN/redis-server"; }
    say "present: $version, $candidate"
    exit 0
  fi
done

one_at_a_time
release=$(codename)
[ -n "$release" ] || fail "cannot tell which Debian this is; install redis-server $NEED or newer so that it is on PATH"
folder=$TOOLS/redis-server
# redis-tools holds the binary itself; redis-server only names it.
unpack "$release" "$folder" +redis-server redis-server redis-tools
libraries=$(library_path "$folder")
binary=$folder/usr/bin/redis-server
if [ -x "$binary" ] && ! LD_LIBRARY_PATH=$libraries ldd "$(realpath "$binary")" | grep -q 'not found'; then
  wrapper redis-server <<SH
LD_LIBRARY_PATH='$libraries'\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec '$binary' "\$@"
SH
  version=$(version_of "$BIN/redis-server")
  if [ -n "$version" ]; then
    say "unpacked $version of Debian $release into $BIN/redis-server"
    exit 0
  fi
fi

rm -f "$BIN/redis-server"
apt_install redis-server || fail "the unpacked redis-server does not run, and apt-get install failed (see $TOOLS/apt-install.log); install redis-server $NEED or newer so that it is on PATH"
say "installed $(version_of "$(command -v redis-server)") with apt-get (no service started)"

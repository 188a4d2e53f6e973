#!/usr/bin/env bash
# Shared by the set-up scripts: where things go, how they speak, and how a Debian package is unpacked without installing it.
set -euo pipefail

SETUP=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ROOT=$(cd "$SETUP/../.." && pwd)
# Everything that is fetched lives in one ignored folder; deleting it undoes all of this.
TOOLS=${MINGCHA_TOOLS:-$ROOT/.tools}
BIN=$TOOLS/bin
export PATH="$BIN:$PATH"
ME=$(basename "$0" .sh)

say() { printf '%-14s %s\n' "$ME" "$*"; }
fail() {
  printf '%-14s FAILED: %s\n' "$ME" "$*" >&2
  exit 1
}
# Nothing stops without a word.
set -E
trap 'fail "stopped unexpectedly at line $LINENO: $BASH_COMMAND"' ERR
have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least 2.10 2.10.27
version_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# Two set-ups at once (make run beside make test) must not unpack into the same folder.
one_at_a_time() {
  mkdir -p "$BIN"
  exec 9>"$TOOLS/.setup.lock"
  flock 9
}

codename() { (. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}"); }

# The release after the machine's own: bookworm's nats-server is too old, the next one's runs on it unchanged.
next_release() { case "$(codename)" in bookworm) echo trixie ;; *) codename ;; esac; }

# private_apt RELEASE COMMAND...: apt-get reading only this project's lists, its state and cache under .tools.
# The machine's own proxy and login settings stay in force (apt.conf.d, apt.conf, auth.conf.d); its hooks do not.
private_apt() {
  local release=$1 dir=$TOOLS/apt/$1
  shift
  APT_CONFIG=$dir/first.conf apt-get "$@"
}

private_apt_update() {
  local release=$1 dir=$TOOLS/apt/$1
  have apt-get && have dpkg-deb || fail "needs Debian's apt; on another system install the program yourself, so that it is on PATH"
  need_python
  mkdir -p "$dir"/{state/lists/partial,cache/archives/partial,parts}
  python3 "$SETUP/debian_sources.py" "$(codename)" "$release" >"$dir/sources.list" ||
    fail "found no Debian source to read $release from; add Debian's own list to /etc/apt, or put the program on PATH"
  printf 'Dir::Etc::main "%s";\n' "$dir/main.conf" >"$dir/first.conf"
  {
    [ ! -r /etc/apt/apt.conf ] || echo '#include "/etc/apt/apt.conf";'
    echo '#clear APT::Update::Pre-Invoke; #clear APT::Update::Post-Invoke; #clear APT::Update::Post-Invoke-Success;'
    echo '#clear DPkg::Pre-Install-Pkgs; #clear DPkg::Post-Invoke;'
    cat <<CONF
Dir::State "$dir/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$dir/cache";
Dir::Etc::sourcelist "$dir/sources.list";
Dir::Etc::sourceparts "$dir/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$dir/parts";
Acquire::Languages "none";
Acquire::Retries "3";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons-small::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons::DefaultEnabled "false";
Acquire::IndexTargets::deb::DEP-11-icons-hidpi::DefaultEnabled "false";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Debug::NoLocking "true";
CONF
  } >"$dir/main.conf"
  # The lists of one day are fresh enough.
  if [ -z "$(find "$dir/updated" -mmin -1440 2>/dev/null)" ] || ! cmp -s "$dir/sources.list" "$dir/updated"; then
    private_apt "$release" -qq -o APT::Update::Error-Mode=any update >"$dir/update.log" 2>&1 ||
      fail "cannot read Debian $release's package lists: $(tail -n 2 "$dir/update.log" | tr '\n' ' ')"
    cp "$dir/sources.list" "$dir/updated"
  fi
}

# unpack RELEASE FOLDER PACKAGE...: these packages, and with "+" before a name also what it needs and the machine lacks.
unpack() {
  local release=$1 folder=$2 deb name
  shift 2
  private_apt_update "$release"
  local names=() log=$TOOLS/apt/$release/unpack.log
  for name in "$@"; do
    case "$name" in
      +*)
        private_apt "$release" -s install "${name#+}" >"$log" 2>&1 || fail "Debian $release offers no ${name#+}: $(tail -n 1 "$log")"
        mapfile -t -O "${#names[@]}" names < <(sed -n 's/^Inst \([^ ]*\) .*/\1/p' "$log")
        ;;
      *) names+=("$name") ;;
    esac
  done
  local fresh=$folder.new
  rm -rf "$fresh" && mkdir -p "$fresh/.debs"
  (cd "$fresh/.debs" && private_apt "$release" -qq download "${names[@]}") >"$log" 2>&1 ||
    fail "cannot download ${names[*]} from Debian $release: $(tail -n 1 "$log")"
  for deb in "$fresh"/.debs/*.deb; do dpkg-deb -x "$deb" "$fresh" || fail "cannot unpack $(basename "$deb")"; done
  rm -rf "$fresh/.debs" "$folder" && mv "$fresh" "$folder"
}

# The folders of unpacked shared libraries, for LD_LIBRARY_PATH.
library_path() {
  find "$1" -name '*.so*' \( -type f -o -type l \) -path '*/lib/*' -printf '%h\n' | sort -u | sed -nE '/\/lib(\/[a-z0-9_]+-linux-gnu(\/[a-z]+)?)?$/p' | paste -sd:
}

# link NAME FILE: put a file of .tools on the project's own PATH.
link() { ln -sfn "$(realpath -s --relative-to="$BIN" "$2")" "$BIN/$1"; }

# wrapper NAME, lines on stdin: a small program in .tools/bin that sets what unpacked files need and becomes the real one.
wrapper() {
  local name=$1
  { echo '#!/bin/sh' && cat; } >"$BIN/.$name.new"
  chmod 755 "$BIN/.$name.new"
  mv "$BIN/.$name.new" "$BIN/$name"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo; then sudo -n "$@"; else return 1; fi
}

# apt_install PACKAGE...: the last resort, into the system. A policy file forbids starting what was just installed.
apt_install() {
  local policy=/usr/sbin/policy-rc.d mine=no
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null 2>&1 || return 1
    as_root chmod 755 "$policy" && mine=yes
  fi
  local result=0
  {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
      as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@"
  } >"$TOOLS/apt-install.log" 2>&1 || result=$?
  [ "$mine" = no ] || as_root rm -f "$policy"
  return "$result"
}

# need PROGRAM PACKAGE WORDS: what only the system itself can bring; installed where that is possible, otherwise asked for.
need() {
  if have "$1"; then return 0; fi
  one_at_a_time
  if have apt-get && apt_install "$2" && have "$1"; then
    say "installed $2 with apt-get"
  else
    fail "$3"
  fi
}
need_python() { need python3 python3 "needs python3 (3.10 or newer): apt-get install python3"; }

#!/usr/bin/env bash
# initdb and postgres for `make bench` only (our store beside PostgreSQL). Unpacked: no cluster is made, no service starts.
. "$(dirname "$0")/lib.sh"

usable() { [ -x "$1/initdb" ] && [ -x "$1/postgres" ] && "$1/postgres" --version >/dev/null 2>&1; }
done_with() {
  mkdir -p "$BIN"
  # Not on the project's PATH by name alone: postgres finds its share folder from where it truly lies.
  ln -sfn "$1" "$BIN/postgresql"
  say "$2: $("$1/postgres" --version | sed 's/.*) //; s/ (.*//'), folder $BIN/postgresql"
  exit 0
}

[ ! -e "$BIN/postgresql" ] || { usable "$BIN/postgresql" && done_with "$(realpath "$BIN/postgresql")" present; }
for found in $(type -aP postgres || true) $(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -rV); do
  folder=$(dirname "$(realpath "$found")")
  usable "$folder" && done_with "$folder" present
done

one_at_a_time
folder=$TOOLS/postgresql
unpack "$(codename)" "$folder" +postgresql postgresql-15
bin=$(ls -d "$folder"/usr/lib/postgresql/*/bin | sort -V | tail -n 1)
libraries=$(library_path "$folder")
if [ -n "$libraries" ] && ldd "$bin/postgres" | grep -q 'not found'; then
  # initdb starts postgres by itself, so that both need their libraries found without any help from the caller.
  for program in initdb postgres pg_ctl; do
    mv "$bin/$program" "$bin/.$program"
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec -a "$0" "%s/.%s" "$@"\n' "'$libraries'" "$bin" "$program" >"$bin/$program"
    chmod 755 "$bin/$program"
  done
fi
usable "$bin" || fail "the unpacked postgres does not run: $("$bin/postgres" --version 2>&1 | tail -n 1); install postgresql yourself"
done_with "$bin" "unpacked"

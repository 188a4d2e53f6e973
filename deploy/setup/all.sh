#!/usr/bin/env bash
# Everything that one job needs and the machine lacks: all.sh run | test | bench. Quick when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")"
what=${1:-run}
case "$what" in run | test | bench) ;; *) echo "usage: all.sh [run|test|bench]" >&2 && exit 2 ;; esac

./rust.sh "$what"
./python.sh
./nats-server.sh
./redis-server.sh
./mail-catcher.sh
./npm.sh services/web-gateway/spa
./spa.sh
if [ "$what" = test ]; then
  ./cargo-nextest.sh
  ./chinesecalendar.sh
  ./chromium.sh
  ./npm.sh e2e-tests/browser
fi
[ "$what" != bench ] || ./postgresql.sh

#!/usr/bin/env bash
# The staff console, built so that the gateway can embed it; only when its sources changed since the last time.
. "$(dirname "$0")/lib.sh"
SPA=$ROOT/services/web-gateway/spa

[ -e "$SPA/package.json" ] || { say "nothing to build" && exit 0; }
# The catalogue of words is built in as well.
digest=$(cd "$SPA" && { find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -print0 | sort -z; printf '../../vocabulary/words.json\0'; } | xargs -0 sha256sum | sha256sum)
if [ -e "$SPA/dist/index.html" ] && [ "$(cat "$SPA/node_modules/.built" 2>/dev/null)" = "$digest" ]; then
  say "present: services/web-gateway/spa/dist"
  exit 0
fi
mkdir -p "$TOOLS"
(cd "$SPA" && npm run --silent build) >"$TOOLS/spa.log" 2>&1 || { cat "$TOOLS/spa.log" >&2 && fail "npm run build failed"; }
printf '%s\n' "$digest" >"$SPA/node_modules/.built"
say "built services/web-gateway/spa/dist"

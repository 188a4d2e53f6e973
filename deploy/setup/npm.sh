#!/usr/bin/env bash
# The npm packages of each folder named (those with a package-lock.json), exactly as locked.
. "$(dirname "$0")/lib.sh"
# The browser comes from Debian; Playwright's own download would be a second one.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1

for folder in "$@"; do
  lock=$ROOT/$folder/package-lock.json
  [ -e "$lock" ] || { say "$folder: nothing to install" && continue; }
  stamp=$ROOT/$folder/node_modules/.installed-lock
  if cmp -s "$lock" "$stamp"; then
    say "$folder: present"
    continue
  fi
  have npm || fail "needs Node 20 or newer with npm (Debian 12 has 18): https://nodejs.org, or https://github.com/nodesource/distributions"
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 20 ] || fail "Node is $(node --version), but 20 or newer is needed"
  mkdir -p "$TOOLS"
  (cd "$ROOT/$folder" && npm ci --no-audit --no-fund --loglevel=error) >"$TOOLS/npm.log" 2>&1 ||
    fail "npm ci in $folder: $(grep -m1 -i 'error' "$TOOLS/npm.log" || tail -n 1 "$TOOLS/npm.log") (all of it in $TOOLS/npm.log)"
  cp "$lock" "$stamp"
  say "$folder: installed"
done

#!/usr/bin/env bash
# `make test`: everything that must hold before a change is merged, the quick things first.
. "$(dirname "$0")/lib.sh"

PYTHON=python3
SUMMARY=$(mktemp)
trap 'rm -f "$SUMMARY"' EXIT

data() {
  [ ! -x .tools/venv/bin/python ] || PYTHON=.tools/venv/bin/python
  MINGCHA_COMPARE_CALENDARS=1 "$PYTHON" deploy/campaign/test_campaign.py
  "$PYTHON" deploy/mail-catcher/test_mail_catcher.py
}

console() {
  [ -e services/web-gateway/spa/package.json ] || { echo "no console in this tree" && return; }
  npm --prefix services/web-gateway/spa run --silent --if-present lint
  npm --prefix services/web-gateway/spa run --silent --if-present check
}

# What the console believes of the API is what the gateway says of it: its types, and its words for every condition of a list.
console_and_api() {
  local spa=services/web-gateway/spa
  target/debug/mingcha openapi >services/web-gateway/openapi.json
  (cd "$spa" && npx openapi-typescript ../openapi.json -o node_modules/.schema.d.ts) >/dev/null 2>&1
  cmp "$spa/node_modules/.schema.d.ts" "$spa/src/api/schema.d.ts" ||
    { echo "the console's types are not those of the API: run make openapi" && return 1; }
  npm --prefix "$spa" run --silent test
}

documentation() {
  RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
}

# The end-to-end tests start the real binary; nextest alone would not build it.
tests() {
  cargo build --workspace --quiet
  console_and_api
  cargo nextest run --workspace 2>&1 | tee "$SUMMARY"
}

conformance() {
  [ -d e2e-tests/conformance ] || { echo "no conformance suite in this tree" && return; }
  e2e-tests/conformance/run.sh
}

browser() {
  [ -e e2e-tests/browser/package.json ] || { echo "no browser tests in this tree" && return; }
  MINGCHA_CHROMIUM=$ROOT/.tools/bin/chromium npm --prefix e2e-tests/browser test
}

step "what the tests need" deploy/setup/all.sh test
step "formatting" cargo fmt --all --check
step "checks of the repository" deploy/checks/all.sh
step "campaign data and mail catcher" data
step "staff console" console
step "lints" cargo clippy --workspace --all-targets --quiet -- -D warnings
step "documentation" documentation
step "tests" tests
step "event store conformance" conformance
step "browser" browser

printf '\n== times\n'
printf '%s\n' "${DONE[@]}"
grep -aE '^ +Summary \[' "$SUMMARY" | tail -n 1
echo "make test: everything passed in ${SECONDS} s"

#!/usr/bin/env bash
# The checks of the repository itself: no compiler needed, a few seconds. `make lint` and `make test` both run them.
set -euo pipefail
cd "$(dirname "$0")/../.."

for script in $(git ls-files '*.sh' .ci/run); do bash -n "$script"; done

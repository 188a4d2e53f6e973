#!/usr/bin/env bash
# The checks of the repository itself: no compiler needed, a few seconds. `make lint` and `make test` both run them.
set -euo pipefail
cd "$(dirname "$0")/../.."

python3 -m unittest -q deploy/checks/test_checks.py deploy/checks/test_deploy.py
for script in $(git ls-files '*.sh' .ci/run); do bash -n "$script"; done
python3 deploy/checks/tidy.py
python3 deploy/checks/protos.py
python3 deploy/checks/licences.py

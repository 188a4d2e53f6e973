#!/usr/bin/env bash
# python3, before anything needs it: the next steps read Debian's package sources with it, the mail catcher and the checks are of it.
. "$(dirname "$0")/lib.sh"
NEED=3.10

need_python
version=$(python3 -c 'import platform; print(platform.python_version())')
version_at_least "$NEED" "$version" || fail "python3 is $version, but $NEED or newer is needed"
say "present: $version"

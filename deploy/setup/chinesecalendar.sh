#!/usr/bin/env bash
# An independent source of public holidays, only to compare the campaign's calendars with. `make test` fails without it.
. "$(dirname "$0")/lib.sh"
VERSION=1.11.0
VENV=$TOOLS/venv

python=$VENV/bin/python
if [ -x "$python" ] && "$python" -c "import chinese_calendar as c; assert c.__version__ == '$VERSION'" 2>/dev/null; then
  say "present: $VERSION"
  exit 0
fi
one_at_a_time
if [ -x "$python" ] && "$python" -m pip -q install --no-deps --only-binary :all: "chinesecalendar==$VERSION" >"$TOOLS/chinesecalendar.log" 2>&1; then
  say "installed $VERSION in $VENV"
else
  say "not available here: \`make test\` will fail at the comparison of the calendars ($(tail -n 1 "$TOOLS/chinesecalendar.log" 2>/dev/null || echo "no Python with pip in $VENV"))"
fi

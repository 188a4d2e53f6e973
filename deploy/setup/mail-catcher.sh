#!/usr/bin/env bash
# The mail catcher: a real SMTP receiver on this machine only, so that the demonstration and the tests can read their mail.
. "$(dirname "$0")/lib.sh"
CATCHER=$ROOT/deploy/mail-catcher
VENV=$TOOLS/venv
STAMP=$VENV/.mail-catcher-requirements

if [ -x "$BIN/mail-catcher" ] && cmp -s "$CATCHER/requirements.txt" "$STAMP" && "$BIN/mail-catcher" --help >/dev/null 2>&1; then
  say "present: $BIN/mail-catcher"
  exit 0
fi
need_python

one_at_a_time
log=$TOOLS/mail-catcher.log
python=
if python3 -m venv "$VENV" >"$log" 2>&1 &&
  "$VENV/bin/python" -m pip -q install --require-hashes --only-binary :all: -r "$CATCHER/requirements.txt" >>"$log" 2>&1; then
  python=$VENV/bin/python path= how="in $VENV"
else
  # No ensurepip (Debian's python3-venv) or no PyPI: Debian's own package serves as well.
  unpack "$(codename)" "$TOOLS/aiosmtpd" +python3-aiosmtpd python3-aiosmtpd python3-attr python3-public
  mkdir -p "$VENV"
  python=$(command -v python3) path=$TOOLS/aiosmtpd/usr/lib/python3/dist-packages how="from Debian's package in $TOOLS/aiosmtpd"
fi
wrapper mail-catcher <<SH
PYTHONPATH='$path'\${PYTHONPATH:+:\$PYTHONPATH}
export PYTHONPATH
exec '$python' '$CATCHER/mail_catcher.py' "\$@"
SH
"$BIN/mail-catcher" --help >/dev/null 2>>"$log" || fail "aiosmtpd does not load: $(tail -n 1 "$log") (all of it in $log)"
cp "$CATCHER/requirements.txt" "$STAMP"
say "ready $how, as $BIN/mail-catcher"

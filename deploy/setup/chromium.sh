#!/usr/bin/env bash
# A browser for the browser tests, with a font that has Chinese in it. Afterwards .tools/bin/chromium is the one to call.
. "$(dirname "$0")/lib.sh"
FOLDER=$TOOLS/chromium
FONTS=$TOOLS/fonts

# Really render a page: a browser that prints its version may still lack a library for drawing.
renders() {
  local profile result=0
  profile=$(mktemp -d)
  timeout 60 "$1" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$profile" \
    --dump-dom 'data:text/html;charset=utf-8,<p id=a>%E6%98%8E%E5%AF%9F</p>' 2>"$TOOLS/chromium.log" | grep -q '明察' || result=$?
  rm -rf "$profile"
  return "$result"
}
version_of() { "$1" --version 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1 || true; }

mkdir -p "$BIN"
if [ -x "$BIN/chromium" ] && [ -n "$(version_of "$BIN/chromium")" ]; then
  say "present: $(version_of "$BIN/chromium"), $BIN/chromium"
  exit 0
fi

one_at_a_time
system=
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  system=$(type -aP "$name" | grep -vx "$BIN/$name" | head -n 1) || true
  [ -z "$system" ] || { renders "$system" && break; }
  system=
done

did=
program=$system
libraries=
if [ -z "$program" ]; then
  unpack "$(codename)" "$FOLDER" +chromium chromium
  libraries=$(library_path "$FOLDER")
  program=$FOLDER/usr/lib/chromium/chromium
  did="unpacked Debian's chromium"
fi

# A Chinese font, unless the machine has one.
fonts=
if ! have fc-list || [ -z "$(fc-list :lang=zh-cn 2>/dev/null)" ]; then
  unpack "$(codename)" "$FONTS" fonts-wqy-microhei
  {
    echo '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
    for include in /etc/fonts/fonts.conf "$FOLDER/etc/fonts/fonts.conf"; do
      [ ! -e "$include" ] || { echo "<include>$include</include>" && break; }
    done
    echo "<dir>/usr/share/fonts</dir><dir>$FOLDER/usr/share/fonts</dir><dir>$FONTS/usr/share/fonts</dir>"
    echo "<cachedir>$FONTS/cache</cachedir></fontconfig>"
  } >"$FONTS/fonts.conf"
  fonts=$FONTS/fonts.conf
fi

write_wrapper() {
  wrapper chromium <<SH
${libraries:+LD_LIBRARY_PATH='$libraries'\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH\}; export LD_LIBRARY_PATH}
${fonts:+FONTCONFIG_FILE='$fonts'; export FONTCONFIG_FILE}
exec '$program' "\$@"
SH
}
write_wrapper
if [ -z "$system" ] && ! renders "$BIN/chromium"; then
  rm -rf "$BIN/chromium" "$FOLDER"
  apt_install chromium fonts-wqy-microhei ||
    fail "the unpacked chromium does not run ($(tail -n 1 "$TOOLS/chromium.log")), and apt-get install failed (see $TOOLS/apt-install.log); install chromium yourself"
  program=/usr/bin/chromium libraries='' did="installed chromium with apt-get"
  write_wrapper
  renders "$BIN/chromium" || fail "the installed chromium does not render a page: $(tail -n 1 "$TOOLS/chromium.log")"
fi
say "${did:-uses $system}${fonts:+ with a Chinese font}: $(version_of "$BIN/chromium"), $BIN/chromium"

#!/usr/bin/env python3
"""Print the machine's own Debian package sources, rewritten for another release, as one-line entries.

The set-up scripts read packages through a private apt configuration, so that nothing outside the project's folder changes.
Whoever runs this may sit behind a mirror: therefore the addresses are the machine's own, and only the release name is
replaced. Other vendors' lists are left out: they have no such package, and often no such release.
"""

import argparse
import pathlib
import re
import sys

KEYRING = "debian-archive-"


def stanzas(text):
    """Yield the fields of each deb822 stanza, names in lower case, continuation lines joined."""
    for block in re.split(r"\n\s*\n", text):
        fields, last = {}, None
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if line[0] in " \t" and last:
                fields[last] += "\n" + line.strip()
            elif ":" in line:
                name, value = line.split(":", 1)
                last = name.strip().lower()
                fields[last] = value.strip()
        if fields:
            yield fields


def from_deb822(text, path):
    for fields in stanzas(text):
        if fields.get("enabled", "yes").lower() in ("no", "false", "0", "off"):
            continue
        if "deb" not in fields.get("types", "").split():
            continue
        for uri in fields.get("uris", "").split():
            for suite in fields.get("suites", "").split():
                yield {
                    "path": path,
                    "uri": uri,
                    "suite": suite,
                    "components": fields.get("components", "").split(),
                    "signed_by": fields.get("signed-by", ""),
                }


def from_one_line(text, path):
    pattern = re.compile(r"^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*([^#]*)")
    for line in text.splitlines():
        found = pattern.match(line)
        if not found:
            continue
        options = dict(part.split("=", 1) for part in (found[1] or "").split() if "=" in part)
        yield {
            "path": path,
            "uri": found[2],
            "suite": found[3],
            "components": found[4].split(),
            "signed_by": options.get("signed-by", ""),
        }


def is_debians_own(entry):
    """A list of Debian itself: signed with Debian's keyring, or unsigned-by and named or placed as Debian's."""
    if entry["signed_by"]:
        return KEYRING in entry["signed_by"]
    if pathlib.Path(entry["path"]).name in ("sources.list", "debian.sources"):
        return True
    return re.search(r"/debian(-security)?/?$", entry["uri"]) is not None


def rewritten(entries, codename, release):
    """One-line entries of `release`, from the entries of `codename` that are Debian's own; backports and the like left out."""
    seen = []
    for entry in entries:
        wanted = {codename: release, f"{codename}-security": f"{release}-security", f"{codename}-updates": f"{release}-updates"}
        suite = wanted.get(entry["suite"])
        if suite is None or "main" not in entry["components"] or not is_debians_own(entry):
            continue
        # A key pasted into the list itself cannot stand on one line; apt's trusted folder holds Debian's keys as well.
        keyring = entry["signed_by"] if entry["signed_by"].startswith("/") and "\n" not in entry["signed_by"] else ""
        option = f"[signed-by={keyring}] " if keyring else ""
        line = f"deb {option}{entry['uri']} {suite} main"
        if line not in seen:
            seen.append(line)
    return seen


def read_all(etc):
    paths = [etc / "sources.list"]
    folder = etc / "sources.list.d"
    paths += sorted(folder.glob("*.list")) + sorted(folder.glob("*.sources"))
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        yield from (from_deb822 if path.suffix == ".sources" else from_one_line)(text, str(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("codename", help="the release this machine runs, such as bookworm")
    parser.add_argument("release", help="the release to read from, such as trixie")
    parser.add_argument("--etc", type=pathlib.Path, default=pathlib.Path("/etc/apt"))
    options = parser.parse_args()
    lines = rewritten(read_all(options.etc), options.codename, options.release)
    if not lines:
        sys.exit(f"no package source of Debian {options.codename} found under {options.etc}")
    print("\n".join(lines))


if __name__ == "__main__":
    main()

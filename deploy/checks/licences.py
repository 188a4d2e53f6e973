#!/usr/bin/env python3
"""Every dependency that is built in, or used to build, has a licence this project may pass on. Nothing is compiled for this."""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0",
    "MPL-2.0", "OpenSSL", "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "Zlib",
}
# Licences of data and tools that only the build of the console uses, or of texts it carries.
ALLOWED_NPM = ALLOWED | {"BlueOak-1.0.0", "CC-BY-3.0", "CC-BY-4.0", "Python-2.0", "WTFPL"}
EXCEPTIONS = {"LLVM-exception"}
# Packages that declare nothing usable, read by a person: name → (licence, where it was read).
READ_BY_HAND = {}


def acceptable(expression, allowed=frozenset(ALLOWED)):
    """Whether an SPDX expression can be satisfied with the allowed licences. `/` is the old way to write OR."""
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))
    place = 0

    def peek():
        return tokens[place].upper() if place < len(tokens) else None

    def take():
        nonlocal place
        if place >= len(tokens):
            raise ValueError("ends too early")
        place += 1
        return tokens[place - 1]

    def one():
        if peek() == "(":
            take()
            inner = either()
            if take() != ")":
                raise ValueError("parenthesis not closed")
            return inner
        name = take()
        if name.upper() in ("AND", "OR", "WITH", ")"):
            raise ValueError(f"`{name}` out of place")
        good = name.removesuffix("+") in allowed
        if peek() == "WITH":
            take()
            good = take() in EXCEPTIONS and good
        return good

    def both():
        good = one()
        while peek() == "AND":
            take()
            good = one() and good
        return good

    def either():
        good = both()
        while peek() == "OR":
            take()
            good = both() or good
        return good

    result = either()
    if place != len(tokens):
        raise ValueError(f"`{tokens[place]}` out of place")
    return result


def judge(name, licence, allowed):
    """None if all is well, else why not."""
    if name in READ_BY_HAND:
        return None
    if not licence:
        return "declares no licence; read its files and record it in READ_BY_HAND, or do without it"
    try:
        if acceptable(licence, allowed):
            return None
    except ValueError as fault:
        return f"licence `{licence}` cannot be read: {fault}"
    return f"licence `{licence}` is not among those this project may pass on"


def crates(root):
    host = re.search(r"^host: (.*)$", subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout, re.M)[1]
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host]
    answer = subprocess.run([*command, "--offline"], cwd=root, capture_output=True, text=True)
    if answer.returncode:  # not everything is on this machine yet
        answer = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"licences: cargo metadata failed:\n{answer.stderr.strip()}")
    for package in json.loads(answer.stdout)["packages"]:
        yield f"{package['name']} {package['version']}", package["name"], package["license"]


def npm_packages(lock):
    for path, package in json.loads(lock)["packages"].items():
        name = path.rsplit("node_modules/", 1)[-1]
        # The folder itself, and links to folders of this repository, are ours.
        if path and not package.get("link"):
            licence = package.get("license")
            yield f"{name} {package.get('version')}", name, licence if isinstance(licence, str) else None


def main():
    count, found = 0, []
    sources = [(entry, ALLOWED) for entry in crates(ROOT)]
    locks = subprocess.run(["git", "-C", str(ROOT), "ls-files", "*package-lock.json"], check=True, capture_output=True, text=True)
    for lock in locks.stdout.split():
        sources += [(entry, ALLOWED_NPM) for entry in npm_packages((ROOT / lock).read_text(encoding="utf-8"))]
    for (label, name, licence), allowed in sources:
        count += 1
        why = judge(name, licence, allowed)
        if why:
            found.append(f"{label}: {why}")
    print("\n".join(sorted(set(found)) + [f"licences: {count} packages, {len(set(found))} not acceptable"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

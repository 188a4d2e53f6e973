#!/usr/bin/env python3
"""What a reader of this repository may count on, checked: openings, lengths, stubs, pure domains, addresses, personal data.

Each rule is a function that yields (path, line, message). Exceptions stand in ALLOWED below, each with its reason.
"""

import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST = 400
# (path or folder ending in /, rule): why it may.
ALLOWED = {
    ("deploy/Dockerfile", "address"): "a container listens inside its own network",
    ("deploy/compose.yaml", "address"): "a container listens inside its own network",
    ("k8s/", "address"): "a container listens inside its own network",
    ("services/decider/src/scenario.rs", "purity"): "the test harness, behind a feature: keeps golden files",
    ("services/simulation/src/main.rs", "purity"): "the program around the simulation: ends with an exit code",
    ("deploy/checks/", "address"): "names the pattern it looks for",
    ("deploy/checks/", "machine-path"): "names the pattern it looks for",
}
SOURCES = (".rs", ".ts", ".tsx", ".vue", ".proto", ".py", ".sh", ".js", ".mjs", ".css")
BINARY = (".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2", ".woff", ".ttf", ".xlsx", ".wav", ".pdf", ".gz", ".zip", ".der")
LOCKS = ("Cargo.lock", "package-lock.json")

# Invented numbers only, and recognisably so: mobile numbers 199 0000 00xx, identity numbers beginning 99 (no such division).
FAKE_MOBILE = "199000000"
FAKE_IDENTITY = "99"

# The simulation asks whole services for their policies, so its manifest is not that of a pure crate; its sources are.
PURE_PLACES = re.compile(r"services/(?:[^/]+/domain|decider|invariants|jurisdiction|simulation)/src/")
PURE_MANIFEST = re.compile(r"services/(?:[^/]+/domain|decider|invariants|jurisdiction)/Cargo\.toml")
# A hash is arithmetic: what a published lot follows from has to be computed where it is decided.
PURE_DEPENDENCIES = {"serde", "serde_json", "thiserror", "jiff", "uuid", "sha2", "decider", "jurisdiction"}
PURE_DEV_DEPENDENCIES = PURE_DEPENDENCIES | {"insta", "proptest"}
IMPURE = re.compile(
    r"\b(tokio|tonic|rand|getrandom|reqwest|std::fs|std::net|std::env|std::process|std::thread)\b(?=::|\s*;|\s*\{|,)"
    r"|\b(SystemTime|Instant)\b|\b(Timestamp|Zoned|Utc|Local)::now\b|\bUuid::(new_v4|now_v\d)\b|\bclippy::disallowed_\w+"
)
CRATES_IO = {"registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/"}


def allowed(path, rule):
    return any(
        rule == listed_rule and (path == place or (place.endswith("/") and path.startswith(place)))
        for place, listed_rule in ALLOWED
    )


def generated(text):
    head = "\n".join(text.splitlines()[:6]).lower()
    return "@generated" in head or "auto-generated" in head or "do not make direct changes" in head


def opening(path, text):
    """Every source file says in its first line what it is."""
    first = text.split("\n", 1)[0].strip()
    if path.endswith(".rs"):
        if not re.match(r"//! \S", first):
            yield path, 1, "opens without a `//! …` sentence that says what is in the file"
    elif path.endswith((".ts", ".tsx", ".mjs", ".js", ".proto")):
        if not re.match(r"(//|/\*)", first):
            yield path, 1, "opens without a comment that says what is in the file"
    elif path.endswith(".vue") and not first.startswith("<!--"):
        yield path, 1, "opens without a `<!-- … -->` comment that says what is in the file"


def length(path, text):
    lines = text.count("\n")
    if path.endswith(SOURCES) and lines > LONGEST and not generated(text):
        yield path, lines, f"{lines} lines; split it by what changes together (limit {LONGEST})"


STUBS = {
    ".rs": re.compile(r"\b(todo|unimplemented|dbg)!|#\[ignore\b"),
    ".ts": re.compile(r"\b(test|it|describe)(\.\w+)*\.(only|skip|fixme)\("),
    ".py": re.compile(r"\bbreakpoint\(\)|\bpdb\.set_trace\("),
}


def stubs(path, text):
    pattern = STUBS.get(pathlib.PurePath(path).suffix)
    for number, line in enumerate(text.splitlines(), 1) if pattern else ():
        found = pattern.search(line.split("//", 1)[0])
        if found:
            yield path, number, f"`{found[0]}`: unfinished, left over or switched off"


def purity(path, text):
    """A domain crate decides from its inputs alone."""
    if not path.endswith(".rs") or not PURE_PLACES.match(path):
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = IMPURE.search(line.split("//", 1)[0])
        if found:
            yield path, number, f"`{found[0]}` in a pure crate: time, ids, chance, disk and network are inputs"


def pure_dependencies(path, text):
    if not PURE_MANIFEST.fullmatch(path):
        return
    manifest = tomllib.loads(text)
    tables = [("dependencies", PURE_DEPENDENCIES), ("dev-dependencies", PURE_DEV_DEPENDENCIES), ("build-dependencies", set())]
    for scope in [manifest, *manifest.get("target", {}).values()]:
        for table, names in tables:
            for name, value in scope.get(table, {}).items():
                real = value.get("package", name) if isinstance(value, dict) else name
                if real not in names and not (table != "build-dependencies" and real.endswith("-domain")):
                    yield path, 1, f"[{table}] {real}: a pure crate may use only {', '.join(sorted(names)) or 'nothing'} and other domains"


def address(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"(?<![\d.])0\.0\.0\.0(?![\d.])|\[::\]:", line):
            yield path, number, "a listener open to every network; use 127.0.0.1"


def machine_path(path, text):
    pattern = re.compile(r"(?<![\w.:/$}-])/(?:root(?=[/\s\"'`)]|$)|home/[a-z][\w-]*|work/(?:main|wt|shared|\.))")
    for number, line in enumerate(text.splitlines(), 1):
        found = pattern.search(line)
        if found:
            yield path, number, f"`{found[0]}…`: a path of somebody's machine"


def registries(path, text):
    """Lock files and registry settings name public registries only."""
    name = pathlib.PurePath(path).name
    for number, line in enumerate(text.splitlines(), 1):
        bad = None
        if name == "Cargo.lock" and (found := re.match(r'source = "(.*)"', line)):
            bad = None if found[1] in CRATES_IO else found[1]
        elif name == "package-lock.json" and (found := re.search(r'"resolved": "([^"]*)"', line)):
            # A link to another folder of this repository has no scheme.
            bad = found[1] if "://" in found[1] and not found[1].startswith("https://registry.npmjs.org/") else None
        elif name in (".npmrc", "pip.conf") and re.search(r"https?://", line):
            bad = line.strip()
        elif path.endswith((".cargo/config.toml", ".cargo/config")) and re.search(r"registry|replace-with", line):
            bad = line.strip()
        elif name.startswith("requirements") and re.search(r"--(extra-)?index-url|--find-links|https?://", line):
            bad = line.strip()
        if bad:
            yield path, number, f"names a registry that is not everybody's: {bad.split('@')[-1]}"


def identity_checksum_holds(number):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, weights)) % 11] == number[17].upper()


MOBILE = re.compile(r"(?<![\w.])(?:\+?86[- ]?)?(1[3-9]\d)([- ]?)(\d{4})\2(\d{4})(?![\w])")
IDENTITY = re.compile(r"(?<!\w)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\w)")


def personal(path, text):
    if pathlib.PurePath(path).name in LOCKS:
        return
    for number, line in enumerate(text.splitlines(), 1):
        for found in MOBILE.finditer(line):
            if not (found[1] + found[3] + found[4]).startswith(FAKE_MOBILE):
                yield path, number, f"could be somebody's mobile number; invented ones begin {FAKE_MOBILE}"
        for found in IDENTITY.finditer(line):
            if identity_checksum_holds(found[0]) and not found[0].startswith(FAKE_IDENTITY):
                yield path, number, f"could be somebody's identity number; invented ones begin {FAKE_IDENTITY}"


RULES = {
    "opening": opening, "length": length, "stub": stubs, "purity": purity, "pure-dependency": pure_dependencies,
    "address": address, "machine-path": machine_path, "registry": registries, "personal": personal,
}


def check_text(path, text):
    for rule, function in RULES.items():
        if not allowed(path, rule):
            yield from function(path, text)


def pure_crates(paths):
    return sorted({path.rsplit("/", 1)[0] for path in paths if PURE_MANIFEST.fullmatch(path)})


def clippy_settings(root, paths):
    """The same clippy.toml lies beside every pure crate's manifest; the decider's is the original."""
    original = root / "services/decider/clippy.toml"
    for crate in pure_crates(paths):
        copy = root / crate / "clippy.toml"
        if not copy.is_file():
            yield f"{crate}/clippy.toml", 1, "missing; copy services/decider/clippy.toml, so that clippy keeps the crate pure"
        elif copy.read_bytes() != original.read_bytes():
            yield f"{crate}/clippy.toml", 1, "differs from services/decider/clippy.toml"


HEARS = re.compile(r"const HEARS: \[&str; \d+\] = \[(.*?)\];")
READS = re.compile(r'\breaction\s*\.decode::<\w+>\("(\w+)"\)')


def hearing(root, paths):
    """What a reactor reads is delivered to it, and nothing else is: JetStream delivers the categories of HEARS alone."""
    services = {}
    for path in paths:
        if not (found := re.match(r"services/([^/]+)/src/.*\.rs$", path)):
            continue
        text = (root / path).read_text(encoding="utf-8")
        heard, read = services.setdefault(found[1], (set(), set()))
        read.update(READS.findall(text))
        for listed in HEARS.finditer(text):
            heard.update(re.findall(r'"(\w+)"', listed[1]))
    for service, (heard, read) in sorted(services.items()):
        for category in sorted(heard ^ read):
            wrong = "is delivered and never read" if category in heard else "is read and never delivered: add it to HEARS"
            yield f"services/{service}/src", 1, f"`{category}` {wrong}"


def repository_files(root):
    listing = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"], check=True, capture_output=True
    )
    return sorted({path for path in listing.stdout.decode().split("\0") if path and (root / path).is_file()})


def problems(root):
    paths = repository_files(root)
    for path in paths:
        if path.endswith(BINARY):
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield from check_text(path, text)
    yield from clippy_settings(root, paths)
    yield from hearing(root, paths)


def main():
    found = list(problems(ROOT))
    for path, line, message in found:
        print(f"{path}:{line}: {message}")
    print(f"tidy: {len(found)} problem(s)" if found else "tidy: nothing to complain of")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures the store beside PostgreSQL on the same disk, and the city over HTTP; prints tables, writes target/bench.json."""

import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
CALLERS = [1, 16, 64]
SECONDS = 5
EVENTS = 1_000_000
# So many of the lists are printed; all of them are in the file.
SHOWN = 40


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def output(*command, **options):
    return run(*command, stdout=subprocess.PIPE, text=True, **options).stdout


def build():
    # In one go: packages that are built alone are built with other features of what they share, and that takes as long again.
    examples = [("event-store", "load"), ("simulation", "fill"), ("ledger", "rebuild"), ("audit-replay", "histories")]
    packages = ["mingcha", "e2e-tests", *(package for package, _ in examples)]
    named = [word for package in packages for word in ("-p", package)]
    named += [word for _, example in examples for word in ("--example", example)]
    run("cargo", "build", "--release", "--bins", *named, cwd=ROOT)


def store():
    callers = ",".join(map(str, CALLERS))
    return json.loads(output(TARGET / "release/examples/load", "--json", "--seconds", SECONDS, "--callers", callers, "--events", EVENTS))


def histories():
    """A ledger built from nothing, and everything that audit and replay answer, over a store with a million facts of a simulated year."""
    with tempfile.TemporaryDirectory(prefix="mingcha-bench-", dir=TARGET) as folder:
        run(TARGET / "release/examples/fill", folder, EVENTS)
        rebuilt = json.loads(output(TARGET / "release/examples/rebuild", folder))
        return [rebuilt, *json.loads(output(TARGET / "release/examples/histories", folder))]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def not_root():
    """PostgreSQL refuses to run as root: the words before a command that make it somebody else's."""
    if os.geteuid() != 0:
        return [], None
    user = next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})
    return ["runuser", "-u", user, "--"], pwd.getpwnam(user)


def postgresql():
    """The same load on PostgreSQL: unique (stream, revision), synchronous commit, the same disk."""
    programs = pathlib.Path(os.environ.get("MINGCHA_POSTGRESQL", ROOT / ".tools/bin/postgresql")).resolve()
    pgbench = shutil.which("pgbench", path=str(programs)) or shutil.which("pgbench")
    if pgbench is None:
        sys.exit("pgbench is not installed; it comes with the package postgresql")
    # Beside the build, so that both stores measure the same disk; not below a folder that only root may enter.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mingcha-bench-"))
    prefix, owner = not_root()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, port = folder / "data", free_port()
    try:
        run(*prefix, programs / "initdb", "-D", data, "-U", "bench", "-A", "trust", stdout=subprocess.DEVNULL, cwd=folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100"
        start = [programs / "pg_ctl", "-D", data, "-o", options, "-w", "-l", folder / "log", "start"]
        run(*prefix, *start, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            return [load_of(pgbench, prefix, folder, port, callers) for callers in CALLERS]
        finally:
            run(*prefix, programs / "pg_ctl", "-D", data, "-m", "fast", "stop", stdout=subprocess.DEVNULL, cwd=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


SCHEMA = """DROP TABLE IF EXISTS events;
CREATE TABLE events (position bigserial PRIMARY KEY, stream text NOT NULL, revision bigint NOT NULL, id uuid NOT NULL,
  name text NOT NULL, metadata text NOT NULL, data text NOT NULL, created timestamptz NOT NULL DEFAULT now(),
  UNIQUE (stream, revision));"""


def load_of(pgbench, prefix, folder, port, callers):
    connection = ["-h", "127.0.0.1", "-p", port, "-U", "bench"]
    psql = pathlib.Path(pgbench).with_name("psql")
    run(*prefix, psql, *connection, "-q", "-d", "postgres", "-c", SCHEMA, cwd=folder, stderr=subprocess.DEVNULL)
    script = folder / "append.sql"
    shutil.copy(ROOT / "deploy/bench/append.sql", script)
    script.chmod(0o644)
    for old in folder.glob("pgbench_log*"):
        old.unlink()
    command = [pgbench, *connection, "-n", "-f", script, "-D", "revision=0", "-c", callers, "-j", min(callers, 2)]
    run(*prefix, *command, "-T", SECONDS, "-l", "postgres", stdout=subprocess.DEVNULL, cwd=folder)
    took = sorted(int(line.split()[2]) / 1000 for log in folder.glob("pgbench_log*") for line in log.open())
    quantile = lambda share: took[min(len(took) - 1, int(len(took) * share))]
    return {
        "name": "append, 1 event, durable",
        "callers": callers,
        "per_second": len(took) / SECONDS,
        "p50_ms": quantile(0.50),
        "p99_ms": quantile(0.99),
    }


def city():
    environment = dict(os.environ, MINGCHA_BIN=str(TARGET / "release/mingcha"))
    return json.loads(output(TARGET / "release/bench", env=environment, cwd=ROOT))


def ledger():
    """A book of two thousand cases and twenty thousand tips: every list and report, the slowest of three askings."""
    command = ["cargo", "test", "--release", "-q", "-p", "ledger", "--lib", "a_whole_campaign"]
    environment = dict(os.environ, MINGCHA_CASES="2000", MINGCHA_TIPS="20000")
    lines = output(*command, "--", "--nocapture", cwd=ROOT, env=environment).splitlines()
    return [json.loads(line) for line in lines if line.startswith('{"')]


def table(title, rows):
    print(f"\n{title}")
    print(f"  {'what':60} {'callers':>7} {'per second':>12} {'p50 ms':>9} {'p99 ms':>9}")
    for row in rows:
        time = lambda key: f"{row[key]:9.2f}" if row.get(key) is not None else f"{'–':>9}"
        print(f"  {row['name']:60} {row['callers']:>7} {row['per_second']:>12,.0f} {time('p50_ms')} {time('p99_ms')}")


def keep(part, found):
    """What was measured outlives whatever a later part stumbles over, and a part that is measured again."""
    file = TARGET / "bench.json"
    kept = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps({**kept, part: found}, indent=2))


def measure_store():
    ours = store()
    table("event-store (official client, gRPC)", ours)
    keep("event_store", ours)
    theirs = postgresql()
    table("PostgreSQL (pgbench, the same append)", theirs)
    keep("postgresql", theirs)
    print("\nratio event-store / PostgreSQL")
    ratios = {}
    for row in theirs:
        own = next(r for r in ours if r["callers"] == row["callers"] and r["name"].startswith("append, 1"))
        ratios[row["callers"]] = own["per_second"] / row["per_second"]
        print(f"  {row['callers']:>3} callers: {ratios[row['callers']]:.2f}")
    keep("ratio", ratios)
    return []


def measure_histories():
    long = histories()
    table("a million facts", long)
    for row in long:
        if "seconds" in row:
            print(f"  {row['name']}: {row['seconds']:.0f} s")
    keep("histories", long)
    return []


def measure_city():
    whole = city()
    lists = sorted((row for row in whole if "most_ms" in row), key=lambda row: -row["p99_ms"])
    table("the whole city", [row for row in whole if "most_ms" not in row])
    table(f"lists, reports and files of 2,000 cases, the slowest {SHOWN} of {len(lists)}; each must take less than a second", lists[:SHOWN])
    keep("city", whole)
    return [row["name"] for row in lists if row["p99_ms"] > row["most_ms"]]


def measure_ledger():
    views = ledger()
    print("\nledger, 2,000 cases and 20,000 tips")
    for row in views:
        print(f"  {row['name']:44} " + (f"{row['ms']:9.2f} ms" if "ms" in row else f"{row['per_second']:,.0f} per second"))
    keep("ledger", views)
    return [row["name"] for row in views if row.get("ms", 0) > 1000]


PARTS = {"store": measure_store, "histories": measure_histories, "city": measure_city, "ledger": measure_ledger}


def main():
    wanted = sys.argv[1:] or list(PARTS)
    for part in wanted:
        if part not in PARTS:
            sys.exit(f"there is no part {part}; there are {', '.join(PARTS)}")
    build()
    slow = [name for part in wanted for name in PARTS[part]()]
    if slow:
        sys.exit(f"longer than a second: {', '.join(slow)}")


if __name__ == "__main__":
    main()

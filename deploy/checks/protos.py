#!/usr/bin/env python3
"""The protos of this project: how they are named, and that what was once promised on the wire stays as it was.

proto/lock.json remembers every package, message, field number, enum value and call. Something new is recorded with
`make proto-lock`; something removed or changed is refused, unless the field or value is `reserved` in its place.
"""

import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROTOS = ROOT / "proto"
LOCK = PROTOS / "lock.json"
SHARED_REPLY = "mingcha.common.v1.CommandReply"

TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
    r"|(?P<word>\.?[A-Za-z_][\w.]*)|(?P<number>-?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?))|(?P<sign>.)",
    re.S,
)


class Tokens:
    """The words of one file, each with its line and whether a comment stands right above or it follows one."""

    def __init__(self, path, text):
        self.path, self.items, self.place = path, [], 0
        line, commented = 1, None
        for found in TOKEN.finditer(text):
            if found.lastgroup == "comment":
                commented = line + found[0].count("\n")
            elif found.lastgroup != "space":
                self.items.append((found[0], line, commented is not None and commented >= line - 1))
                commented = None
            line += found[0].count("\n")

    def peek(self, ahead=0):
        place = self.place + ahead
        return self.items[place][0] if place < len(self.items) else ""

    def take(self, expected=None):
        if self.place >= len(self.items):
            raise SyntaxError(f"{self.path}: ends too early")
        word, line, _ = self.items[self.place]
        if expected is not None and word != expected:
            raise SyntaxError(f"{self.path}:{line}: expected `{expected}`, found `{word}`")
        self.place += 1
        return word

    def here(self):
        _, line, commented = self.items[min(self.place, len(self.items) - 1)]
        return line, commented

    def skip_statement(self):
        depth = 0
        while True:
            word = self.take()
            depth += (word in "{[(") - (word in "}])")
            if depth == 0 and word in (";", "}"):
                return


def parse(path, text):
    """{package, line, messages, enums, services} of one file; names of nested messages are joined with a dot."""
    tokens = Tokens(path, text)
    file = {"path": path, "package": "", "syntax": "", "messages": {}, "enums": {}, "services": {}}
    while tokens.peek():
        word = tokens.peek()
        if word in ("syntax", "package"):
            tokens.take()
            if word == "syntax":
                tokens.take("=")
            file[word] = tokens.take().strip("\"'")
            tokens.take(";")
        elif word == "message":
            message(tokens, file, "")
        elif word == "enum":
            enum(tokens, file, "")
        elif word == "service":
            service(tokens, file)
        else:
            tokens.skip_statement()
    return file


def reserved(tokens):
    numbers, names = [], []
    while tokens.peek() != ";":
        word = tokens.take()
        if word[0] in "\"'":
            names.append(word[1:-1])
        elif word != ",":
            low = int(word, 0)
            high = low
            if tokens.peek() == "to":
                tokens.take()
                end = tokens.take()
                high = 536870911 if end == "max" else int(end, 0)
            numbers.append([low, high])
    tokens.take(";")
    return numbers, names


def message(tokens, file, outer):
    line, commented = tokens.here()
    tokens.take("message")
    name = f"{outer}{tokens.take()}"
    entry = {"line": line, "commented": commented, "fields": {}, "reserved": [], "lines": {}}
    file["messages"][name] = entry
    tokens.take("{")
    fields(tokens, file, name, entry)


def fields(tokens, file, name, entry):
    """The inside of a message, or of a oneof, up to its closing brace."""
    while tokens.peek() != "}":
        word = tokens.peek()
        if word == "message" and tokens.peek(2) == "{":
            message(tokens, file, f"{name}.")
        elif word == "enum" and tokens.peek(2) == "{":
            enum(tokens, file, f"{name}.")
        elif word == "oneof" and tokens.peek(2) == "{":
            tokens.take(), tokens.take(), tokens.take("{")
            fields(tokens, file, name, entry)
        elif word == "reserved":
            tokens.take()
            entry["reserved"] += reserved(tokens)[0]
        elif word in ("option", "extensions"):
            tokens.skip_statement()
        elif word == ";":
            tokens.take()
        else:
            field(tokens, entry)
    tokens.take("}")


def field(tokens, entry):
    line, _ = tokens.here()
    label = tokens.take() + " " if tokens.peek() in ("repeated", "optional", "required") else ""
    kind = tokens.take()
    if kind == "map":
        tokens.take("<")
        key = tokens.take()
        tokens.take(",")
        kind = f"map<{key}, {tokens.take()}>"
        tokens.take(">")
    name = tokens.take()
    tokens.take("=")
    number = str(int(tokens.take(), 0))
    if number in entry["fields"]:
        raise SyntaxError(f"{tokens.path}:{line}: number {number} is given twice")
    tokens.skip_statement()
    entry["fields"][number] = f"{label}{kind} {name}"
    entry["lines"][number] = line


def enum(tokens, file, outer):
    line, commented = tokens.here()
    tokens.take("enum")
    name = f"{outer}{tokens.take()}"
    entry = {"line": line, "commented": commented, "values": {}, "reserved": []}
    file["enums"][name] = entry
    tokens.take("{")
    while tokens.peek() != "}":
        if tokens.peek() == "reserved":
            tokens.take()
            entry["reserved"] += reserved(tokens)[0]
        elif tokens.peek() == "option" or tokens.peek() == ";":
            tokens.skip_statement()
        else:
            value = tokens.take()
            tokens.take("=")
            entry["values"][str(int(tokens.take(), 0))] = value
            tokens.skip_statement()
    tokens.take("}")


def service(tokens, file):
    line, commented = tokens.here()
    tokens.take("service")
    name = tokens.take()
    calls = {}
    file["services"][name] = {"line": line, "commented": commented, "calls": calls}
    tokens.take("{")
    while tokens.peek() != "}":
        if tokens.peek() != "rpc":
            tokens.skip_statement()
            continue
        line, commented = tokens.here()
        tokens.take("rpc")
        call = tokens.take()
        request = stream_type(tokens)
        tokens.take("returns")
        calls[call] = {"line": line, "commented": commented, "request": request, "response": stream_type(tokens)}
        tokens.skip_statement()
    tokens.take("}")


def stream_type(tokens):
    tokens.take("(")
    stream = "stream " if tokens.peek() == "stream" and tokens.peek(1) != ")" else ""
    if stream:
        tokens.take()
    kind = tokens.take()
    tokens.take(")")
    return stream + kind


def snake_upper(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).upper()


def style(file):
    """Naming, after buf's standard rules; yields (path, line, message)."""
    path, package = file["path"], file["package"]
    folder = str(pathlib.PurePosixPath(path).parent)
    if file["syntax"] != "proto3":
        yield path, 1, 'begins without `syntax = "proto3"`'
    if not re.fullmatch(r"mingcha\.[a-z][a-z_]*\.v[1-9]\d*", package):
        yield path, 1, f"package `{package}` is not of the form mingcha.<name>.v1"
    elif package.replace(".", "/") != folder:
        yield path, 1, f"package `{package}` does not lie in proto/{package.replace('.', '/')}"
    for kind in ("messages", "enums", "services"):
        for name, entry in file[kind].items():
            if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name.rsplit(".", 1)[-1]):
                yield path, entry["line"], f"`{name}` is not in PascalCase"
            if not entry["commented"]:
                yield path, entry["line"], f"`{name}` has no comment"
    for name, entry in file["messages"].items():
        for number, text in entry["fields"].items():
            if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", text.rsplit(" ", 1)[-1]):
                yield path, entry["lines"][number], f"field `{text.rsplit(' ', 1)[-1]}` of {name} is not in snake_case"
            if any(low <= int(number) <= high for low, high in entry["reserved"]):
                yield path, entry["lines"][number], f"{name} uses the reserved number {number}"
    for name, entry in file["enums"].items():
        prefix = snake_upper(name.rsplit(".", 1)[-1]) + "_"
        if entry["values"].get("0") != f"{prefix}UNSPECIFIED":
            yield path, entry["line"], f"enum {name}: value 0 is not {prefix}UNSPECIFIED"
        for value in entry["values"].values():
            if not re.fullmatch(re.escape(prefix) + r"[A-Z0-9]+(_[A-Z0-9]+)*", value):
                yield path, entry["line"], f"enum {name}: `{value}` does not begin with {prefix}"
    yield from calls_style(file)


def calls_style(file):
    for service_name, entry in file["services"].items():
        for call, details in entry["calls"].items():
            place = file["path"], details["line"]
            request = details["request"].removeprefix("stream ")
            response = details["response"].removeprefix("stream ")
            if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", call):
                yield *place, f"call {service_name}.{call} is not in PascalCase"
            if not details["commented"]:
                yield *place, f"call {service_name}.{call} has no comment"
            if request.rsplit(".", 1)[-1] != f"{call}Request":
                yield *place, f"{service_name}.{call} takes `{request}` and not `{call}Request`"
            if response.lstrip(".") not in (SHARED_REPLY, "common.v1.CommandReply", f"{call}Response", f"{call}Reply"):
                yield *place, f"{service_name}.{call} answers `{response}` and neither `{call}Response` nor {SHARED_REPLY}"


def shared_messages(files):
    """A request or response belongs to one call, so that each can grow alone."""
    users = {}
    for file in files:
        for service_name, entry in file["services"].items():
            for call, details in entry["calls"].items():
                for part in ("request", "response"):
                    kind = details[part].removeprefix("stream ").lstrip(".")
                    if not kind.endswith("v1.CommandReply"):
                        full = kind if kind.startswith("mingcha.") else f"{file['package']}.{kind}"
                        users.setdefault(full, []).append((file["path"], details["line"], f"{service_name}.{call}"))
    for kind, places in users.items():
        for path, line, call in places[1:]:
            yield path, line, f"{call} shares `{kind}` with {places[0][2]}; give each call its own"


def snapshot(files):
    """What is promised on the wire, in the shape of proto/lock.json."""
    packages = {}
    for file in files:
        package = packages.setdefault(file["package"], {"messages": {}, "enums": {}, "services": {}})
        for name, entry in file["messages"].items():
            package["messages"][name] = in_order(entry["fields"])
        for name, entry in file["enums"].items():
            package["enums"][name] = in_order(entry["values"])
        for name, entry in file["services"].items():
            package["services"][name] = {c: f"{d['request']} -> {d['response']}" for c, d in sorted(entry["calls"].items())}
    return {
        package: {kind: dict(sorted(entries.items())) for kind, entries in kinds.items()} for package, kinds in sorted(packages.items())
    }


def in_order(numbered):
    return dict(sorted(numbered.items(), key=lambda item: int(item[0])))


def compare(locked, files):
    """(broken, unrecorded): promises no longer kept, and things the lock does not know yet."""
    now = snapshot(files)
    kept = {
        (file["package"], kind, name): entry["reserved"]
        for file in files for kind in ("messages", "enums") for name, entry in file[kind].items()
    }
    broken, new = [], []
    for package, kinds in locked.items():
        for kind, entries in kinds.items():
            for name, members in entries.items():
                current = now.get(package, {}).get(kind, {}).get(name)
                if current is None:
                    broken.append(f"{package}.{name} was removed or renamed")
                    continue
                for key, promised in members.items():
                    found = current.get(key)
                    gone = any(low <= int(key) <= high for low, high in kept.get((package, kind, name), [])) if key.isdigit() else False
                    if found is None and not gone:
                        broken.append(f"{package}.{name}: {key} `{promised}` was removed; reserve its number instead")
                    elif found is not None and found != promised:
                        broken.append(f"{package}.{name}: {key} was `{promised}` and is now `{found}`")
    for package, kinds in now.items():
        for kind, entries in kinds.items():
            for name, members in entries.items():
                known = locked.get(package, {}).get(kind, {}).get(name)
                if known is None:
                    new.append(f"{package}.{name}")
                else:
                    new += [f"{package}.{name}: {key} `{value}`" for key, value in members.items() if key not in known]
    return broken, new


def with_retired(locked, now):
    """The new lock: today's promises, and the retired numbers for ever, so that nobody gives them out again."""
    for package, kinds in locked.items():
        for kind, entries in kinds.items():
            for name, members in entries.items():
                current = now[package][kind][name]
                now[package][kind][name] = in_order(members | current) if kind != "services" else current
    return now


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="record what is new in proto/lock.json")
    options = parser.parse_args()
    # Only our own packages: a protocol somebody else defined keeps its own ways.
    paths = sorted((PROTOS / "mingcha").rglob("*.proto"))
    try:
        files = [parse(path.relative_to(PROTOS).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
    except SyntaxError as fault:
        sys.exit(f"protos: {fault}")
    found = [f"proto/{path}:{line}: {text}" for file in files for path, line, text in style(file)]
    found += [f"proto/{path}:{line}: {text}" for path, line, text in shared_messages(files)]
    locked = json.loads(LOCK.read_text(encoding="utf-8")) if LOCK.exists() else {}
    broken, new = compare(locked, files)
    found += [f"proto/lock.json: {text}" for text in broken]
    if options.write and not broken:
        text = json.dumps(with_retired(locked, snapshot(files)), ensure_ascii=False, indent=1)
        LOCK.write_text(text + "\n", encoding="utf-8")
        print(f"protos: recorded {len(new)} new entries in proto/lock.json")
    elif new:
        found += [f"proto/lock.json: {text} is new; record it with `make proto-lock`" for text in new]
    print("\n".join(found + [f"protos: {len(files)} files, {len(found)} problem(s)"]))
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Each check is shown a bad sample and must complain, and a good one and must not."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "setup")]

import debian_sources  # noqa: E402
import licences  # noqa: E402
import protos  # noqa: E402
import tidy  # noqa: E402


class Tidy(unittest.TestCase):
    def complaints(self, path, text):
        return [message for _, _, message in tidy.check_text(path, text)]

    def bad(self, path, text, part):
        self.assertTrue(any(part in message for message in self.complaints(path, text)), f"no complaint of `{part}`")

    def good(self, path, text):
        self.assertEqual(self.complaints(path, text), [])

    def test_openings(self):
        self.bad("services/a/src/lib.rs", "fn main() {}\n", "opens without")
        self.good("services/a/src/lib.rs", "//! Says what it is.\n")
        self.bad("spa/src/a.ts", "export {}\n", "opens without")
        self.good("spa/src/a.ts", "// Says what it is.\n")
        self.bad("proto/mingcha/a/v1/a.proto", 'syntax = "proto3";\n', "opens without")
        self.bad("spa/src/A.vue", "<template/>\n", "opens without")

    def test_lengths(self):
        self.bad("services/a/src/lib.rs", "//! Long.\n" + "\n" * 400, "401 lines")
        self.good("services/a/src/lib.rs", "//! Long enough.\n" + "\n" * 399)
        self.good("spa/src/api.d.ts", "/**\n * This file was auto-generated.\n */\n" + "\n" * 900)
        self.good("Cargo.lock", "\n" * 900)

    def test_stubs(self):
        for stub in ("todo" + "!()", "unimplemented" + "!()", "dbg" + "!(1)", "#[" + "ignore]"):
            self.bad("services/a/src/lib.rs", f"//! A.\nfn a() {{ {stub} }}\n", "unfinished")
        self.bad("e2e-tests/browser/a.spec.ts", "// A.\ntest.only('a', () => {})\n", "unfinished")
        self.good("services/a/src/lib.rs", "//! A.\n// never todo" + "!() here\n")

    def test_pure_sources(self):
        for word in ("tokio::spawn(x)", "SystemTime::now()", "Instant::now()", "Timestamp::now()", "Uuid::new_v4()",
                     "use rand::Rng;", "std::fs::read(p)", "use tonic::Status;", "#![allow(clippy::disallowed_methods)]"):
            for place in ("services/tip-intake/domain/src/tip.rs", "services/decider/src/lib.rs", "services/jurisdiction/src/a.rs"):
                self.bad(place, f"//! A.\n{word}\n", "in a pure crate")
            self.good("services/tip-intake/src/grpc.rs", f"//! A.\n{word}\n")
        self.good("services/tip-intake/domain/src/tip.rs", "//! A.\nfn a(now: jiff::Timestamp) {} // not Timestamp::now\n")

    def test_pure_manifests(self):
        path = "services/tip-intake/domain/Cargo.toml"
        self.good(path, "[dependencies]\nserde.workspace = true\ncase-domain.workspace = true\n[dev-dependencies]\ninsta.workspace = true\n")
        for text in ("[dependencies]\ntokio.workspace = true\n", "[dependencies]\ninsta = '1'\n", "[build-dependencies]\nserde = '1'\n",
                     "[dependencies]\nserde = { package = 'rand', version = '1' }\n", "[target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n"):
            self.bad(path, text, "a pure crate may use only")
        self.good("services/tip-intake/Cargo.toml", "[dependencies]\ntokio.workspace = true\n")

    def test_addresses(self):
        everywhere = ".".join("0000")
        self.bad("services/a/src/config.rs", f'//! A.\nlet a = "{everywhere}:80";\n', "open to every network")
        self.bad("deploy/mingcha.toml", 'listen = "[' + ':' * 2 + ']:80"\n', "open to every network")
        self.good("deploy/compose.yaml", f"listen: {everywhere}:80\n")
        self.good("services/a/src/config.rs", '//! A.\nlet a = "127.0.0.1:80"; let version = "10.0.0.0";\n')

    def test_machine_paths(self):
        for path in ("/root/.cargo", "/home/" + "somebody/x", "/work/" + "main/x"):
            self.bad("README.md", f"see {path} there\n", "somebody's machine")
        self.good("README.md", "GET /api/root/x, https://example.org/home/page, $ROOT/home/x, /workflow\n")

    def test_registries(self):
        inner = "https://pkg.corp.example/npm/"
        self.bad("Cargo.lock", f'source = "registry+{inner}"\n', "registry")
        self.bad("a/package-lock.json", f'  "resolved": "{inner}x.tgz",\n', "registry")
        self.bad(".npmrc", f"registry={inner}\n", "registry")
        self.bad("requirements.txt", f"--index-url {inner}\n", "registry")
        self.bad(".cargo/config.toml", '[source.crates-io]\nreplace-with = "inner"\n', "registry")
        self.good("Cargo.lock", 'source = "registry+https://github.com/rust-lang/crates.io-index"\n')
        self.good("a/package-lock.json", '  "resolved": "https://registry.npmjs.org/x/-/x-1.0.0.tgz",\n  "resolved": "../lib"\n')

    def test_personal_numbers(self):
        for number in ("138" + "00138000", "138-" + "0013-8000", "+86 139 " + "1234 5678"):
            self.bad("e2e-tests/a.json", f'{{"caller": "{number}"}}\n', "mobile number")
        self.good("e2e-tests/a.json", '{"caller": "19900000012", "also": "+8619900000012", "lon": 118.13800138000, "id": 1380013800012}\n')
        real = "11010519491231002"
        self.bad("e2e-tests/a.json", f'{{"id": "{real}X"}}\n', "identity number")
        self.good("e2e-tests/a.json", f'{{"id": "{real}1", "event": "20200601120000123"}}\n')

    def test_the_copies_of_clippy_toml(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            paths = ["services/decider/Cargo.toml", "services/a/domain/Cargo.toml", "services/a/Cargo.toml"]
            for path in paths:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / "services/decider/clippy.toml").write_text("one\n")
            self.assertEqual([m for _, _, m in tidy.clippy_settings(root, paths)][0][:7], "missing")
            (root / "services/a/domain/clippy.toml").write_text("two\n")
            self.assertEqual([m for _, _, m in tidy.clippy_settings(root, paths)][0][:7], "differs")
            (root / "services/a/domain/clippy.toml").write_text("one\n")
            self.assertEqual(list(tidy.clippy_settings(root, paths)), [])

    def test_what_a_reactor_reads_is_delivered_to_it(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            path = "services/a/src/reactor.rs"
            (root / path).parent.mkdir(parents=True)
            reads = 'if let Some(event) = reaction.decode::<TipEvent>("tip")? {}\n'
            for hears, complaint in (('&[&str; 1] = ["tip"]', []), ('&[&str; 0] = []', ["never delivered"]), ('&[&str; 2] = ["tip", "case"]', ["never read"])):
                (root / path).write_text(f"const HEARS: {hears[1:]};\n{reads}")
                said = [message for _, _, message in tidy.hearing(root, [path])]
                self.assertEqual([part for part in ("never delivered", "never read") if any(part in m for m in said)], complaint)

    def test_every_exception_has_a_reason(self):
        self.assertTrue(all(reason and rule in tidy.RULES for (_, rule), reason in tidy.ALLOWED.items()))


class Licences(unittest.TestCase):
    def test_expressions(self):
        for text in ("MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-2.0) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception", "MPL-2.0+"):
            self.assertTrue(licences.acceptable(text), text)
        for text in ("GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-3.0", "Apache-2.0 WITH Some-exception", "SSPL-1.0 OR BUSL-1.1"):
            self.assertFalse(licences.acceptable(text), text)

    def test_what_cannot_be_judged_is_refused(self):
        self.assertIn("declares no licence", licences.judge("a", None, licences.ALLOWED))
        self.assertIn("cannot be read", licences.judge("a", "MIT OR", licences.ALLOWED))
        self.assertIn("cannot be read", licences.judge("a", "(MIT", licences.ALLOWED))
        self.assertIn("not among those", licences.judge("a", "GPL-3.0", licences.ALLOWED))
        self.assertIsNone(licences.judge("a", "ISC", licences.ALLOWED))

    def test_npm_locks(self):
        lock = '{"packages": {"": {}, "node_modules/a": {"version": "1", "license": "MIT"}, "node_modules/b/node_modules/@c/d": {"version": "2"}}}'
        self.assertEqual(list(licences.npm_packages(lock)), [("a 1", "a", "MIT"), ("@c/d 2", "@c/d", None)])


GOOD = """// The intake.
syntax = "proto3";
package mingcha.intake.v1;
import "mingcha/common/v1/common.proto";

// Takes tips.
service Intake {
  // One tip.
  rpc FileTip(FileTipRequest) returns (mingcha.common.v1.CommandReply);
  // All of them.
  rpc WatchTips(WatchTipsRequest) returns (stream WatchTipsResponse) { option deprecated = true; }
}
// A tip to file.
message FileTipRequest {
  reserved 4, 7 to 9;
  string tip_id = 1; // an id
  map<string, string> labels = 2;
  oneof place { string text = 3; double x = 5; }
  // Nested.
  message Part { repeated bytes data = 1 [packed = true]; }
}
// What to watch.
message WatchTipsRequest {}
// One of them.
message WatchTipsResponse { Channel channel = 1; }
// How it came.
enum Channel { CHANNEL_UNSPECIFIED = 0; CHANNEL_WEB = 1; }
"""


class Protos(unittest.TestCase):
    path = "mingcha/intake/v1/intake.proto"

    def complaints(self, text, path=path):
        file = protos.parse(path, text)
        return [message for _, _, message in [*protos.style(file), *protos.shared_messages([file])]]

    def bad(self, old, new, part, path=path):
        self.assertIn(old, GOOD)
        complaints = self.complaints(GOOD.replace(old, new), path)
        self.assertTrue(any(part in message for message in complaints), f"no complaint of `{part}` in {complaints}")

    def test_a_good_file(self):
        self.assertEqual(self.complaints(GOOD), [])
        fields = protos.parse(self.path, GOOD)["messages"]
        self.assertEqual(list(fields), ["FileTipRequest", "FileTipRequest.Part", "WatchTipsRequest", "WatchTipsResponse"])
        self.assertEqual(fields["FileTipRequest"]["fields"]["2"], "map<string, string> labels")
        self.assertEqual(fields["FileTipRequest"]["fields"]["5"], "double x")

    def test_style(self):
        self.bad("package mingcha.intake.v1", "package intake", "not of the form")
        self.bad("package mingcha.intake.v1", "package mingcha.intake.v2", "does not lie in")
        self.bad("tip_id", "tipId", "snake_case")
        self.bad("message WatchTipsRequest", "message watch_tips", "PascalCase")
        self.bad("// A tip to file.\n", "", "has no comment")
        self.bad("  // One tip.\n", "", "has no comment")
        self.bad("(FileTipRequest)", "(Tip)", "takes `Tip`")
        self.bad("(mingcha.common.v1.CommandReply)", "(google.protobuf.Empty)", "answers")
        self.bad("(stream WatchTipsResponse)", "(FileTipRequest)", "shares")
        self.bad("CHANNEL_UNSPECIFIED", "NONE", "value 0")
        self.bad("CHANNEL_WEB", "WEB", "does not begin with")
        self.bad("string tip_id = 1", "string tip_id = 8", "reserved number 8")
        self.bad('syntax = "proto3"', 'syntax = "proto2"', "proto3")

    def test_a_number_twice_cannot_be_read(self):
        with self.assertRaises(SyntaxError):
            protos.parse(self.path, GOOD.replace("labels = 2", "labels = 1"))

    def changed(self, old, new):
        self.assertIn(old, GOOD)
        locked = protos.snapshot([protos.parse(self.path, GOOD)])
        return protos.compare(locked, [protos.parse(self.path, GOOD.replace(old, new))])

    def test_what_was_promised_stays(self):
        self.assertEqual(self.changed("// an id", "// the id"), ([], []))
        for old, new, part in [
            ("string tip_id = 1;", "", "was removed; reserve"),
            ("string tip_id = 1;", "string tip_key = 1;", "is now `string tip_key`"),
            ("string tip_id = 1;", "bytes tip_id = 1;", "is now `bytes tip_id`"),
            ("string tip_id = 1;", "string tip_id = 10;", "was removed; reserve"),
            ("CHANNEL_WEB = 1", "CHANNEL_WEB = 2", "was removed; reserve"),
            ("message WatchTipsResponse {", "message WatchTipsReply {", "WatchTipsResponse was removed"),
            ("rpc WatchTips(WatchTipsRequest) returns (stream", "rpc WatchTips(WatchTipsRequest) returns (", "is now"),
        ]:
            broken, _ = self.changed(old, new)
            self.assertTrue(any(part in text for text in broken), f"{new}: {broken}")

    def test_what_is_new_must_be_recorded(self):
        broken, new = self.changed("string tip_id = 1;", "string tip_id = 1; string note = 6;")
        self.assertEqual((broken, new), ([], ["mingcha.intake.v1.FileTipRequest: 6 `string note`"]))

    def test_a_retired_number_is_never_given_out_again(self):
        locked = protos.snapshot([protos.parse(self.path, GOOD)])
        retired = GOOD.replace("string tip_id = 1; // an id", "reserved 1;")
        file = protos.parse(self.path, retired)
        self.assertEqual(protos.compare(locked, [file]), ([], []))
        later = protos.with_retired(locked, protos.snapshot([file]))
        broken, _ = protos.compare(later, [protos.parse(self.path, retired.replace("reserved 1;", "bytes other = 1;"))])
        self.assertTrue(broken)


class DebianSources(unittest.TestCase):
    def rewritten(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            etc = pathlib.Path(folder)
            (etc / "sources.list.d").mkdir()
            (etc / name).write_text(text)
            return debian_sources.rewritten(debian_sources.read_all(etc), "bookworm", "trixie")

    def test_deb822(self):
        text = (
            "# a comment\nTypes: deb deb-src\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates bookworm-backports\n"
            "Components: main contrib\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n"
            "Types: deb\nURIs: http://mirror.example/off\nSuites: bookworm\nComponents: main\nEnabled: no\n"
        )
        option = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
        self.assertEqual(
            self.rewritten("sources.list.d/debian.sources", text),
            [f"deb {option}http://mirror.example/debian trixie main", f"deb {option}http://mirror.example/debian trixie-updates main"],
        )

    def test_one_line_entries(self):
        text = "deb [arch=amd64] http://mirror.example/debian bookworm main # ours\ndeb-src http://mirror.example/debian bookworm main\n# deb x y z\n"
        self.assertEqual(self.rewritten("sources.list", text), ["deb http://mirror.example/debian trixie main"])
        security = "deb http://mirror.example/debian-security bookworm-security main\n"
        self.assertEqual(
            self.rewritten("sources.list.d/a.list", security), ["deb http://mirror.example/debian-security trixie-security main"]
        )

    def test_other_vendors_are_left_out(self):
        for line in (
            "deb [signed-by=/usr/share/keyrings/vendor.gpg] https://vendor.example/debian bookworm main",
            "deb https://apt.vendor.example bookworm main",
            "deb https://vendor.example/debian bookworm stable",
            "deb https://vendor.example/debian nodistro main",
        ):
            self.assertEqual(self.rewritten("sources.list.d/vendor.list", line + "\n"), [], line)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Every service of the workspace is in each way of installing the city, under the same name and command."""

import os
import pathlib
import re
import subprocess
import sys
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Crates under services/ that nobody serves.
NOT_SERVED = {"decider", "invariants", "jurisdiction", "platform", "mingcha", "refusals", "sheets", "simulation", "vocabulary"}
SERVED = sorted(path.parent.name for path in ROOT.glob("services/*/Cargo.toml") if path.parent.name not in NOT_SERVED)


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


class Deploy(unittest.TestCase):
    def test_the_systemd_target_wants_every_service(self):
        wanted = re.findall(r"mingcha@([a-z-]+)\.service", read("deploy/systemd/mingcha.target"))
        self.assertEqual(sorted(wanted), SERVED)

    def test_no_service_on_one_machine_can_read_what_another_keeps(self):
        # Whose file or folder it is says the section of the configuration; the signing key is the edge's, its public half everybody's.
        settings = tomllib.loads(read("deploy/mingcha.toml"))
        keeps = {"web-gateway": {settings["identity"]["signing_key_file"]}}
        for section, keys in settings.items():
            paths = [path for key, path in keys.items() if key.endswith(("_file", "_dir")) and section != "identity"]
            own = {"/".join(path.split("/")[:3] if path.startswith("data/keys/") else path.split("/")[:2]) for path in paths}
            if own:
                keeps[section] = own
        self.assertIn("data/tip-intake", keeps["tip-intake"])
        everything = set().union(*keeps.values())
        template = re.findall(r"^InaccessiblePaths=(.*)$", read("deploy/systemd/mingcha@.service"), re.M)
        for name in SERVED:
            lines = list(template)
            for extra in sorted((ROOT / f"deploy/systemd/mingcha@{name}.service.d").glob("*.conf")):
                lines += re.findall(r"^InaccessiblePaths=(.*)$", extra.read_text(encoding="utf-8"), re.M)
            hidden = set()
            for line in lines:
                hidden = hidden | {path.removeprefix("-/var/lib/mingcha/") for path in line.split()} if line else set()
            self.assertEqual(hidden, everything - keeps.get(name, set()), name)
        made = re.search(r"/var/lib/mingcha\{,/data,/data/\{(.*)\}\}", read("deploy/systemd/README.md"))[1]
        folders = {path for path in everything if not path.startswith("data/keys/")}
        self.assertEqual({f"data/{folder}" for folder in made.split(",")}, folders)

    def test_compose_runs_every_service_in_a_container_of_its_own(self):
        compose = read("deploy/compose.yaml")
        blocks = dict(re.findall(r"^  ([a-z-]+):\n    <<: \*service\n    command: \[\"serve\", \"([a-z-]+)\"\]", compose, re.M))
        self.assertEqual(sorted(blocks), SERVED)
        self.assertEqual(sorted(blocks.values()), SERVED)
        self.assertTrue(all(block == name for block, name in blocks.items()))

    def test_each_container_asks_its_own_service_how_it_is(self):
        compose = read("deploy/compose.yaml")
        asked = re.findall(r'test: \["CMD", "mingcha", "health", "([a-z-]+)"\]', compose)
        self.assertEqual(sorted(asked), SERVED)
        for name in asked:
            block = re.search(rf"^  {name}:\n(?:    .*\n)+", compose, re.M)[0]
            self.assertIn(f'"health", "{name}"', block)

    def test_no_container_may_do_more_than_it_must(self):
        compose = read("deploy/compose.yaml")
        services = compose[compose.index("\nservices:\n") : compose.index("\nvolumes:\n")]
        blocks = re.findall(r"^  ([a-z-]+):\n((?:    .*\n)+)", services, re.M)
        self.assertGreater(len(blocks), len(SERVED))
        for name, block in [*blocks, ("x-service", compose[: compose.index("\nservices:\n")])]:
            for limit in ("read_only: true", "cap_drop: [ALL]", 'security_opt: ["no-new-privileges:true"]'):
                self.assertTrue("<<: *service" in block or limit in block, f"{name}: {limit}")

    def test_only_one_port_is_published_and_only_to_this_machine(self):
        self.assertEqual(re.findall(r"ports: \[(.*)\]", read("deploy/compose.yaml")), ['"127.0.0.1:8080:8080"'])

    def test_every_data_volume_has_its_folder_in_the_image(self):
        volumes = set(re.findall(r"[\[ ]\"([a-z-]+):/var/lib/mingcha/data/([a-z-]+)", read("deploy/compose.yaml")))
        folders = set(re.search(r"for name in ([a-z -]+); do", read("deploy/Dockerfile"))[1].split())
        self.assertEqual({folder for _, folder in volumes}, folders)

    def test_every_volume_is_used(self):
        compose = read("deploy/compose.yaml")
        declared = re.findall(r"^  ([a-z-]+):$", compose[compose.index("\nvolumes:\n") :], re.M)
        used = re.findall(r'[\[ ]"([a-z-]+):/var/', compose)
        self.assertEqual(sorted(declared), sorted(set(used)))

    def test_the_image_holds_the_console_where_the_configuration_looks_for_it(self):
        image = read("deploy/Dockerfile")
        folder = pathlib.PurePosixPath(tomllib.loads(read("deploy/mingcha.toml"))["web-gateway"]["console_folder"])
        built, start = (pathlib.PurePosixPath(at) for at in (re.findall(r"^WORKDIR (.*)$", image, re.M)[index] for index in (0, -1)))
        self.assertIn(f"COPY --from=console {built / 'dist'} {start / folder}\n", image)
        self.assertIn("COPY deploy/mingcha.toml /etc/mingcha/mingcha.toml\nENV MINGCHA_CONFIG=/etc/mingcha/mingcha.toml\n", image)

    def test_the_image_builds_the_console_beside_all_that_it_reaches_for(self):
        stage = read("deploy/Dockerfile").split("\nFROM ")[1]
        built = re.search(r"^WORKDIR (.*)$", stage, re.M)[1]
        beyond = re.findall(r"new URL\('(\.\./[^']*)'", read("services/web-gateway/spa/vite.config.ts"))
        self.assertTrue(beyond)
        for reached in beyond:
            folder = os.path.normpath(os.path.join(built, reached))
            self.assertIn(f" {folder}/\n", stage, f"{reached} is not in the image")

    def test_what_builds_keep_between_them_is_theirs_alone(self):
        caches = re.findall(r"--mount=type=cache,(\S*)", read("deploy/Dockerfile"))
        self.assertTrue(caches)
        for cache in caches:
            self.assertRegex(cache, r"^id=mingcha-")

    def test_passwords_beside_the_compose_file_stay_out_of_the_repository_and_the_image(self):
        self.assertIn("\n.env\n", read(".gitignore"))
        self.assertIn("\n**/.env\n", read(".dockerignore"))

    def test_the_image_copies_only_what_is_there(self):
        lines = [line.split() for line in read("deploy/Dockerfile").splitlines() if line.startswith("COPY ")]
        own = [words[1:-1] for words in lines if not words[1].startswith("--from=")]
        self.assertTrue(own)
        for source in (source for sources in own for source in sources):
            self.assertTrue((ROOT / source).exists(), source)

    def test_the_templates_listen_on_this_machine_only_and_keep_what_is_acknowledged(self):
        nats = read("deploy/nats/nats-server.conf")
        self.assertIn('listen: "127.0.0.1:4222"', nats)
        self.assertIn('http: "127.0.0.1:8222"', nats)
        self.assertIn("sync_interval: always", nats)
        self.assertRegex(read("deploy/redis/redis.conf"), r"(?m)^bind 127\.0\.0\.1$")

    def test_make_test_compares_the_calendars_or_fails(self):
        self.assertIn("MINGCHA_COMPARE_CALENDARS=1 \"$PYTHON\" deploy/campaign/test_campaign.py", read("deploy/checks/test.sh"))
        # Without site-packages, as on a machine where the library could not be installed.
        compares = [sys.executable, "-I", "-S", str(ROOT / "deploy/campaign/test_campaign.py"), "Calendars.test_equal_to_chinesecalendar"]
        codes = {value: subprocess.run(compares, env={"MINGCHA_COMPARE_CALENDARS": value}, capture_output=True).returncode for value in ("", "1")}
        self.assertEqual(codes, {"": 0, "1": 1})


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Every service of the workspace is in each way of installing the city, under the same name and command."""

import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Crates under services/ that nobody serves.
NOT_SERVED = {"decider", "invariants", "jurisdiction", "platform", "mingcha", "refusals", "sheets", "simulation"}
SERVED = sorted(path.parent.name for path in ROOT.glob("services/*/Cargo.toml") if path.parent.name not in NOT_SERVED)


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


class Deploy(unittest.TestCase):
    def test_the_systemd_target_wants_every_service(self):
        wanted = re.findall(r"mingcha@([a-z-]+)\.service", read("deploy/systemd/mingcha.target"))
        self.assertEqual(sorted(wanted), SERVED)

    def test_compose_runs_every_service_in_a_container_of_its_own(self):
        compose = read("deploy/compose.yaml")
        blocks = dict(re.findall(r"^  ([a-z-]+):\n    <<: \*service\n    command: \[\"serve\", \"([a-z-]+)\",", compose, re.M))
        self.assertEqual(sorted(blocks), SERVED)
        self.assertEqual(sorted(blocks.values()), SERVED)
        self.assertTrue(all(block == name for block, name in blocks.items()))

    def test_only_one_port_is_published_and_only_to_this_machine(self):
        self.assertEqual(re.findall(r"ports: \[(.*)\]", read("deploy/compose.yaml")), ['"127.0.0.1:8080:8080"'])

    def test_every_data_volume_has_its_folder_in_the_image(self):
        volumes = set(re.findall(r"[\[ ]\"([a-z-]+):/var/lib/mingcha/data/([a-z-]+)", read("deploy/compose.yaml")))
        folders = set(re.search(r"for name in ([a-z -]+); do", read("deploy/Dockerfile"))[1].split())
        self.assertEqual({folder for _, folder in volumes}, folders)

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

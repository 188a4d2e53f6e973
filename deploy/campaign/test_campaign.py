#!/usr/bin/env python3
"""The data of the demonstration campaign holds together: trees, people, dates, calendars."""

import collections
import datetime
import json
import os
import pathlib
import re
import unittest

HERE = pathlib.Path(__file__).resolve().parent
LEVELS = ["city", "county", "township", "village"]
KINDS = {"government", "department", "office", "supervision", "discipline", "political_legal"}
DEPARTMENTS = {
    "emergency", "public_security", "market_supervision", "ecology", "industry", "natural_resources", "agriculture", "fire", "power",
}
OBLIGATIONS = {
    "screen_tip", "assign_case", "acknowledge", "first_inspection", "classify", "identify", "safety_plan", "immediate_measure",
    "remaining_measures", "review", "recheck", "spot_check", "announce_draw", "make_draw", "answer_referral",
    "tell_outcome", "answer_escalation", "answer_finding", "guarantee", "area_report", "explain_failure", "judge_answer", "inquiry",
}  # all but conference_task: each task has a date of its own
ROLES = {"operator", "dispatcher", "handler", "leader", "supervisor", "inspector", "admin"}
YEARS = range(2020, 2027)
# `make test` compares the calendars with an independent source; by hand, on a machine without it, that is left out.
COMPARES = bool(os.environ.get("MINGCHA_COMPARE_CALENDARS"))
MAIL = re.compile(r"[a-z0-9-]+@mingcha\.example")


def load(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


class Units(unittest.TestCase):
    def setUp(self):
        self.units = load("units.json")
        self.by_code = {unit["code"]: unit for unit in self.units}

    def test_each_has_the_agreed_fields_and_a_code_of_its_own(self):
        self.assertEqual(len(self.by_code), len(self.units))
        for unit in self.units:
            with self.subTest(unit["code"]):
                self.assertLessEqual({"code", "name", "level", "kind", "parent", "email"}, set(unit))
                self.assertLessEqual(set(unit), {"code", "name", "level", "kind", "parent", "department", "email"})
                self.assertIn(unit["level"], LEVELS)
                self.assertIn(unit["kind"], KINDS)
                self.assertRegex(unit["email"], MAIL)
                self.assertEqual(unit["kind"] == "department", unit.get("department") in DEPARTMENTS)

    def test_one_tree_parents_first(self):
        self.assertEqual([unit["code"] for unit in self.units if unit["parent"] is None], ["321300"])
        seen = set()
        for unit in self.units:
            with self.subTest(unit["code"]):
                if unit["parent"] is not None:
                    self.assertIn(unit["parent"], seen)
                    parent = self.by_code[unit["parent"]]
                    self.assertEqual(parent["kind"], "government")
                    below = 1 if unit["kind"] == "government" else 0
                    self.assertEqual(LEVELS.index(unit["level"]), LEVELS.index(parent["level"]) + below)
                    if unit["level"] in ("township", "village") or below == 0:
                        self.assertTrue(unit["code"].startswith(parent["code"]))
                seen.add(unit["code"])

    def test_codes_have_the_length_of_their_level(self):
        lengths = {"city": 6, "county": 6, "township": 9, "village": 12}
        for unit in self.units:
            self.assertEqual(len(unit["code"].split("-")[0]), lengths[unit["level"]], unit["code"])

    def test_no_two_siblings_bear_the_same_name(self):
        names = collections.Counter((unit["parent"], unit["name"]) for unit in self.units)
        self.assertEqual([name for name, count in names.items() if count > 1], [])

    def test_nothing_of_the_city_is_missing(self):
        levels = collections.Counter((unit["level"], unit["kind"]) for unit in self.units)
        self.assertEqual(levels["county", "government"], 9)
        self.assertEqual(levels["county", "department"], 36)
        self.assertEqual(levels["township", "government"], 109)
        self.assertEqual(levels["village", "government"], 12)
        for unit in self.units:
            if unit["level"] == "village":
                self.assertRegex(unit["name"], "^示范")


class Staff(unittest.TestCase):
    def setUp(self):
        self.staff = load("staff.json")
        self.units = {unit["code"]: unit for unit in load("units.json")}

    def test_each_has_the_agreed_fields_and_an_account_of_its_own(self):
        self.assertEqual(len({person["account"] for person in self.staff}), len(self.staff))
        for person in self.staff:
            with self.subTest(person["account"]):
                self.assertEqual(set(person), {"account", "name", "unit", "roles", "email", "first_responsible"})
                self.assertRegex(person["account"], r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
                self.assertTrue(person["name"].startswith("演示·"), "a name must be clearly invented")
                self.assertEqual(person["email"], f"{person['account']}@mingcha.example")
                self.assertIn(person["unit"], self.units)
                self.assertTrue(person["roles"])
                self.assertLessEqual(set(person["roles"]), ROLES)

    def test_exactly_one_first_responsible_person_for_each_unit(self):
        first = collections.Counter(person["unit"] for person in self.staff if person["first_responsible"])
        self.assertEqual({code: first[code] for code in self.units}, {code: 1 for code in self.units})
        for person in self.staff:
            if person["first_responsible"]:
                self.assertIn("leader", person["roles"])

    def test_every_role_is_somebodys_at_the_level_where_it_works(self):
        held = {(role, self.units[person["unit"]]["level"]) for person in self.staff for role in person["roles"]}
        self.assertEqual({role for role, _ in held}, ROLES)
        for level in ("county", "township", "village"):
            self.assertIn(("handler", level), held)
            self.assertIn(("leader", level), held)

    def test_whoever_signed_for_the_city_has_a_colleague_who_checks(self):
        supervisors = collections.Counter(person["unit"] for person in self.staff if "supervisor" in person["roles"])
        self.assertGreaterEqual(min(supervisors.values()), 2)

    def test_what_stories_count_on(self):
        places = {person["account"]: person["unit"] for person in self.staff}
        expected = {
            "operator-city": "321300-AWB", "dispatcher-city": "321300-AWB", "dispatcher-shuyang": "321322",
            "dispatcher-sucheng": "321302", "leader-shuyang": "321322", "leader-sucheng": "321302",
            "handler-shuyang": "321322", "handler-sucheng": "321302", "handler-huji": "321322102",
            "leader-huji": "321322102", "handler-gengche": "321302101", "leader-gengche": "321302101",
            "supervisor": "321300-DDZ", "inspector": "321300-JW", "admin": "321300",
        }
        self.assertEqual({account: places.get(account) for account in expected}, expected)


class Campaign(unittest.TestCase):
    def setUp(self):
        self.campaign = load("campaign.json")

    def test_stages_follow_each_other_without_a_gap_and_the_watch_never_ends(self):
        stages = self.campaign["stages"]
        self.assertEqual([s["code"] for s in stages], ["mobilisation", "sweep", "rectification", "acceptance", "watch"])
        for stage in stages:
            self.assertEqual(set(stage) - {"caps_measures"}, {"code", "name", "from", "to", "owes"})
        owed = {stage["code"]: stage["owes"] for stage in stages}
        self.assertEqual((owed["mobilisation"], owed["sweep"], owed["acceptance"]), ("guarantee", "report", "acceptance"))
        self.assertEqual([s["code"] for s in stages if s.get("caps_measures")], ["rectification"])
        for before, after in zip(stages, stages[1:]):
            end, start = datetime.date.fromisoformat(before["to"]), datetime.date.fromisoformat(after["from"])
            self.assertIn((start - end).days, (0, 1))
        self.assertIsNone(stages[-1]["to"])

    def test_hotlines_are_nobodys_number_and_say_so(self):
        for line in self.campaign["hotlines"]:
            self.assertEqual(set(line) - {"by_sms"}, {"number", "name", "hours"})
            # Nobody answers a call at a number that takes messages, and the other way round.
            self.assertEqual(line.get("by_sms", False), line["number"].startswith("199"))
            self.assertRegex(line["number"], r"^(0527-12350|0527-0\d{7}|199000000\d\d)$")
            self.assertIn("演示", line["name"])

    def test_every_obligation_has_its_limits_and_urgent_is_never_slower(self):
        rows = [dict(row) for row in self.campaign["limits"]]
        by_obligation = {row.pop("obligation"): row for row in rows}
        self.assertEqual(len(by_obligation), len(rows), "an obligation twice")
        self.assertEqual(set(by_obligation), OBLIGATIONS)
        for obligation, limits in by_obligation.items():
            with self.subTest(obligation):
                self.assertEqual(set(limits), {"normal", "urgent"})
                minutes = {}
                for urgency, limit in limits.items():
                    (unit, number), = limit.items()
                    self.assertGreater(number, 0)
                    minutes[urgency] = number * {"working_days": 24 * 60, "hours": 60, "minutes": 1}[unit]
                self.assertLessEqual(minutes["urgent"], minutes["normal"])

    def test_closed_sites_are_looked_at_again_and_again(self):
        self.assertEqual(self.campaign["recheck_days"], [30, 90, 180])

    def test_the_ladder_rises(self):
        ladder = self.campaign["ladder"]
        rungs = ["supervision_order_after", "interview_after", "criticism_after", "referral_after"]
        self.assertEqual(set(ladder), {*rungs, "repeat_days"})
        self.assertEqual([ladder[rung] for rung in rungs], sorted({ladder[rung] for rung in rungs}))
        self.assertEqual(ladder["repeat_days"], 7)

    def test_special_supervision_has_thresholds_and_a_county_bears_more_than_a_township(self):
        supervision = self.campaign["supervision"]
        self.assertEqual(set(supervision), {"window_days", "county", "township"})
        self.assertGreater(supervision["window_days"], 0)
        numbers = {"open_findings", "grave_findings", "failures", "overdue"}
        for level in ("county", "township"):
            self.assertEqual(set(supervision[level]), numbers)
        for number in numbers:
            self.assertGreater(supervision["county"][number], supervision["township"][number])

    def test_rewards_follow_dated_rules(self):
        rules = self.campaign["reward_rules"]
        days = [datetime.date.fromisoformat(rule["from"]) for rule in rules]
        self.assertEqual(days, sorted(set(days)))
        self.assertLess(days[0], datetime.date(2020, 5, 15), "every tip of the campaign has a rule")
        for rule in rules:
            self.assertTrue(rule["version"] and rule["document"])
            self.assertTrue(0 < rule["least_yuan"] <= rule["most_yuan"])
            self.assertTrue(0 < rule["share_percent"] <= 100 <= rule["insider_percent"])

    def test_an_approval_to_open_an_identity_runs_out(self):
        self.assertTrue(0 < self.campaign["custody"]["approval_hours"] <= 7 * 24)


class Calendars(unittest.TestCase):
    def days(self, calendar, name):
        days = [datetime.date.fromisoformat(day) for day in calendar[name]]
        self.assertEqual(days, sorted(set(days)))
        self.assertTrue(all(day.year == calendar["year"] for day in days))
        return days

    def test_each_year_is_whole(self):
        for year in YEARS:
            with self.subTest(year):
                calendar = load(f"calendar-{year}.json")
                self.assertEqual(set(calendar), {"year", "holidays", "make_up_workdays"})
                self.assertEqual(calendar["year"], year)
                holidays, workdays = self.days(calendar, "holidays"), self.days(calendar, "make_up_workdays")
                self.assertFalse(set(holidays) & set(workdays))
                self.assertTrue(all(day.weekday() >= 5 for day in workdays), "a make-up workday falls on a weekend")
                for month_day in ("01-01", "05-01", "10-01", "10-02", "10-03"):
                    self.assertIn(f"{year}-{month_day}", calendar["holidays"])

    def test_the_spring_festival_of_2020_was_extended_to_the_second_of_february(self):
        calendar = load("calendar-2020.json")
        for day in ("2020-01-31", "2020-02-01", "2020-02-02"):
            self.assertIn(day, calendar["holidays"])
        self.assertNotIn("2020-02-01", calendar["make_up_workdays"])

    def test_equal_to_chinesecalendar(self):
        try:
            from chinese_calendar import constants
        except ImportError:
            missing = "chinesecalendar is not installed in this Python; deploy/setup/chinesecalendar.sh says why"
            self.fail(missing) if COMPARES else self.skipTest(missing)
        known = {day.year for day in constants.holidays}
        covered, lacking = sorted(known & set(YEARS)), sorted(set(YEARS) - known)
        print(f"compared with chinesecalendar: {covered}; it lacks: {lacking or 'none'}")
        # A release knows no notice that came after it; a hole before that would compare nothing without a word.
        self.assertEqual(covered, list(range(YEARS[0], max(known | {YEARS[0]}) + 1))[: len(YEARS)])
        for year in covered:
            calendar = load(f"calendar-{year}.json")
            self.assertEqual(calendar["holidays"], sorted(str(day) for day in constants.holidays if day.year == year))
            self.assertEqual(calendar["make_up_workdays"], sorted(str(day) for day in constants.workdays if day.year == year))


if __name__ == "__main__":
    unittest.main()

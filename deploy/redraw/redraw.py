#!/usr/bin/env python3
"""Does a published draw of spot checks again, from the public list alone, with nothing but Python: no line of mingcha's own.

    python3 redraw.py http://…/api/v1/draws/<number of the draw>
    python3 redraw.py draw.json

The rule, as published: lines `<county> <case>` in ascending order, each ended by a line feed, are the list; its SHA-256 is the
digest. Within each county a site's ticket is the SHA-256 of `<seed>|<digest>|<county>|<case>`; the smallest tickets win: of n
sites the greater of `at_least` and n × percent / 100 rounded up, never more than n. Ends with 1 if what was published differs.
"""

import hashlib
import json
import sys
import urllib.request


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def read(source):
    if source.startswith(("http://", "https://")):
        with urllib.request.urlopen(source, timeout=30) as answer:
            return json.load(answer)
    with open(source, encoding="utf-8") as file:
        return json.load(file)


def sites(strata):
    return {stratum["county"]: sorted(stratum["case_ids"]) for stratum in strata}


def redraw(draw):
    """The digest of the list and, by county, the sites that list and seed lead to."""
    listed = sites(draw["list"])
    digest = sha256("".join(f"{county} {case}\n" for county in sorted(listed) for case in listed[county]))
    chosen = {}
    for county, cases in listed.items():
        size = min(len(cases), max(draw.get("at_least") or 0, -(-len(cases) * draw["percent"] // 100)))
        tickets = sorted((sha256(f"{draw['seed']}|{digest}|{county}|{case}"), case) for case in cases)
        chosen[county] = sorted(case for _, case in tickets[:size])
    return digest, chosen


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    draw = read(sys.argv[1])
    if not draw.get("seed"):
        sys.exit("种子还没有公布，暂时不能重抽。")
    digits = draw.get("digits")
    if digits and not (len(draw["seed"]) == digits and draw["seed"].isdigit() and draw["seed"].isascii()):
        sys.exit(f"公布的种子不是公告的 {digits} 位数字。")
    digest, chosen = redraw(draw)
    published = sites(draw.get("chosen") or [])
    same_digest = digest == draw["digest"]
    same_choice = {county: cases for county, cases in chosen.items() if cases} == {
        county: cases for county, cases in published.items() if cases
    }
    print(f"名单摘要：{digest}（{'一致' if same_digest else '与公布的不一致'}）")
    for county, cases in sorted(chosen.items()):
        listed = len(sites(draw["list"])[county])
        print(f"{county}：{listed} 个点位中抽中 {len(cases)} 个")
        for case in cases:
            print(f"  {case}")
    print("抽签结果与公布的一致。" if same_choice else "抽签结果与公布的不一致！")
    sys.exit(0 if same_digest and same_choice else 1)


if __name__ == "__main__":
    main()

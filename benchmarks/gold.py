"""The labelled postings of ../shared/gold beside our facts, as numerators and denominators.

What counts as right is score.py's business: its functions are used, its counting is done again because it prints
shares only. Postings and labels belong to others and stay where they are.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "../shared/gold"
ABSENT = "../shared absent: nothing to measure the facts on"

Rows = list[dict[str, Any]]
Keyed = Mapping[tuple[str, str], dict[str, Any]]

# What is counted: the head of its column, and what is divided by what.
SHARES: Mapping[str, tuple[str, str]] = {
    "scope": ("scope", "items"),
    "R→W": ("restricted as worldwide", "restricted"),
    "W": ("worldwide right", "said worldwide"),
    "F1": ("countries F1", "country sets"),
    "proof": ("claims proved", "claims"),
    "pay": ("pay exact", "paid"),
    "invented": ("pay invented", "unpaid"),
    "level": ("level", "items"),
    "type": ("employment", "items"),
    "remote": ("remote", "items"),
}


@dataclass(frozen=True, slots=True)
class Pairs:
    """How the pairs of postings were judged: as the same opening, and as the same or one fanned out."""

    same: Counter[str]  # of "hit", "wrong", "missed"
    folded: Counter[str]


def is_there() -> bool:
    return (GOLD / "score.py").exists()


def entries(*, every: bool = False) -> Rows:
    """The labelled postings as the boards gave them, or every stored one."""
    command = [sys.executable, str(GOLD / "entries.py"), *(["--all"] if every else [])]
    return _rows(subprocess.run(command, capture_output=True, check=True).stdout)


def facts_of(rows: Rows) -> Keyed:
    """What `outpost facts` says of each, by file and id."""
    given = "".join(json.dumps(row) + "\n" for row in rows).encode()
    command = [sys.executable, "-m", "bot", "facts"]
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=True)
    return {(row["file"], str(row["id"])): row for row in _rows(done.stdout)}


def field_alone(rows: Rows) -> Rows:
    """The same entries with nothing but what the board says in its own fields."""
    return [{**row, "title": "-", "description_html": ""} for row in rows]


def labels() -> Rows:
    return _rows((GOLD / "jobs.jsonl").read_bytes())


def is_held(company: str) -> bool:
    """Is a company in the half that the rules were not developed on?"""
    return int(hashlib.sha256(re.sub(r"\W+", "", company.casefold()).encode()).hexdigest(), 16) % 2 == 1


def tally(labelled: Iterable[dict[str, Any]], found: Keyed) -> Mapping[str, Counter[str]]:
    """Counts for each board, and for "all"; `SHARES` says how to read them."""
    score = _score()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labelled:
        if label.get("is_job", True):
            one = _counted(score, label, found.get((label["source_file"], str(label["source_id"])), {}))
            for board in (label["board"].split(":")[0], "all"):
                counts[board].update(one)
    return counts


def _counted(score: ModuleType, label: dict[str, Any], fact: dict[str, Any]) -> dict[str, Any]:
    """One posting's part of each count: 0, 1, or an F1 between. As score.py counts; its lenient scope."""
    place, truth = fact.get("place") or {}, label["region"]
    also = label.get("region_also_acceptable") or []
    scopes = {truth["scope"], *(one.get("scope") for one in also)}
    scope, restricted = place.get("scope", "unknown"), truth["scope"] == "restricted"
    said, countries = score.expand(place.get("countries_in")), score.expand(truth["include"])
    sets = [countries, *(score.expand(one["include"]) for one in also if one.get("include"))]
    stated, paid = _pays(score, label), score.money(fact.get("pay"))
    levels = label.get("seniority_also_acceptable") or []
    level_sets = [
        _stated(label, "seniority"),
        *map(set, levels if levels and isinstance(levels[0], list) else [levels]),
    ]
    found = {
        "items": 1,
        "scope": scope in scopes,
        "restricted": restricted,
        "restricted as worldwide": restricted and scope == "worldwide",
        "said worldwide": scope == "worldwide",
        "worldwide right": scope == "worldwide" and "worldwide" in scopes,
        "country sets": restricted and bool(countries),
        "countries F1": max(score.f1(one, said) for one in sets) if restricted and countries else 0,
        "claims": scope != "unknown",
        "claims proved": scope != "unknown" and bool(place.get("evidence")),
        "paid": stated[0] is not None,
        "pay exact": stated[0] is not None and paid in stated,
        "unpaid": stated[0] is None,
        "pay invented": stated[0] is None and paid is not None,
        "level": set(fact.get("level") or []) in (level_sets if levels else level_sets[:1]),
        "employment": set(fact.get("employment") or []) == _stated(label, "employment"),
        "remote": fact.get("remote_type") == label.get("remote_type"),
    }
    return {name: value if isinstance(value, float) else int(value) for name, value in found.items()}


def _pays(score: ModuleType, label: dict[str, Any]) -> list[Any]:
    """The stated pay, then what else is right."""
    also = label.get("salary_also_acceptable") or []
    others = [
        score.money(one) for one in ([also] if isinstance(also, dict) else also) if isinstance(one, dict)
    ]
    return [score.money(label.get("salary")), *(one for one in others if one is not None)]


def _stated(label: dict[str, Any], name: str) -> set[str]:
    return {one for one in label.get(name) or [] if one != "unspecified"}


def pair_names() -> set[tuple[str, str]]:
    """File and id of every posting that is in a pair."""
    rows = _rows((GOLD / "duplicate_pairs.jsonl").read_bytes())
    return {(pair[side]["file"], str(pair[side]["id"])) for pair in rows for side in ("a", "b")}


def pairs(found: Keyed, *, held: bool | None = None) -> Pairs:
    """The labelled pairs beside our keys; held: only those of one half."""
    same, folded = Counter[str](), Counter[str]()
    for pair in _rows((GOLD / "duplicate_pairs.jsonl").read_bytes()):
        if pair["label"] == "unsure" or (held is not None and is_held(pair["a"]["company"]) != held):
            continue
        one, other = (found[(pair[side]["file"], str(pair[side]["id"]))] for side in ("a", "b"))
        alike = {
            name: one[name] is not None and one[name] == other[name]
            for name in ("opening_key", "variant_key")
        }
        same[_verdict(alike["opening_key"], pair["label"] == "same")] += 1
        folded[_verdict(any(alike.values()), pair["label"] != "different")] += 1
    return Pairs(same, folded)


def _verdict(said: bool, true: bool) -> str:
    return {(True, True): "hit", (True, False): "wrong", (False, True): "missed"}.get((said, true), "rest")


def _score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(lines: bytes) -> Rows:
    return [json.loads(line) for line in lines.splitlines() if line.strip()]

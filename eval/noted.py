"""Stories of public corpora whose questions and events were noted by reading for this project (eval/noted.jsonl).

A line a story: the ids of its articles, its questions (kind, relation, importance, and each answer by where the words
stand) and its events (first and last possible day, importance, places). A place is four numbers: the article (from 0),
1 for its text and 0 for its title, first character and end. No words of the articles are kept: they are read from the
corpora, `real/more/*/docs.jsonl` and `stories/*/docs.jsonl` of a folder. The stories marked `blind` are for scoring:
nothing is trained on them, nor made for what is missed in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOTED = Path(__file__).parent / "noted.jsonl"


def stories(data: Path, blind: bool) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, Any]]]:
    """The stories for scoring (`blind`) or for training: name, articles, and what was noted, in the form of a
    `gold.json` of stories read by hand (`eval/real.py`).

    Raises:
        FileNotFoundError: an article is in none of the corpora.
    """
    chosen = [story for story in map(json.loads, NOTED.read_text("utf-8").splitlines()) if story["blind"] == blind]
    wanted = {name for story in chosen for name in story["articles"]}
    found: dict[str, dict[str, Any]] = {}
    for place in sorted((*data.glob("real/more/*/docs.jsonl"), *data.glob("stories/*/docs.jsonl"))):
        with place.open(encoding="utf-8") as lines:
            found.update((told["id"], told) for told in map(json.loads, lines) if told["id"] in wanted)
    if missing := sorted(wanted - found.keys()):
        raise FileNotFoundError(f"{data}: no article {missing[0]} under real/more or stories")
    for story in chosen:
        articles = [{**found[name], "text": _lined(found[name]["text"])} for name in story["articles"]]
        yield story["story"], articles, _noted(story, articles)


def _lined(text: str) -> str:
    """A text with the ends of its lines, which one corpus writes as a backslash and an n."""
    return text.replace(" \\n ", "\n").replace("\\n", "\n")


def _noted(story: dict[str, Any], articles: list[dict[str, Any]]) -> dict[str, Any]:
    def tellings(places: list[list[int]]) -> list[dict[str, Any]]:
        found = []
        for article, in_text, start, end in places:
            text = articles[article]["text" if in_text else "title"]
            words = text[start:end]
            found.append({"doc": articles[article]["id"], "exact": words, "nth": text[:start].count(words) + 1})
        return found

    return {
        "questions": [
            {
                **{name: asked[name] for name in ("kind", "relation", "importance")},
                "ask": f"question {number}",
                "answers": [{"value": "", "tellings": tellings(places)} for places in asked["answers"]],
            }
            for number, asked in enumerate(story["questions"], start=1)
        ],
        "events": [
            {
                "what": "",
                **{name: event[name] for name in ("date", "importance")},
                "tellings": tellings(event["places"]),
            }
            for event in story["events"]
        ],
    }

"""No text may take longer than in proportion to its length: repetitions of words, marks, examples, and pairs of them.

`bench/growth.py` tries all of them at full length; here are a few, short. What is compared is processor time of a text
and of a quarter of it, so that a busy machine fails nothing.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import growth
import pile
from project import grows_linearly
from repeats import ambiguous

from tellings import pipeline
from tellings.language.base import language_of
from tellings.model.records import Document, DocumentDate
from tellings.model.text import View

#: Characters of the shorter text, and how often it goes into the longer one.
SHORT, TIMES = 6_000, 6
#: Differences within so many seconds tell nothing.
NOISE = 0.15
_TRIED = (
    *(
        "J. ",
        "Ana Vell ",
        "Oct. ",
        "5 May ",
        "said ",
        "she said ",
        "the singer ",
        "5 people were killed, ",
        "1 ",
        "a\n",
    ),
    *("say ", "he said she said it said ", "it said that a boat ", "She said say say say. ", "“a b c d e f.”\n"),
    *("Read more\n", "“a ", "“a,” she said. ", "‘a ", "Monday, ", "and that ", "O'Neil ", "Ana: a b c\n", "(", "\n"),
)


@pytest.mark.parametrize("unit", [*_TRIED, *random.Random(7).sample(growth.units(7, 60), 40)])
def test_time_grows_with_the_length(unit: str) -> None:
    short, long = growth.repeated(unit, SHORT), growth.repeated(unit, SHORT * TIMES)
    assert grows_linearly(growth.seconds, short, long, NOISE), repr(unit)


@pytest.mark.parametrize(("words", "text"), growth.mixtures(3, 12, SHORT * TIMES), ids=lambda value: value[:60])
def test_time_grows_with_the_length_of_any_mixture(words: str, text: str) -> None:
    """A few short words of our lists in any order, as no page has them."""
    assert grows_linearly(growth.seconds, text[:SHORT], text, NOISE), words


@pytest.mark.parametrize("sentence", growth.SENTENCES)
def test_time_grows_with_the_length_where_all_names_differ(sentence: str) -> None:
    """Who is meant, or was quoted before, must not be looked for among all."""
    short, long = growth.different(sentence, SHORT), growth.different(sentence, SHORT * TIMES)
    assert grows_linearly(growth.seconds, short, long, NOISE), sentence


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [(r"[ab]", True), (r"a{1,9}b", True), (r"a*b", False)],
)
def test_what_grows_with_the_square_is_noticed(pattern: str, expected: bool) -> None:
    found = re.compile(pattern)
    size = 40_000 if expected else 12_000
    assert grows_linearly(found.findall, "a" * size, "a" * (4 * size)) is expected


# ---- patterns that try every way to cut a word


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?:[A-Z]\w*\s?)+", True),
        (r"(?:\w+[-.]?)*x", True),
        (r"(a+|b)+c", True),
        (r"(?:[^\n]+\n?)+$", True),
        (r"[A-Z]\w*(?:\s[A-Z]\w*)*\s?", False),
        (r"(?:\w+\s+)+x", False),
        (r"(?:(?:a|b)+,)*", False),
    ],
)
def test_a_word_that_can_be_cut_in_many_ways_is_noticed(pattern: str, expected: bool) -> None:
    assert bool(ambiguous(pattern)) is expected


def test_no_line_of_a_page_repeats_what_a_rule_matches_in_two_ways() -> None:
    """ "PM" as an hour and as a time zone: a line of them doubled the work with each. The words of each rule's examples
    are repeated, and what ends the line fits no rule."""
    residue, slow = language_of("en").rules("residue"), []
    for rule in residue.rules:
        pattern = re.compile(residue.expand(rule.pattern), re.NOFLAG if rule.meaning.get("case") else re.IGNORECASE)
        for example in rule.yes:
            for word in sorted(set(example.split())):
                line = f"{example} {f'{word} ' * 20}!x"
                begun = time.process_time()
                pattern.fullmatch(line)
                pattern.fullmatch(line.removeprefix(f"{example} "))
                if time.process_time() - begun > NOISE:
                    slow.append((rule.name, word))
    assert slow == []


#: Prints, as JSON, the patterns (with flags) that are made while all modules are loaded and the example is read.
MADE = """
import importlib, json, pkgutil, re, sys
made, make = set(), re._compile

def keep(pattern, flags):
    if isinstance(pattern, str):
        made.add((pattern, int(flags)))
    return make(pattern, flags)

re._compile = keep
import tellings
from tellings import pipeline
for module in pkgutil.walk_packages(tellings.__path__, "tellings."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
tellings.read(sys.argv[1])
print(json.dumps(sorted(made)))
"""


def test_no_pattern_of_ours_can_cut_a_word_in_many_ways() -> None:
    done = subprocess.run([sys.executable, "-c", MADE, str(pile.ARTICLES)], capture_output=True, check=True)
    patterns = json.loads(done.stdout)
    assert len(patterns) > 500
    assert {pattern: found for pattern, flags in patterns if (found := ambiguous(pattern, flags))} == {}


def test_a_clause_in_capitals_takes_no_longer() -> None:
    line = "ANA VELL SAID SHE HAD CARRIED EVERY ONE OF THE CHILDREN AWAY FROM THE HARBOUR WITH 6 OTHERS.\n\n"
    assert grows_linearly(growth.seconds, line * 20, line * 80, NOISE)


# ---- across tellings


#: Words that one outlet has and the other has not.
OWN = {"Osk": "mayor singer captain river orchard bridge copper", "Hallan": "doctor farmer window garden hammer island"}


def related(text: str) -> None:
    """Two outlets print the same within a sentence that is otherwise their own."""
    day = DocumentDate(date(2020, 5, 4), "given", "given")
    documents = [
        Document(name, name, name, "text/plain", View.plain(f"The {own} saw {text} late."), day)
        for name, own in OWN.items()
    ]
    pipeline.relate(map(pipeline.annotate, documents))


@pytest.mark.parametrize("unit", ["quay fire boat smoke ", "5 people were killed, ", "Ana Vell ", "“a b c” on May 5. "])
def test_time_across_two_tellings_grows_with_their_length(unit: str) -> None:
    short = 2_000
    assert grows_linearly(related, growth.repeated(unit, short), growth.repeated(unit, short * TIMES), NOISE)

"""What the views of a record choose: a speaker's name, a headline, entries of a timeline, the name of a story."""

from __future__ import annotations

from datetime import date

import pytest
from small_record import WHY, at, line

from tellings.model.record import Evidence, QuoteEntry, TimelineEntry
from tellings.model.records import Attested, Document, DocumentDate, Interval, Telling
from tellings.model.text import View
from tellings.pipeline import annotate, relate
from tellings.quotes import find
from tellings.tell.record import record
from tellings.tell.stories import headline_of, named_by_overlap
from tellings.tell.timeline import selected


def told(name: str, text: str, publisher: str | None = None, title: str | None = None) -> Telling:
    return annotate(
        Document(
            *(name, name, name, "text/plain", View.plain(text), DocumentDate(date(2019, 3, 6), "test", "test")),
            title=Attested(title, "test") if title else None,
            publisher=Attested(publisher, "test") if publisher else None,
        )
    )


# ---- quotes

LIGHT = "“We never lost sight of the light and nobody slept before the harbour,”"


#: Reports that are no copies of each other.
OWN = (
    "The ferry came in at one with nobody hurt, and the council shut the quay until the ice was gone.\n\n",
    "Forty boats lay at the pier of the town on Sunday, each with a lamp at its mast and a rope of its own.\n\n",
)


def entry_of(*tellings: Telling) -> QuoteEntry:
    (entry,) = record(relate(tellings), version="test").quotes
    return entry


@pytest.mark.parametrize(
    ("texts", "name", "rank"),
    [
        ([f"Then it was noon. {LIGHT}", f"{LIGHT} Nora Quill said."], "Nora Quill", "said by"),
        ([f"{LIGHT} a clerk said.", f"{LIGHT} Nora Quill said."], "Nora Quill", "said by"),
        ([f"{LIGHT} she said.", f"{LIGHT} a clerk said."], "a clerk", "said by"),
        ([f"{LIGHT} a clerk said.", f"{LIGHT} she said."], "a clerk", "said by"),
        ([f"{LIGHT} a clerk said.", f"{LIGHT} an aide said."], "a clerk", "said by"),
        ([f"{LIGHT} she said.", f"{LIGHT} she said."], None, "unsure"),
        (
            [f"{LIGHT} Olga Ash said.", f"{LIGHT} Nora Quill said.", f"{LIGHT} Nora Quill told the crew."],
            *("Nora Quill", "probably"),
        ),
    ],
    ids=[
        *("one names nobody", "a name and a description", "she, then described", "described, then she"),
        *("described twice", "only she", "most name one"),
    ],
)
def test_the_speaker_is_the_person_most_tellings_name(texts: list[str], name: str | None, rank: str) -> None:
    entry = entry_of(*(told(label, text) for label, text in zip("abc", texts, strict=False)))
    assert (entry.speaker.name, entry.speaker.rank) == (name, rank)
    assert (entry.reason is None) is (rank != "unsure")


@pytest.mark.parametrize(
    ("text", "speaker", "rank"),
    [
        ("Nora Quill kept the lamp. “Nobody slept before the harbour,” Quill said.", "Nora Quill", "said by"),
        ("“Nobody slept before the harbour,” a harbour clerk said.", "a harbour clerk", "said by"),
        ("“Nobody slept before the harbour,” she said.", None, "unsure"),
        ("Then it was noon. “Nobody slept before the harbour.”", None, "unsure"),
    ],
)
def test_a_quotation_alone_has_the_fullest_name(text: str, speaker: str | None, rank: str) -> None:
    (found,) = find(text)
    assert (found.speaker, found.rank) == (speaker, rank)


def test_stretches_of_one_utterance_are_one_quotation_and_point_at_one_another() -> None:
    text = (
        "“We lost the light,” Nora Quill said, “and nobody slept before noon.”\n\n"
        "“Paul Brandt told me, ‘The boats were old when we got them,’ and he laughed,” Quill said."
    )
    first, second, inner = find(text)
    assert first.words(text) == "We lost the light, … and nobody slept before noon."
    assert first.span.of(text) == text[: text.index("\n")]
    assert [each.index for each in (first, second, inner)] == [0, 1, 2]
    assert (first.within, second.within, inner.within, inner.speaker) == (None, None, 1, "Paul Brandt")


@pytest.mark.parametrize(
    ("first", "second", "origins"),
    [
        (f"{LIGHT} Nora Quill told the Osk Gazette.", f"{LIGHT} Nora Quill told the Osk Gazette.", 1),
        (f"{LIGHT} Nora Quill told the Osk Gazette.", f"{LIGHT} Nora Quill told the Merrin Post.", 2),
        (f"{LIGHT} Nora Quill told reporters.", f"{LIGHT} Nora Quill told reporters.", 2),
        (f"{LIGHT} Nora Quill told the Osk Gazette.", f"{LIGHT} Nora Quill said.", 2),
    ],
)
def test_words_said_to_one_outlet_have_one_origin(first: str, second: str, origins: int) -> None:
    assert entry_of(told("a", OWN[0] + first), told("b", OWN[1] + second)).origins == origins


def test_an_interviews_own_outlet_is_of_its_origin() -> None:
    own, other = f"{OWN[0]}{LIGHT} Nora Quill said.", told("b", f"{OWN[1]}{LIGHT} Nora Quill told the Osk Gazette.")
    assert entry_of(told("a", own, "The Osk Gazette"), other).origins == 1
    assert entry_of(told("a", own, "Merrin Post"), other).origins == 2


# ---- the timeline

ENTRIES = tuple(
    TimelineEntry(
        *(f"t{number}", Interval(first, last), first < last, False, False, (line(words),), 1, weight), who=who, why=WHY
    )
    for number, (first, last, words, weight, who) in enumerate(
        [
            (date(2019, 3, 1), date(2019, 3, 3), at("A", "Ice shut the quay"), 1.0, None),
            (date(2019, 3, 4), date(2019, 3, 4), at("A", "Nobody rows."), 3.0, None),
            (date(2019, 3, 5), date(2019, 3, 5), at("A", "She left in March."), 3.0, "Ana Vell"),
            (date(2019, 3, 6), date(2019, 3, 9), at("B", "Ice shut the quay for 4 boats."), 2.0, None),
        ]
    )
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "t0 t1 t2 t3"),
        ({"since": date(2019, 3, 3)}, "t0 t1 t2 t3"),
        ({"since": date(2019, 3, 4)}, "t1 t2 t3"),
        ({"until": date(2019, 3, 6)}, "t0 t1 t2 t3"),
        ({"until": date(2019, 3, 5)}, "t0 t1 t2"),
        ({"since": date(2019, 3, 4), "until": date(2019, 3, 4)}, "t1"),
        ({"about": "ice"}, "t0 t3"),
        ({"about": "ICE boats"}, "t3"),
        ({"about": "boat"}, ""),
        ({"about": "Vell left"}, "t2"),
        ({"about": "ice", "until": date(2019, 3, 5)}, "t0"),
        ({"most": 4}, "t0 t1 t2 t3"),
        ({"most": 3}, "t1 t2 t3"),
        ({"most": 1}, "t1"),
        ({"most": 0}, ""),
        ({"most": 1, "about": "ice"}, "t3"),
    ],
    ids=str,
)
def test_entries_that_are_asked_for(asked: dict[str, object], found: str) -> None:
    assert " ".join(entry.id for entry in selected(ENTRIES, **asked)) == found  # type: ignore[arg-type]


# ---- stories

BODY = "The ferry came in at one, and everybody on board was safe and fed within the hour, the council said."


@pytest.mark.parametrize(
    ("text", "title", "words", "there"),
    [
        (f"Ferry crew waited on the quay\n\n{BODY}", None, "Ferry crew waited on the quay", True),
        (f"Ferry crew waited on the quay\n\n{BODY}", "Ferry is late", "Ferry is late", False),
        (f"Ferry is late\n\n{BODY}", "Ferry is late", "Ferry is late", True),
        (f"It is noon.\n\n{BODY} Ferry is late", "Ferry is late", "Ferry is late", True),
        (f"{BODY}\n\nNobody rowed home that night, and the lamp stayed lit.", None, BODY, True),
        ("", None, "", True),
        ("\n\nNoon\n", None, "Noon", True),
    ],
)
def test_the_headline_is_in_the_tellings_own_words(text: str, title: str | None, words: str, there: bool) -> None:
    telling = told("a", text, title=title)
    found = headline_of(telling)
    assert (found.document, found.exact, found.span is not None) == ("a", words, there)
    assert found.span is None or found.span.of(text) == words


@pytest.mark.parametrize(
    ("groups", "known", "names"),
    [
        (["ab", "cd"], {}, "a c"),
        (["ab", "cd"], {"b": "x", "c": "y"}, "x y"),
        (["abc", "de"], {"a": "x", "b": "y", "c": "y"}, "y d"),
        (["ab", "cde"], {"a": "x", "c": "x", "d": "x"}, "a x"),
        (["abc", "def"], {"a": "x", "b": "x", "c": "y", "d": "x", "e": "y", "f": "z"}, "x y"),
        (["ab", "cd"], {"a": "x", "c": "x"}, "x c"),
        (["ab"], {"a": "y", "b": "x"}, "x"),
        (["ab"], {"q": "x"}, "a"),
    ],
)
def test_a_story_keeps_the_name_it_shares_most_with(groups: list[str], known: dict[str, str], names: str) -> None:
    named = named_by_overlap([tuple(group) for group in groups], known)
    assert " ".join(name for name, _ in named) == names
    assert ["".join(group) for _, group in named] == groups


def test_evidence_is_shown_as_it_stands() -> None:
    assert at("A", "Nobody rows.") == Evidence("A", 129, 141, "Nobody rows.")

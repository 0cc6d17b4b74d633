"""One origin or two: what of shared text, credits and copies makes tellings one report; and what counts as a credit."""

from __future__ import annotations

from datetime import date

import pytest

from tellings.across.credits import credits, outlet_key
from tellings.across.origins import _Story, origins
from tellings.model.records import (
    Attested,
    Block,
    Credit,
    Document,
    DocumentDate,
    NearDuplicate,
    Passage,
    Place,
    Provenance,
    Telling,
)
from tellings.model.text import Span, View
from tellings.pipeline import annotate

WHY = Provenance("test", "test")
TEN = "Ice shut the old quay on Monday before noon again."
TWENTY = f"{TEN} Nobody rowed home and the lamp on the pier shone."


def told(name: str, text: str, publisher: str | None = None) -> Telling:
    view, day = View.plain(text), DocumentDate(date(2019, 3, 6), "test", "test")
    by = Attested(publisher, "test") if publisher else None
    return annotate(Document(name, name, name, "text/plain", view, day, publisher=by))


def shared(one: Telling, other: Telling, *words: str, kind: str = "reporting") -> tuple[Passage, ...]:
    """Passages of these words, each where it stands in both."""

    def place(telling: Telling, said: str) -> Place:
        start = telling.text.index(said)
        return Place(telling.id, Span(start, start + len(said)))

    return tuple(
        Passage(place(one, said), place(other, said), len(said.split()), kind, WHY)  # type: ignore[arg-type]
        for said in words
    )


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("small", "words", "one"),
    [
        pytest.param(TEN, ["Ice shut the"], True, id="three words of ten"),
        pytest.param(TEN, ["Ice shut"], False, id="two words of ten"),
        pytest.param(TWENTY, ["Ice shut the", "on Monday before"], True, id="six of twenty in two places"),
        pytest.param(TWENTY, ["Ice shut the", "Ice shut the"], False, id="three of twenty, twice"),
        pytest.param(TWENTY, ["Ice shut the old", "the old quay"], False, id="five of twenty, two of them twice"),
        pytest.param(TWENTY, ["Ice shut the old", "the old quay on"], True, id="six of twenty, two of them twice"),
        pytest.param(TWENTY, ["Ice shut the old quay", "shut the", "old quay on"], True, id="one within another"),
        pytest.param(TWENTY, ["Ice shut the old quay", "shut the", "old quay"], False, id="all within one"),
    ],
)
def test_a_third_of_the_smaller_telling_makes_one_origin(small: str, words: list[str], one: bool, turned: bool) -> None:
    a, b = told("a", small), told("b", f"{TWENTY} {'The crew slept on board. ' * 12}")
    pair = (b, a) if turned else (a, b)
    assert (len(origins((a, b), (), shared(*pair, *words))) == 1) is one


def test_it_is_the_smaller_telling_that_has_to_be_covered() -> None:
    """A passage that is long in one and short in the other: what counts is where it stands in the smaller."""
    small, large = told("a", TEN), told("b", f"{TWENTY} {'The crew slept on board. ' * 12}")
    for long_one, other, expected in ((small, large, True), (large, small, False)):
        whole, bit = Place(long_one.id, Span(0, len(TEN))), Place(other.id, Span(0, len("Ice shut")))
        for pair in ((whole, bit), (bit, whole)):
            passage = Passage(*pair, 10, "reporting", WHY)
            assert (len(origins((small, large), (), (passage,))) == 1) is expected


def test_what_is_said_may_stand_at_the_end() -> None:
    """The share of a passage that is quoted counts its own words, wherever it begins."""
    said = "We shut the old quay on Monday before noon again and nobody rowed home"
    early = "Forty boats lay at the pier of the town, each with a lamp at its mast and a rope. "
    marked, plain = told("a", f"{early}“{said},” Ana Vell said."), told("b", f"{said}, Ana Vell said.")
    start = marked.text.index(said)
    passage = Passage(Place("a", Span(start, start + len(said))), Place("b", Span(0, len(said))), 13, "reporting", WHY)
    assert origins((marked, plain), (), (passage,)) == (("a",), ("b",))


def test_shared_quotations_join_nothing() -> None:
    a, b = told("a", TEN), told("b", TWENTY)
    assert origins((a, b), (), shared(a, b, TEN[:-1], kind="quotation")) == (("a",), ("b",))


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("We shut the old quay on Monday before noon again", False),
        ("We shut the old quay on Monday before noon again, Ana Vell said. She had walked to the pier", True),
    ],
    ids=["only what was said", "what was said and as much of the report"],
)
def test_words_that_one_of_them_quotes_are_a_speakers(words: str, one: bool) -> None:
    marked = told("a", "“We shut the old quay on Monday before noon again,” Ana Vell said. She had walked to the pier.")
    plain = told("b", "We shut the old quay on Monday before noon again, Ana Vell said. She had walked to the pier.")
    end = len("“We shut the old quay on Monday before noon again") if not one else len(marked.text) - 1
    passage = Passage(Place("a", Span(1, end)), Place("b", Span(0, len(words))), len(words.split()), "reporting", WHY)
    turned = Passage(passage.b, passage.a, passage.words, passage.kind, WHY)
    for each in (passage, turned):
        assert (len(origins((marked, plain), (), (each,))) == 1) is one


def test_a_passage_without_words_covers_nothing() -> None:
    a, b = told("a", TEN), told("b", TEN)
    empty = Passage(Place("a", Span(0, 0)), Place("b", Span(0, 0)), 0, "reporting", WHY)
    assert origins((a, b), (), (empty,)) == (("a",), ("b",))


def test_what_is_joined_by_one_thing_and_another_is_one() -> None:
    found = [told(name, text) for name, text in zip("fedcba", [TWENTY, TEN, TWENTY, TEN, TWENTY, TEN], strict=True)]
    same = NearDuplicate("a", "f", 1.0, 1.0, WHY)
    credit = Credit("ap", ("b", "d", "f"), (), WHY)
    assert origins(tuple(found), (same,), (), (credit,)) == (("a", "b", "d", "f"), ("c",), ("e",))
    assert origins((), (), ()) == ()


def test_a_passage_of_a_telling_that_is_not_there_is_an_error() -> None:
    a, b = told("a", TEN), told("b", TEN)
    with pytest.raises(KeyError):
        origins((a,), (), shared(a, b, "Ice shut"))


# ---- credits

STORY = "Ice shut the old quay on Monday before noon, the council of the town said."
OTHER = "Nobody rowed home that night, and the lamp on the pier stayed lit for the boats."


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        pytest.param(f"OSK (AP) — {STORY}", f"MERRIN (AP) — {OTHER}", {"ap": "ab"}, id="two datelines"),
        pytest.param(f"OSK (AP) — {STORY}", f"MERRIN (AFP) — {OTHER}", {}, id="two agencies"),
        pytest.param(f"OSK (AP) — {STORY}", OTHER, {}, id="one alone"),
        pytest.param(f"By Ana Vell, Associated Press\n\n{STORY}", f"OSK (AP) — {OTHER}", {"ap": "ab"}, id="a byline"),
        pytest.param(f"The AP office in Osk was shut. {STORY}", f"OSK (AP) — {OTHER}", {}, id="named in the story"),
        pytest.param(f"OSK (APX) — {STORY}", f"OSK (AP) — {OTHER}", {}, id="part of a longer name"),
        pytest.param(
            f"{STORY} It was first reported by the Osk Gazette.",
            f"{OTHER} It was first reported by the Osk Gazette.",
            {"osk gazette": "ab"},
            id="both name a third",
        ),
        pytest.param(
            f"{STORY} It was first reported by the Osk Gazette.",
            f"{OTHER} It was first reported by the Merrin Post.",
            {},
            id="each names another",
        ),
        pytest.param(
            f"{STORY} It was first reported by Ana Vell.",
            f"{OTHER} It was first reported by Ana Vell.",
            {},
            id="a person is no outlet",
        ),
        pytest.param(
            f"{STORY} TNN first reported the ice.",
            f"{OTHER} It first appeared on TNN.",
            {"tnn": "ab"},
            id="in capitals",
        ),
        pytest.param(
            f"{STORY} TNNTVA first reported the ice.",
            f"{OTHER} TNNTVA first reported it.",
            {},
            id="too long for capitals",
        ),
        pytest.param(
            f"{STORY} TNNTV first reported the ice.",
            f"{OTHER} TNNTV first reported it.",
            {"tnntv": "ab"},
            id="five capitals",
        ),
        pytest.param(f"{STORY} TN first reported the ice.", f"{OTHER} TN first reported it.", {}, id="two capitals"),
        pytest.param(
            f"{STORY} Xinhua first reported the ice.",
            f"{OTHER} Xinhua first reported it.",
            {"xinhua": "ab"},
            id="an agency said to be first",
        ),
    ],
)
def test_what_credits_whom(first: str, second: str, found: dict[str, str]) -> None:
    tellings = told("a", first), told("b", second)
    assert {each.outlet: "".join(each.tellings) for each in credits(tellings)} == found


def test_an_outlets_own_tellings_are_of_one_origin_with_those_that_credit_it() -> None:
    own = told("c", STORY, "The Osk Gazette")
    again, unlike = told("a", OTHER, "Osk Gazette"), told("d", OTHER, "Merrin Post")
    crediting = told("b", f"{OTHER} It was first reported by the Osk Gazette. The Osk Gazette first reported it, too.")
    (credit,) = credits((own, again, unlike, crediting))
    assert (credit.outlet, credit.tellings) == ("osk gazette", ("a", "b", "c"))
    assert [(place.telling, place.span.of(crediting.text)) for place in credit.places] == [
        ("b", "first reported by the Osk Gazette"),
        ("b", "The Osk Gazette first reported"),
    ]
    assert credits((own, again, unlike)) == ()


def test_credits_come_by_outlet_whatever_the_order() -> None:
    tellings = tuple(
        told(name, f"OSK ({agency}) — {STORY} It was first reported by the Merrin Post.")
        for name, agency in zip("abcd", ("Reuters", "AP", "Reuters", "AP"), strict=True)
    )
    found = credits(tellings)
    assert [each.outlet for each in found] == ["ap", "merrin post", "reuters"]
    assert [each.tellings for each in found] == [("b", "d"), ("a", "b", "c", "d"), ("a", "c")]
    assert credits(tellings[::-1]) == found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("AP", "ap"),
        ("The Associated Press", "ap"),
        (" the  Press\nAssociation. ", "pa"),
        ("The Merrin Herald", "merrin herald"),
        ("merrinherald.com", "merrinherald"),
        ("Merrin News Online", "merrin"),
        ("The News", "news"),
        ("News Online", "news online"),
        ("Osk & Merrin’s Post", "osk merrin s post"),
        ("Theatre Weekly", "theatre weekly"),
    ],
)
def test_an_outlet_has_one_key(name: str, key: str) -> None:
    assert outlet_key(name) == key


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([], 0),
        ([(0, 3)], 1),
        ([(0, 7), (4, 13)], 3),
        ([(4, 13), (0, 23), (8, 13)], 5),
        ([(0, 3), (14, 18)], 2),
    ],
)
def test_a_word_that_several_passages_cover_counts_once(spans: list[tuple[int, int]], words: int) -> None:
    text = "one two three four five"
    document = Document("a", "a", "a", "text/plain", View.plain(text), DocumentDate(None, "", ""))
    block = Block(Span(0, len(text)), "paragraph", WHY)
    assert _Story.of(Telling(document, (block,))).covered([Span(*span) for span in spans]) == words

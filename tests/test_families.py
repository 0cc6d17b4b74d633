"""One utterance as several tellings print it: which are one, what is assembled, how each differs."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from project import ROOT

from tellings.across.families import families
from tellings.across.families.grouping import within_one
from tellings.edge.readers import read_paths
from tellings.model.records import Document, DocumentDate, Family, Telling
from tellings.model.text import View
from tellings.pipeline import annotate

WORD = re.compile(r"[\w’']+")
SAID = "We never lost sight of the light, and the crew sang until the ferry came in at one."


def told(name: str, text: str) -> Telling:
    dated = DocumentDate(date(2019, 3, 6), "test", "test")
    return annotate(Document(name, name, name, "text/plain", View.plain(text), dated))


def quoting(*bodies: str) -> tuple[Telling, ...]:
    """Tellings a, b, …, each with one quotation of one speaker; the body holds its own marks."""
    return tuple(
        told("abcdefgh"[index], f"Nora Quill waited on the quay until noon on that Monday.\n\n{body}\n")
        for index, body in enumerate(bodies)
    )


def assembled(family: Family, tellings: tuple[Telling, ...]) -> str:
    texts = {telling.id: telling.text for telling in tellings}
    return " ".join("[…]" if p.place is None else p.place.span.of(texts[p.place.telling]) for p in family.fullest)


def sets(found: tuple[Family, ...]) -> set[frozenset[tuple[str, tuple[int, ...]]]]:
    return {frozenset((variant.telling, variant.quotes) for variant in family.variants) for family in found}


# ---- which are one


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (f"“{SAID}” Quill said.", f"“{SAID}” Quill said.", True),
        # a cut, another form of marks, an edit
        (f"“{SAID}” Quill said.", "“We never lost sight of the light,” Quill said.", True),
        (f"“{SAID}” Quill said.", '"We never lost sight of the light," Quill said.', True),
        (f"“{SAID}” Quill said.", f"“{SAID.replace('sang', 'slept')}” Quill said.", True),
        # common words in another saying
        (f"“{SAID}” Quill said.", "“The light of the ferry went out and we were in the dark.” Quill said.", False),
        (
            "“I don’t know what to say to you all.” Quill said.",
            "“I don’t know what the owners want.” Quill said.",
            False,
        ),
        # too short to be told from chance
        ("“We are home,” Quill said.", "“We are cold,” Quill said.", False),
        ("“We are home,” Quill said.", "“We are home,” Quill said.", True),
    ],
)
def test_two_variants(first: str, second: str, one: bool) -> None:
    tellings = quoting(first, second)
    found = families(tellings)
    assert [len(family.variants) for family in found] == ([2] if one else [1, 1])


def test_stretches_around_a_cue_are_one_utterance() -> None:
    body = "“We never lost sight of the light,” Quill said. “The crew sang until one.”"
    tellings = quoting(body, body)
    (family,) = families(tellings)
    assert [variant.quotes for variant in family.variants] == [(0, 1), (0, 1)]
    assert assembled(family, tellings) == "We never lost sight of the light, […] The crew sang until one."


def test_an_utterance_of_one_telling_is_a_family_with_nothing_assembled() -> None:
    (family,) = families(quoting(f"“{SAID}” Quill said."))
    assert (len(family.variants), family.fullest, family.variants[0].variations) == (1, (), ())


def test_reported_clauses_are_one_only_as_copies_and_nothing_is_assembled() -> None:
    body = "Quill said that the ferry had no radio on board and no lamp at all."
    (family,) = families(quoting(body, body))
    assert len(family.variants) == 2 and family.fullest == ()
    assert families(quoting(body, "Quill said that the ferry was late.")) == ()


def test_words_that_are_no_statement_are_in_no_family() -> None:
    assert families(quoting("The council’s “rescue plan” was three pages long.")) == ()


@pytest.mark.parametrize(
    ("second", "one"),
    [
        ("Quill", True),
        ("one sailor", True),  # a description may mean her
        ("Aaron Holm", False),
    ],
)
def test_a_few_words_are_one_utterance_only_where_one_speaker_can_be_meant(second: str, one: bool) -> None:
    tellings = quoting("“We are home at last,” Quill said.", f"“We are home at last,” {second} said.")
    assert len(families(tellings)) == (1 if one else 2)


def test_sources_without_a_name_are_not_joined_by_having_none() -> None:
    body = (
        "“The lamp stays lit until they are home,” one neighbour said.\n\n"
        "A fire official said the hall was “full of smoke and salt.”\n\n"
        "“We had no water and no ladder that could reach the roof.”"
    )
    assert [family.variants[0].quotes for family in families(quoting(body))] == [(0,), (1, 2)]


def test_a_post_without_marks_is_one_with_its_cuts() -> None:
    post = "I know that you are young, but you are sailors, and a sailor ties a knot before he eats."
    tellings = quoting(
        f"“{post}” Quill wrote.",
        f"Quill wrote that “a sailor ties a knot before he eats.”\n\nRead the full post:\n\n{post}",
    )
    (family,) = families(tellings)
    assert [len(variant.quotes) for variant in family.variants] == [1, 2]


# ---- what is assembled


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([f"“{SAID}” Quill said."] * 2, SAID),
        # the longest holds the cut
        ([f"“{SAID}” Quill said.", "“We never lost sight of the light,” Quill said."], SAID),
        # two cuts that overlap go together
        (
            [
                "“We never lost sight of the light, and the crew sang.” Quill said.",
                "“Lost sight of the light, and the crew sang until the ferry came in at one.” Quill said.",
            ],
            "We never lost sight of the light, and the crew sang until the ferry came in at one.",
        ),
        # a mark for words left out is filled by the telling that prints them
        (
            [
                f"“{SAID}” Quill said.",
                "“We never lost sight of the light … until the ferry came in at one.” Quill said.",
            ],
            SAID,
        ),
    ],
)
def test_assembled(bodies: list[str], expected: str) -> None:
    tellings = quoting(*bodies)
    (family,) = families(tellings)
    assert WORD.findall(assembled(family, tellings).casefold()) == WORD.findall(expected.casefold())
    assert "[…]" not in assembled(family, tellings)


def test_a_gap_nobody_fills_stays_a_gap() -> None:
    body = "“We never lost sight of the light … until the ferry came in at one.” Quill said."
    tellings = quoting(body, body)
    (family,) = families(tellings)
    assert [piece.place is None for piece in family.fullest] == [False, True, False]


# ---- how variants differ


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s: s, []),
        (lambda s: s.replace("“", '"').replace("”", '"'), []),
        (lambda s: s.replace("sang", "slept"), [("changed", "slept", "sang")]),
        (lambda s: s.replace("harbour", "harbor"), [("spelling", "harbor", "harbour")]),
        (lambda s: s.replace("at one", "at 1"), [("spelling", "1", "one")]),
        (lambda s: s.replace(" crew sang", " sang"), [("omission", " ", "crew")]),
        (lambda s: s.replace("the crew sang until", "… until"), [("marked omission", ", and … ", "the crew sang")]),
        (lambda s: s.replace("light,", "light –"), [("punctuation", " – ", ", ")]),
        # where it begins later or ends sooner
        (lambda s: s.replace("We never lost sight of the ", "The "), [("cut", "", "We never lost sight of")]),
        (lambda s: s.replace(" until the ferry came in at one", ""), [("cut", "", "until the ferry came in at one")]),
    ],
)  # fmt: skip
def test_variations(change: object, expected: list[tuple[str, str, str]]) -> None:
    long = "“We never lost sight of the harbour light, and the crew sang until the ferry came in at one.” Quill said."
    tellings = quoting(long, long, change(long))  # type: ignore[operator]
    texts = {telling.id: telling.text for telling in tellings}
    (family,) = families(tellings)
    assert [variant.variations for variant in family.variants[:2]] == [(), ()]
    found = [
        (v.kind, v.variant.span.of(texts[v.variant.telling]), v.base.span.of(texts[v.base.telling]))
        for v in family.variants[2].variations
    ]
    if expected and expected[0][0] == "marked omission":
        assert [(kind, base) for kind, _, base in found] == [("marked omission", "the crew sang")]
    else:
        assert found == expected


def test_an_edit_in_the_first_words() -> None:
    tellings = quoting(f"“{SAID}” Quill said.", f"“{SAID.replace('never lost', 'never once lost')}” Quill said.")
    (family,) = families(tellings)
    kinds = [[v.kind for v in variant.variations] for variant in family.variants]
    assert kinds in ([["omission"], []], [[], ["insertion"]])


def test_words_that_two_variants_order_differently() -> None:
    """Words of one telling may stand in the assembled text in another order than on its page."""
    tellings = quoting(
        "“the The crew sang old songs until the wind dropped.” Quill said.",
        "“lost sight of the the until the wind dropped at.” Quill said.",
    )
    check(families(tellings), tellings)


# ---- laws: an invented utterance, printed by up to four tellings in whole, in part, broken off or reworded

LONG = re.findall(
    r"\S+",
    "We never lost sight of the light while the ferry turned. The crew sang old songs until the wind dropped at one. "
    "Nobody asked for the radio because nobody thought it would work. I held the lamp and my brother held the rope.",
)


@st.composite
def printed(draw: st.DrawFn) -> str:
    start = draw(st.integers(0, len(LONG) - 8))
    end = draw(st.integers(start + 6, len(LONG)))
    words = LONG[start:end]
    kind = draw(st.sampled_from(["whole", "changed", "dropped", "gap", "interrupted", "mixed"]))
    place = draw(st.integers(1, len(words) - 2))
    if kind == "changed":
        words[place] = draw(st.sampled_from(["boat", "never", "I", "night"]))
    elif kind == "dropped":
        del words[place]
    elif kind == "gap":
        words[place] = "…"
    elif kind == "interrupted":
        return f"“{' '.join(words[:place])},” Quill said. “{' '.join(words[place:])}.”"
    elif kind == "mixed":
        return f"Quill said that it was like this, “{' '.join(words)}”."
    return f"“{' '.join(words)}.” Quill said."


PILES = st.lists(printed(), min_size=1, max_size=4)


def check(found: tuple[Family, ...], tellings: tuple[Telling, ...]) -> None:
    by_id = {telling.id: telling for telling in tellings}
    for family in found:
        assert family.variants and len({variant.telling for variant in family.variants}) == len(family.variants)
        quoted = {
            variant.telling: [by_id[variant.telling].quotes[index].content for index in variant.quotes]
            for variant in family.variants
        }
        for piece in family.fullest:
            if piece.place is not None:
                # Every character of the assembled text is cited from a quotation of a variant.
                assert any(content.contains(piece.place.span) for content in quoted[piece.place.telling])
        gaps = [piece.place is None for piece in family.fullest]
        assert not any(a and b for a, b in pairwise(gaps))
        assert not gaps or not (gaps[0] or gaps[-1])
        for variant in family.variants:
            for variation in variant.variations:
                assert variation.variant.telling == variant.telling
                assert any(content.contains(variation.variant.span) for content in quoted[variant.telling])
                assert variation.base.telling in quoted
        if len(family.variants) == 1:
            assert family.variants[0].variations == ()


@settings(max_examples=120, deadline=None)
@given(PILES)
def test_laws(bodies: list[str]) -> None:
    tellings = quoting(*bodies)
    check(families(tellings), tellings)


@settings(max_examples=60, deadline=None)
@given(PILES)
@example(
    [
        "“We never lost sight of the.” Quill said.",
        "“lost sight of the light while.” Quill said.",
        "“lost sight,” Quill said. “of the light while.”",
    ]
)
def test_order_changes_nothing_in_who_belongs_together(bodies: list[str]) -> None:
    tellings = quoting(*bodies)
    expected = sets(families(tellings))
    for order in list(permutations(tellings))[1:5]:
        assert sets(families(order)) == expected


def vocabulary(found: tuple[Family, ...], tellings: tuple[Telling, ...]) -> set[str]:
    return {word.casefold() for family in found for word in WORD.findall(assembled(family, tellings))}


@settings(max_examples=80, deadline=None)
@given(PILES)
def test_removing_a_telling_leaves_no_trace_of_it(bodies: list[str]) -> None:
    tellings = quoting(*bodies)
    for gone in tellings:
        rest = tuple(telling for telling in tellings if telling is not gone)
        found = families(rest)
        check(found, rest)
        own = {
            word.casefold()
            for telling in rest
            for q in telling.quotes
            for word in WORD.findall(q.content.of(telling.text))
        }
        assert vocabulary(found, rest) <= own


@settings(max_examples=80, deadline=None)
@given(printed())
def test_a_variant_beside_itself_has_no_variations(body: str) -> None:
    tellings = quoting(body, body, body)
    for family in families(tellings):
        assert [variant.variations for variant in family.variants] == [()] * len(family.variants)


@pytest.mark.parametrize("gone", range(4))
def test_removing_a_telling_makes_the_assembled_text_no_longer(gone: int) -> None:
    """Where cuts overlap in a few words only, a gap may print those on both sides: no law, but these must hold."""
    tellings = quoting(
        "“We never lost sight of the.” Quill said.",
        "“We … lost sight of the.” Quill said.",
        "“We never lost sight of the.” Quill said.",
        "“never lost sight of the light while the ferry.” Quill said.",
    )
    rest = tuple(telling for index, telling in enumerate(tellings) if index != gone)
    found, fewer = families(tellings), families(rest)
    assert len(found) == len(fewer) == 1
    assert len(WORD.findall(assembled(fewer[0], rest))) <= len(WORD.findall(assembled(found[0], tellings)))


def test_what_goes_on_in_one_telling_is_what_families_make_of_it_alone() -> None:
    found = 0
    for document in read_paths([ROOT / "examples" / "ferry-fire" / "articles"])[0]:
        telling = annotate(document)
        alone = [family.variants[0].quotes for family in families((telling,))]
        assert sorted(within_one(telling)) == sorted(alone)
        found += len(alone)
    assert found > 40

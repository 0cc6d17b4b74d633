"""Near-duplicates, shared passages and origins: cases as tables, laws, and a slow obvious implementation."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.across import keys
from tellings.across.duplicates import near_duplicates
from tellings.across.origins import origins
from tellings.across.reuse import QUOTATION, REPEATS, REPORTING, passages
from tellings.model.records import (
    Attested,
    Block,
    BlockKind,
    Document,
    DocumentDate,
    Passage,
    Provenance,
    Quote,
    QuoteStatus,
    QuoteType,
    Story,
    Telling,
)
from tellings.model.text import Span, View
from tellings.pipeline import copied
from tellings.tell import shared_text
from tellings.tell.cite import Citations
from tellings.tell.copies import side_by_side

WHY = Provenance("test", "test")

FERRY = (
    "The ferry left the northern harbour shortly after dawn with forty passengers aboard. "
    "Its engine failed near the lighthouse, and a trawler towed it back before noon. "
    "Nobody was hurt, the harbour master told reporters, although two crates of oranges went overboard. "
    "An inspector will look at the fuel pump on Thursday and decide when the crossing may open again."
)
BAKERY = (
    "Three bakers in the valley have begun to sell bread by weight instead of by the loaf. "
    "Customers bring a cloth bag, choose a slice and watch the scales settle. "
    "The oldest of the shops tried the same idea during a flour shortage sixty years ago."
)
STATEMENT = "we searched every cabin twice and found only wet shoes and one very calm dog"


def telling(
    identifier: str,
    *blocks: str | tuple[BlockKind, str],
    status: QuoteStatus = "shown",
    quote_type: QuoteType = "direct",
) -> Telling:
    """A telling of `blocks` (paragraphs, or kind and text); whatever stands in “…” is a quotation of the given type."""
    text, found = "", []
    for block in blocks:
        kind: BlockKind = "paragraph" if isinstance(block, str) else block[0]
        content = block if isinstance(block, str) else block[1]
        start = len(text)
        text += content + "\n"
        found.append(Block(Span(start, len(text)), kind, WHY))
    quotes, start = [], text.find("“")
    while start >= 0:
        end = text.index("”", start)
        quotes.append(Quote(Span(start, end + 1), Span(start + 1, end), quote_type, status, WHY))
        start = text.find("“", end)
    document = Document(identifier, identifier, identifier, "text/plain", View.plain(text), DocumentDate(None, "", ""))
    return Telling(document, tuple(found), quotes=tuple(quotes))


def shown(tellings: Sequence[Telling]) -> list[tuple[str, int, str, str]]:
    """The passages of `tellings`: kind, words, and the characters on both sides."""
    texts = {entry.id: entry.text for entry in tellings}
    return [
        (p.kind, p.words, p.a.span.of(texts[p.a.telling]), p.b.span.of(texts[p.b.telling]))
        for p in passages(tuple(tellings))
    ]


# ---- keys ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The “Café” wasn’t open.", ["the", "cafe", "wasn't", "open"]),
        ("re\u0301sume\u0301 so\u00adlo zero\u200bwidth", ["resume", "solo", "zerowidth"]),
        ("U.N.-backed J.K. Marlow, 7 a.m.", ["un", "backed", "jk", "marlow", "7", "am"]),
        ("1,250 boats, 3.5 m; 12.", ["1250", "boats", "3.5", "m", "12"]),
        ("Straße ﬁne Øre", ["strasse", "fine", "øre"]),
        ("colour color", ["colour", "color"]),
        ("high-tide high tide", ["high", "tide", "high", "tide"]),
        ("— … ” _ '", []),
    ],
)
def test_words_in_normal_form(text: str, normal: list[str]) -> None:
    assert [word.normal for word in keys.words(text)] == normal


@settings(deadline=None)
@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    end = 0
    for word in keys.words(text):
        assert end <= word.start < word.end
        assert keys.normal_form(word.span.of(text)) == word.normal
        end = word.end
    assert not [character for character in text[end:] if character.isalnum()]


def test_shingles_are_the_same_in_every_run() -> None:
    # Pinned: stored keys must stay readable by later runs and other machines.
    assert list(keys.shingles(["the", "ferry", "left", "the", "harbour", "early"])) == [
        1389341784544940653,
        1421485434002654160,
    ]
    assert list(keys.shingles(["too", "short"])) == []
    with pytest.raises(ValueError, match="at least 1 word"):
        keys.shingles(["word"], 0)


def test_the_words_of_a_text_are_kept_but_for_those_of_a_long_one() -> None:
    short, long = "The ferry left the harbour early. ", "The ferry left the harbour early. " * 1000
    assert keys.word_table(short) is keys.word_table(short, [Span(0, len(short))])
    assert keys.word_table(long) is not keys.word_table(long)
    for text in (short, long):
        table = keys.word_table(text)
        assert table.shingles == keys.shingles(table.normal)
        assert table.fingerprints == keys.fingerprints(table.shingles)


@settings(deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=30), st.integers(1, 6))
def test_rolled_hashes_equal_hashes_of_single_shingles(normal: list[str], size: int) -> None:
    rolled = keys.shingles(normal, size)
    assert list(rolled) == [keys.shingles(normal[i : i + size], size)[0] for i in range(len(normal) - size + 1)]


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=20), st.lists(st.integers(0, 9), max_size=20), st.integers(1, 6))
def test_winnowing_keeps_a_fingerprint_of_every_shared_window(a: list[int], b: list[int], window: int) -> None:
    windows = [{tuple(x[i : i + window]) for i in range(len(x) - window + 1)} for x in (a, b)]
    if windows[0] & windows[1]:
        assert keys.fingerprints(a, window) & keys.fingerprints(b, window)


def test_candidate_pairs_are_bounded() -> None:
    held = {f"{number:04}": {1, 2} for number in range(500)}
    found = keys.pairs(held)
    assert len(found) <= 500 * keys.NEIGHBOURS
    assert found["0000", "0001"] == 2
    assert keys.pairs({"a": {1}, "b": {1, 2}, "c": {2}, "d": {3}}) == {("a", "b"): 1, ("b", "c"): 1}


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_alignment_tiles_both_sides_and_keeps_most_equal(a: list[str], b: list[str]) -> None:
    at_a = at_b = equal = 0
    for op, a1, a2, b1, b2 in keys.align(a, b):
        assert (a1, b1) == (at_a, at_b)
        at_a, at_b = a2, b2
        if op == "equal":
            assert a[a1:a2] == b[b1:b2]
            equal += a2 - a1
        else:
            assert op == {(True, True): "replace", (True, False): "delete", (False, True): "insert"}[a2 > a1, b2 > b1]
    assert (at_a, at_b) == (len(a), len(b))
    longest = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, word_a in enumerate(a):
        for j, word_b in enumerate(b):
            step = longest[i][j] + 1 if word_a == word_b else max(longest[i][j + 1], longest[i + 1][j])
            longest[i + 1][j + 1] = step
    assert equal == longest[-1][-1]


# ---- near-duplicates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (FERRY, FERRY.upper(), "identical"),
        (FERRY, FERRY[: len(FERRY) // 2], "truncated"),
        (f"{BAKERY} {FERRY} {BAKERY}", FERRY, "contained"),
        (FERRY, FERRY.replace("forty", "fifty").replace("Thursday", "Friday"), "near-duplicate"),
        (FERRY, f"{FERRY} More to follow in our evening edition.", "near-duplicate"),
        (FERRY, BAKERY, None),
        (FERRY, f"{BAKERY} {FERRY[:120]}", None),
        ("Ferry towed back to harbour", "Ferry towed back to harbour!", "identical"),
        ("Ferry towed back to harbour", "Ferry towed back to port", None),
        ("Ferry towed back.", f"Ferry towed back. {BAKERY}", None),
        ("Ferry", "Ferry", None),
        ("", "", None),
    ],
)
def test_near_duplicates_by_rule(first: str, second: str, rule: str | None) -> None:
    found = near_duplicates((telling("b", first), telling("a", second)))
    assert [(pair.a, pair.b, pair.provenance.rule) for pair in found] == ([("a", "b", rule)] if rule else [])


def test_near_duplicate_measures() -> None:
    (pair,) = near_duplicates((telling("a", FERRY), telling("b", FERRY[: FERRY.index("Nobody")])))
    words, cut = len(keys.words(FERRY)), len(keys.words(FERRY[: FERRY.index("Nobody")]))
    assert pair.containment == 1.0
    assert pair.resemblance == pytest.approx((cut - 4) / (words - 4))


def test_a_few_equal_words_under_two_titles_are_no_copy() -> None:
    def titled(identifier: str, title: str) -> Telling:
        told = telling(identifier, "Please sign in to read on")
        return replace(told, document=replace(told.document, title=Attested(title, "title")))

    assert near_duplicates((titled("a", "Ferry towed back"), titled("b", "Bread by weight"))) == ()
    (pair,) = near_duplicates((titled("a", "Ferry towed back"), titled("b", "FERRY TOWED BACK")))
    assert (pair.containment, pair.resemblance, pair.provenance.rule) == (1.0, 1.0, "identical")


LICENCE = (
    "All items on these pages come from the Ostrel wire desk and are lent to subscribers for one year only. Nobody may "
    "print, store or sell them again before the desk agrees by letter, and a fee is due for every copy that is made."
)
BRIEFS = (
    "The ferry to Skerry stayed in harbour on Monday because of fog, and forty passengers slept in the church hall.",
    "A cow fell through the roof of the bakery at Merrin, and firemen lifted it out with a crane before lunch.",
    "Herring fetched two crowns a barrel this week, the lowest price since the auction opened, fishermen said.",
    "Nora Quill won the chess cup with nine points, ahead of two grandmasters and last year's champion.",
)


@pytest.mark.parametrize("count", [3, 4])
@pytest.mark.parametrize("at_end", [True, False])
def test_stock_text_makes_no_copies_of_unrelated_briefs(count: int, at_end: bool) -> None:
    pile = [telling(str(n), *((text, LICENCE) if at_end else (LICENCE, text))) for n, text in enumerate(BRIEFS[:count])]
    found = copied(pile)
    assert (found.near_duplicates, found.passages) == ((), ())
    assert len(found.origins) == count
    # A copy of one of them is a copy all the same.
    again = copied([*pile, telling("9", BRIEFS[0], LICENCE)])
    assert [(pair.a, pair.b) for pair in again.near_duplicates] == [("0", "9")]


def test_a_report_with_several_beginnings_is_no_stock_text() -> None:
    ledes = (
        "Passengers of the northern ferry came home late after its engine failed.",
        "A trawler took the disabled ferry in tow near the lighthouse this morning.",
        "Oranges drifted ashore by the harbour after trouble aboard the ferry.",
    )
    found = copied([telling(str(n), lede, FERRY) for n, lede in enumerate(ledes)])
    assert len(found.near_duplicates) == 3
    assert found.origins == (("0", "1", "2"),)
    # Nor where the beginnings are about something else, and another printed the report alone.
    found = copied([*(telling(str(n), text, LICENCE) for n, text in enumerate(BRIEFS[:3])), telling("9", LICENCE)])
    assert len(found.origins) == 1


def test_residue_is_not_compared() -> None:
    assert near_duplicates((telling("a", FERRY, ("boilerplate", BAKERY)), telling("b", ("related", BAKERY)))) == ()
    (pair,) = near_duplicates((telling("a", FERRY, ("boilerplate", BAKERY)), telling("b", ("credit", "Wire"), FERRY)))
    assert pair.provenance.rule == "identical"


def test_one_long_statement_does_not_make_two_reports_near_duplicates() -> None:
    long = f"“{STATEMENT} {BAKERY} {BAKERY.lower()}”"
    a = telling("a", f"Rescuers came home on Monday evening, tired yet unharmed. {long}")
    b = telling("b", f"A night at sea ended well, and the skipper wrote to her crew. {long}")
    assert near_duplicates((a, b)) == ()
    assert [kind for kind, *_ in shown((a, b))] == ["quotation"]
    # The same words outside quotation marks are reporting, and then most of both texts is shared.
    plain = [telling(entry.id, entry.text.replace("“", "").replace("”", "")) for entry in (a, b)]
    assert len(near_duplicates(tuple(plain))) == 1


# ---- passages --------------------------------------------------------------------------------

LOAF = "bread is sold by weight here, and nobody in the valley objects"
EIGHT = "engine failed near the lighthouse before anyone noticed"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (f"Its {EIGHT}.", f"Our {EIGHT}!", [("reporting", 8, EIGHT, EIGHT)]),
        (
            "Its engine failed near the lighthouse before anyone",
            "Our engine failed near the lighthouse before noon",
            [],
        ),
        (  # one changed word, with too few words on one side of it to be found alone
            f"Early on, {EIGHT} the red smoke.",
            f"They say {EIGHT} that red smoke.",
            [("reporting", 8, EIGHT, EIGHT)],
        ),
        (
            f"Early on, {EIGHT} the red smoke rising.",
            f"They say {EIGHT} that red smoke rising.",
            [("reporting", 11, f"{EIGHT} the red smoke rising", f"{EIGHT} that red smoke rising")],
        ),
        (  # spelling, marks and a word left out
            "Then the grey harbour wall cracked, and water ran over the old quay all night",
            "Yet the gray harbor wall cracked – and water ran over the quay all night",
            [
                (
                    "reporting",
                    10,
                    "wall cracked, and water ran over the old quay all night",
                    "wall cracked – and water ran over the quay all night",
                )
            ],
        ),
        (  # a whole new sentence parts two passages
            f"So the {EIGHT}. It was still quite dark outside then. {LOAF}.",
            f"Why the {EIGHT}. {LOAF}!",
            [("reporting", 9, f"the {EIGHT}", f"the {EIGHT}"), ("reporting", 12, LOAF, LOAF)],
        ),
        (  # a name alone is written alike by everyone
            "the Royal Society for the Protection of Northern Seas and Islands said",
            "at the Royal Society for the Protection of Northern Seas and Islands today",
            [],
        ),
        (
            f"“{STATEMENT[:28]}” he said",
            f"She heard “{STATEMENT[:28]}”",
            [("quotation", 5, *[STATEMENT[:28].strip()] * 2)],
        ),
        (f"{STATEMENT[:28]} he said", f"She heard {STATEMENT[:28]}", []),
    ],
)
def test_passages(first: str, second: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert shown((telling("a", first), telling("b", second))) == expected


CUE = "the harbour master told a small crowd outside her office"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # A stretch of both kinds is cut at the quotation's edges.
        (f"“{STATEMENT},” {CUE}.", f"“{STATEMENT}”, {CUE}.", [("quotation", STATEMENT), ("reporting", CUE)]),
        # Too little of one kind: that part is not reported, the other is.
        (f"“{STATEMENT},” she told us.", f"“{STATEMENT}”, she told us.", [("quotation", STATEMENT)]),
        # A cue that interrupts a quotation belongs to it.
        (
            f"“{STATEMENT},” he said. “{STATEMENT[::-1]}”",
            f"“{STATEMENT},” he said. “{STATEMENT[::-1]}”",
            [("quotation", f"{STATEMENT},” he said. “{STATEMENT[::-1]}")],
        ),
        # A few quoted words do not cut a sentence that is shared as a whole.
        (
            f"{CUE} of “calm dogs” and wet shoes",
            f"{CUE} of “calm dogs” and wet shoes",
            [("reporting", f"{CUE} of “calm dogs” and wet shoes")],
        ),
        # Quoted in one telling only.
        (f"“{STATEMENT}”", STATEMENT, [("reporting", STATEMENT)]),
    ],
)
def test_quotation_and_reporting(first: str, second: str, expected: list[tuple[str, str]]) -> None:
    assert [(kind, text) for kind, _, text, _ in shown((telling("a", first), telling("b", second)))] == expected


@pytest.mark.parametrize(
    ("status", "quote_type", "kind"),
    [
        ("shown", "direct", "quotation"),
        ("unsure", "mixed", "quotation"),
        ("not-a-statement", "direct", "reporting"),
        ("shown", "indirect", "reporting"),
    ],
)
def test_only_statements_in_marks_are_quotations(status: QuoteStatus, quote_type: QuoteType, kind: str) -> None:
    pair = [telling(name, f"“{STATEMENT}”", status=status, quote_type=quote_type) for name in "ab"]
    assert [found for found, *_ in shown(pair)] == [kind]


def test_residue_parts_passages_and_is_no_part_of_them() -> None:
    head, tail = FERRY[:84], FERRY[85:164]
    a = telling("a", head, ("promotion", "Read our newsletter about boats and harbours every morning"), tail)
    b = telling("b", head, tail, ("promotion", "Read our newsletter about boats and harbours every morning"))
    assert [text for _, _, text, _ in shown((a, b))] == [head[:-1], tail[:-1]]


def test_a_passage_that_one_telling_repeats_is_shown_at_each_place() -> None:
    found = passages((telling("a", CUE), telling("b", CUE, BAKERY, CUE)))
    assert [passage.b.span.start for passage in found] == [0, len(CUE) + len(BAKERY) + 2]


def test_endless_repetition_stays_cheap() -> None:
    # Every place pairs with every other: looked at one by one, 20,000 words would make 400 million runs.
    a, b = telling("a", "boat " * 20_000 + FERRY), telling("b", FERRY + " boat" * 20_000)
    found = passages((a, b))
    assert len(found) <= REPEATS * REPEATS
    assert any(FERRY[:-1] in passage.a.span.of(a.text) for passage in found)


# ---- laws ------------------------------------------------------------------------------------

WORDS = st.sampled_from(["amber", "basil", "cedar", "delta", "ember", "fjord"])
SMALL_TEXTS = st.lists(st.lists(WORDS, max_size=45).map(" ".join), min_size=2, max_size=4)


@st.composite
def mixed_texts(draw: st.DrawFn) -> list[str]:
    """Texts put together from a few common sentences and words of their own, with quotation marks here and there."""
    pool = [*FERRY.split(". "), *BAKERY.split(". "), f"“{STATEMENT}”", f"“{CUE}” she wrote. “{EIGHT}”"]
    texts = []
    for _ in range(draw(st.integers(2, 4))):
        pieces = draw(st.lists(st.sampled_from(pool) | st.lists(WORDS, max_size=6).map(" ".join), max_size=6))
        texts.append(". ".join(pieces))
    return texts


def normal_of(passage: Passage, side: str, texts: dict[str, str]) -> list[str]:
    place = passage.a if side == "a" else passage.b
    return [word.normal for word in keys.words(place.span.of(texts[place.telling]))]


@settings(deadline=None)
@given(SMALL_TEXTS | mixed_texts())
def test_counted_words_are_equal_on_both_sides(texts: list[str]) -> None:
    tellings = tuple(telling(str(number), text) for number, text in enumerate(texts))
    by_id = {entry.id: entry.text for entry in tellings}
    for passage in passages(tellings):
        assert passage.a.telling < passage.b.telling
        a, b = normal_of(passage, "a", by_id), normal_of(passage, "b", by_id)
        assert (a[0], a[-1]) == (b[0], b[-1])
        equal = sum(edit.a2 - edit.a1 for edit in keys.align(a, b) if edit.op == "equal")
        assert equal >= passage.words >= (QUOTATION if passage.kind == "quotation" else REPORTING)
        if passage.provenance.rule == "verbatim":
            assert a == b
            assert len(a) == passage.words
        for place in (passage.a, passage.b):
            edges = {edge for word in keys.words(by_id[place.telling]) for edge in (word.start, word.end)}
            assert {place.span.start, place.span.end} <= edges


@settings(deadline=None)
@given(mixed_texts(), st.randoms(use_true_random=False))
def test_order_of_tellings_changes_nothing(texts: list[str], random: Random) -> None:
    tellings = [telling(str(number), text) for number, text in enumerate(texts)]
    results = []
    for _ in range(2):
        ordered = tuple(tellings)
        pairs, shared = near_duplicates(ordered), passages(ordered)
        results.append((pairs, shared, origins(ordered, pairs, shared)))
        random.shuffle(tellings)
    assert results[0] == results[1]


@settings(deadline=None)
@given(SMALL_TEXTS)
def test_slow_comparison_of_all_pairs_finds_the_same(texts: list[str]) -> None:
    tellings = tuple(telling(str(number), text) for number, text in enumerate(texts))
    covered: dict[tuple[str, str, str], set[int]] = {}
    for passage in passages(tellings):
        for place in (passage.a, passage.b):
            where = (passage.a.telling, passage.b.telling, place.telling)
            covered.setdefault(where, set()).update(range(place.span.start, place.span.end))
    for a in tellings:
        for b in tellings:
            if a.id >= b.id:
                continue
            words_a, words_b = keys.words(a.text), keys.words(b.text)
            normal_a, normal_b = [word.normal for word in words_a], [word.normal for word in words_b]
            longest = SequenceMatcher(None, normal_a, normal_b, autojunk=False).find_longest_match().size
            assert (a.id, b.id, a.id) not in covered or longest >= keys.SHINGLE
            for i in range(len(normal_a) - REPORTING + 1):
                for j in range(len(normal_b) - REPORTING + 1):
                    if normal_a[i : i + REPORTING] == normal_b[j : j + REPORTING]:
                        last_a, last_b = words_a[i + REPORTING - 1], words_b[j + REPORTING - 1]
                        assert covered[a.id, b.id, a.id] >= set(range(words_a[i].start, last_a.end))
                        assert covered[a.id, b.id, b.id] >= set(range(words_b[j].start, last_b.end))


@settings(deadline=None)
@given(st.data(), st.integers(8, 40), st.integers(0, 30), st.integers(0, 30))
def test_a_planted_passage_is_found_exactly(data: st.DataObject, size: int, before: int, after: int) -> None:
    planted = " ".join(f"planted{data.draw(st.integers(0, 10**6))}x{number}" for number in range(size))
    tellings, starts = [], []
    for name in "ab":
        head = "".join(f"{name}head{number}, " for number in range(before if name == "a" else after))
        tail = "".join(f"; {name}tail{number}" for number in range(after))
        starts.append(len(head))
        tellings.append(telling(name, head + planted + tail))
    (passage,) = passages(tuple(tellings))
    assert passage.words == size
    for place, start in zip((passage.a, passage.b), starts, strict=True):
        assert place.span == Span(start, start + len(planted))


@settings(deadline=None)
@given(mixed_texts())
def test_removing_a_telling_removes_its_trace_only(texts: list[str]) -> None:
    tellings = tuple(telling(str(number), text) for number, text in enumerate(texts))
    kept = tellings[1:]
    assert passages(kept) == tuple(p for p in passages(tellings) if tellings[0].id not in (p.a.telling, p.b.telling))
    assert near_duplicates(kept) == tuple(p for p in near_duplicates(tellings) if tellings[0].id not in (p.a, p.b))


@settings(deadline=None)
@given(mixed_texts(), st.permutations(range(40)), st.randoms(use_true_random=False))
def test_two_tellings_stand_side_by_side_as_they_are_asked_for(
    texts: list[str], names: list[int], random: Random
) -> None:
    tellings = [telling(f"{name:02}", text) for name, text in zip(names, (*texts, texts[0]), strict=False)]
    random.shuffle(tellings)  # the story's own order, which has nothing to do with ids
    story = Story(tuple(tellings), passages=passages(tuple(tellings)))
    for a, b in permutations(tellings, 2):
        found, turned = side_by_side(story, a.id, b.id), side_by_side(story, b.id, a.id)
        assert found.names == (a.id, b.id)
        for entry, pieces in ((a, found.first), (b, found.second)):
            assert [piece.exact for piece in pieces] == [piece.span.of(entry.text) for piece in pieces]
            assert "".join(piece.exact for piece in pieces) == entry.text
        for left, right in found.passages:
            assert keys.words(a.text, (left,))[0].normal == keys.words(b.text, (right,))[0].normal
        for number in range(1, len(found.passages) + 1):
            same = [
                [
                    word.normal
                    for piece in side
                    if piece.passage == number and piece.side == "same"
                    for word in keys.words(piece.exact)
                ]
                for side in (found.first, found.second)
            ]
            assert same[0] == same[1]
        assert found.shared == turned.shared[::-1]


@settings(deadline=None)
@given(mixed_texts(), st.permutations(range(40)))
def test_a_line_of_shared_text_begins_with_the_telling_that_stands_first(texts: list[str], names: list[int]) -> None:
    tellings = tuple(telling(f"{name:02}", text) for name, text in zip(names, texts, strict=False))
    citations = Citations.of(Story(tellings, passages=passages(tellings)))
    by_label = {citations.labels[each.id]: each for each in tellings}
    for line in shared_text.passages(citations):
        assert line.a.telling < line.b.telling
        for side in (line.a, line.b):
            assert by_label[side.telling].text[side.start : side.end] == side.exact


# ---- origins ---------------------------------------------------------------------------------


def origins_of(*tellings: Telling) -> tuple[tuple[str, ...], ...]:
    return origins(tellings, near_duplicates(tellings), passages(tellings))


@pytest.mark.parametrize(("text", "left"), [(FERRY, ["."]), (FERRY[:-1], [])])
def test_nothing_stands_behind_a_passage_that_ends_the_text(text: str, left: list[str]) -> None:
    block = (Block(Span(0, len(text)), "paragraph", WHY),)
    tellings = tuple(
        Telling(Document(name, name, name, "text/plain", View.plain(text), DocumentDate(None, "", "")), block)
        for name in "ab"
    )
    found = side_by_side(Story(tellings, passages=passages(tellings)), "a", "b")
    assert [(piece.exact, piece.side) for piece in found.first] == [
        (FERRY[:-1], "same"),
        *((rest, "only") for rest in left),
    ]


def test_copies_are_one_origin_and_quotations_are_not() -> None:
    assert origins_of(telling("b", FERRY), telling("a", f"{FERRY} More later."), telling("c", BAKERY)) == (
        ("a", "b"),
        ("c",),
    )
    quoting = [telling(name, f"{text} “{STATEMENT}”") for name, text in (("a", FERRY[:60]), ("b", BAKERY[:60]))]
    assert passages(tuple(quoting))
    assert origins_of(*quoting) == (("a",), ("b",))
    # Nor where only one telling marks the words as quoted.
    half = telling("b", f"{BAKERY[:60]} {STATEMENT}")
    assert passages((quoting[0], half))
    assert origins_of(quoting[0], half) == (("a",), ("b",))
    # Unmarked in both, the same words are reporting that covers more than 30 % of each.
    assert origins_of(telling("a", f"{FERRY[:60]} {STATEMENT}"), half) == (("a", "b"),)


def test_origins_join_by_share_of_the_smaller_telling() -> None:
    own = " ".join(f"word{number}" for number in range(200))
    brief = f"{CUE} what she had seen from the old quay that night"  # 20 words
    assert [len(keys.words(text)) for text in (CUE, brief)] == [10, 20]
    # 10 of 20 words of the smaller, 10 of 210 of the larger.
    assert origins_of(telling("a", f"{own} {CUE}"), telling("b", brief)) == (("a", "b"),)
    # 10 of 110 words of the smaller.
    assert origins_of(telling("a", f"{own} {CUE}"), telling("b", f"{CUE} {own[:700].upper()[::-1]}")) == (
        ("a",),
        ("b",),
    )


def test_origins_are_connected_components() -> None:
    a, b, c = telling("a", FERRY), telling("b", f"{FERRY} {BAKERY}"), telling("c", BAKERY)
    assert origins_of(c, a, b) == (("a", "b", "c"),)
    assert origins_of(c, a) == (("a",), ("c",))
    assert origins((), (), ()) == ()


def test_evaluation_says_that_data_is_absent(tmp_path: Path) -> None:
    script = Path(__file__).parent.parent / "eval" / "copies.py"
    result = subprocess.run([sys.executable, script, "--data", tmp_path], capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "data absent" in result.stderr

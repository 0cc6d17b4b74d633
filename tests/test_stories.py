"""Stories: sorting a pile, growing it, decisions, names that stay, and the command."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_stories import plain_stories

from tellings.across import stories as sorting
from tellings.across.stories import Stories
from tellings.across.stories import grouping as stories_grouping
from tellings.across.stories import index as stories_index
from tellings.across.stories import ranked as stories_ranked
from tellings.across.stories.casts import cast_of, two_casts
from tellings.across.stories.grouping import Grouping
from tellings.across.stories.linkage import average_linkage
from tellings.across.stories.pairs import features, logit
from tellings.across.stories.running import running_stories
from tellings.across.stories.shelf import Memory
from tellings.across.stories.sketch import Sketch, sketch
from tellings.across.word_vectors import cosine
from tellings.edge.store import shelf as store_shelf
from tellings.edge.store.schema import MIGRATIONS
from tellings.edge.store.shelf import StoredShelf
from tellings.model.records import Document, DocumentDate, StoryDecision
from tellings.model.regression import logistic
from tellings.model.text import View
from tellings.pipeline import sketched
from tellings.tell.stories import named_by_overlap

FERRY = (
    (
        "Ferry fire injures twelve off Port Averley",
        "Twelve people were hurt when fire broke out on the ferry Saint Orla.",
    ),
    ("Twelve hurt in Saint Orla ferry fire", "A fire in the engine room of the ferry Saint Orla hurt twelve people."),
    (
        "Fire aboard ferry Saint Orla hurts twelve",
        "The ferry Saint Orla caught fire off Port Averley; twelve were hurt.",
    ),
)
MILL = (
    ("Merrin mill to close in June", "The paper mill at Merrin will close in June, its owner Hallan Paper said."),
    ("Hallan Paper closes Merrin mill", "Hallan Paper will close its mill at Merrin in June and shed ninety jobs."),
)


def pile(*stories: tuple[tuple[str, str], ...]) -> list[Sketch]:
    found = []
    for number, story in enumerate(stories):
        for index, (title, text) in enumerate(story):
            found.append(sketch(f"{number}{index}", title, text, date(2024, 5, 1 + index)))
    return found


def stored_shelf(remembered: int) -> StoredShelf:
    """A shelf in a store of its own, which keeps so many values of a kind in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for migrate in MIGRATIONS:
        migrate(connection)
    with pytest.MonkeyPatch.context() as patch:
        for most in ("_VALUES", "_RANKS", "_SKETCHES"):
            patch.setattr(store_shelf, most, remembered)
        return StoredShelf(connection)


def sorted_into(sketches: list[Sketch], *decisions: StoryDecision, size: int = 100) -> tuple[tuple[str, ...], ...]:
    stories = Stories(decisions)
    for start in range(0, len(sketches), size):
        stories.add(sketches[start : start + size])
    return stories.groups()


def test_two_stories_are_two() -> None:
    assert sorted_into(pile(FERRY, MILL)) == (("00", "01", "02"), ("10", "11"))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_pile_that_grows_falls_into_the_same_stories(size: int) -> None:
    mixed = [found for pair in zip(pile(FERRY, MILL), reversed(pile(FERRY, MILL)), strict=True) for found in pair]
    unique = list({found.id: found for found in mixed}.values())
    grown, at_once = sorted_into(unique, size=size), sorted_into(unique)
    assert {frozenset(group) for group in grown} == {frozenset(group) for group in at_once}


TOWNS = ("Varlo", "Hessen", "Odby", "Skell")


@st.composite
def piles(draw: st.DrawFn) -> list[Sketch]:
    """Tellings of a few like events in several towns on a few days, some without a day, some short."""
    found = []
    for number in range(draw(st.integers(2, 14))):
        town, what = draw(st.sampled_from(TOWNS)), draw(st.sampled_from(["mill", "ferry", "school"]))
        told = draw(
            st.lists(st.sampled_from(["Two hurt.", "Crews fought it.", "The roof fell.", "No cause."]), max_size=4)
        )
        day = draw(st.sampled_from([date(2024, 5, 1), date(2024, 5, 2), date(2024, 6, 9), None]))
        found.append(
            sketch(f"{number:02}", f"Fire at {what} in {town}", f"The {what} at {town} burned. {' '.join(told)}", day)
        )
    return found


@given(piles(), st.randoms(use_true_random=False), st.integers(1, 5), st.booleans())
@settings(max_examples=40, deadline=None)
def test_neither_the_order_nor_the_steps_of_arrival_change_the_stories(
    sketches: list[Sketch], random: Random, size: int, crowded: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if crowded:  # as in a pile so large that words lead to few of their holders
            patch.setattr(stories_index, "WITHIN", 1)
            patch.setattr(stories_ranked, "COMPARED", 2)
        at_once = sorted_into(sketches)
        random.shuffle(sketches)
        stories = Stories()
        for start in range(0, len(sketches), size):
            stories.add(sketches[start : start + size])
            if random.random() < 0.5:
                stories.groups()  # looked at or not
        assert stories.groups() == at_once == sorted_into(sketches)


@pytest.mark.parametrize("crowded", [False, True])
def test_what_is_compared_is_found_anew_or_kept_alike(crowded: bool) -> None:
    sketches = [
        sketch(
            f"{n:03}",
            f"Fire at {('mill', 'ferry')[n % 2]} in {TOWNS[n % 4]}",
            f"It burned {n} hours.",
            date(2024, 5, 1 + n % 28),
        )
        for n in range(120)
    ]
    with pytest.MonkeyPatch.context() as patch:
        if crowded:
            patch.setattr(stories_index, "WITHIN", 5)
        whole = stories_index.Index()
        whole.add(sketches)
        for order in (sketches[::-1], sketches[::2] + sketches[1::2]):
            grown = stories_index.Index()
            for each in order:
                grown.add([each])
            assert all(set(grown.nearest(each.id)) == set(whole.nearest(each.id)) for each in sketches)


@pytest.mark.parametrize(("within", "compared"), [(30, 24), (4, 3), (1, 2)])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_compared_does_not_depend_on_batches(within: int, compared: int, seed: int) -> None:
    # Batches of several put more than one newcomer between two that were near, again and again.
    random = Random(seed)
    sketches = [
        sketch(
            f"{random.random()}",
            f"{random.choice(('Fire', 'Flood', 'Vote'))} in {random.choice(TOWNS)}",
            " ".join(random.choices(WORDS, k=6)),
            random.choice((date(2024, 5, 1), date(2024, 5, 2), None)),
        )
        for _ in range(150)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories_index, "WITHIN", within)
        patch.setattr(stories_ranked, "COMPARED", compared)
        patch.setattr(stories_ranked, "_RANKED", 2 * compared)
        whole, grown = stories_index.Index(), stories_index.Index()
        whole.add(sketches)
        left = random.sample(sketches, len(sketches))
        known: dict[str, set[str]] = {}
        while left:
            size = random.choice((1, 2, 7, 30))
            changed = grown.add(left[:size])
            left = left[size:]
            # What is not said to have changed has not.
            now = {identifier: grown.nearest(identifier) for identifier in grown.sketches}
            assert all(now[identifier] == found for identifier, found in known.items() if identifier not in changed)
            known = now
        assert known == {each.id: whole.nearest(each.id) for each in sketches}


def test_that_not_all_are_ranked_any_longer_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories_ranked, "COMPARED", 1)
    monkeypatch.setattr(stories_ranked, "_RANKED", 2)
    told = ("alder birch cedar", "alder birch cedar", "alder birch cedar", "alder maple rowan aspen larch")
    sketches = [sketch(f"{n}", "", words, date(2024, 5, 1 + n)) for n, words in enumerate(told)]
    shelf = stored_shelf(100)
    stories_index.Index(shelf).add(sketches[:3])
    shelf.flush()
    assert shelf.ranked["0"].whole
    stories_index.Index(shelf).add(sketches[3:])
    shelf.flush()
    shelf.forget()
    assert not shelf.ranked["0"].whole


def test_the_pairs_compared_grow_in_proportion() -> None:
    def compared(size: int) -> int:
        told = [
            sketch(f"{n}", f"Fire at mill {n % 9}", f"It burned in {TOWNS[n % 4]} again.", date(2024, 5, 1 + n % 28))
            for n in range(size)
        ]
        asked = 0

        def alike(a: int, b: int) -> float:
            nonlocal asked
            asked += 1
            return cosine(told[a].body, told[b].body)

        pairs = stories_index.candidate_pairs(told)
        average_linkage(size, [(a, b, alike(a, b)) for a, b in pairs], alike, 0.3)
        return asked

    few, many = compared(300), compared(1200)
    assert few > 300 and many < 5 * few


ELSEWHERE = (
    "A fire broke out in the {what} at {town} on Tuesday night, and two people were hurt, said {chief} of the brigade. "
    "Nobody knows how it began. The owner, {owner}, was away in {far}, and {guard} had seen smoke from {street}."
)
HERE = {
    "what": "mill",
    "town": "Varlo",
    "chief": "Ida Brenn",
    "owner": "Per Monk",
    "far": "Ostrel",
    "guard": "Olaf Tunn",
}
THERE = {
    "what": "school",
    "town": "Hessen",
    "chief": "Tom Vikar",
    "owner": "Rosa Welt",
    "far": "Haldby",
    "guard": "Nils Orre",
}


@pytest.mark.parametrize(("days", "expected"), [((1, 1), 2), ((1, 2), 2)])
def test_two_like_events_of_one_day_are_two_stories(days: tuple[int, int], expected: int) -> None:
    sketches = [
        sketch(f"{town['town']}{lead}", "", f"{lead} {ELSEWHERE.format(**town, street=street)}", date(2024, 5, day))
        for town, street, day in ((HERE, "Quayside Row", days[0]), (THERE, "Hilltop Road", days[1]))
        for lead in ("The night was dry.", "Crews came from all sides.")
    ]
    assert len(sorted_into(sketches)) == expected
    first, second = sketches[:2], sketches[2:]
    assert two_casts(first, second, cast_of) and not two_casts(first, first, cast_of)
    later = [replace(each, day=date(2024, 7, 1)) for each in second]
    assert not two_casts(first, later, cast_of)
    # A person's word goes before it.
    assert len(sorted_into(sketches, StoryDecision("same", first[0].id, second[0].id))) == 1


@pytest.mark.parametrize(
    "head", ["", "Date: 2021-03-14\n\n", "Source: The Varlo Post\nDate: 14 March 2021\n\n", "DATE 2021-03-14\n\n"]
)
def test_a_head_is_no_headline(head: str) -> None:
    told = "Ida Brenn opened the bridge at Varlo. Boats hooted.\n\nIt had been shut since March."
    bare, headed = (document_of(f"{each}{told}") for each in ("", head))
    assert sketched(headed) == sketched(bare)
    titled = sketched(document_of(f"{head}Varlo bridge opens: boats hoot\n\n{told}"))
    assert set(titled.title) == {"varlo", "bridge", "open", "boat", "hoot"}


def document_of(text: str) -> Document:
    return Document("id", "id", "id", "text/plain", View.plain(text), DocumentDate(None, "", "none"))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        # Three members of the first story on average, against the one pair with the second: .30 to .12.
        ({1: 0.3, 2: 0.3, 3: 0.3, 5: 0.24}, {0, 1, 2, 3, 4}),
        # .30 to .20: not clearly nearer.
        ({1: 0.3, 2: 0.3, 3: 0.3, 5: 0.4}, {0}),
        # Near to nobody.
        ({1: 0.14, 2: 0.14, 3: 0.14}, {0}),
    ],
)
@pytest.mark.parametrize("parted", [False, True])
def test_one_alone_joins_the_story_it_is_clearly_nearest_to(
    scores: dict[int, float], expected: set[int], parted: bool
) -> None:
    def alike(a: Sketch, b: Sketch) -> float:
        one, other = sorted((int(a.id), int(b.id)))
        return scores.get(other, 0.0) if one == 0 else 0.9 if (one < 5) == (other < 5) else 0.0

    said = [StoryDecision("apart", "0", "2")] if parted else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "score_of", alike)
        stories = Stories(said)
        stories.add([sketch(f"{n}", "", "The mill burned.", date(2024, 5, 1)) for n in range(7)])
    assert set(map(int, stories.story("0"))) == ({0} if parted else expected)


@pytest.mark.parametrize("parted", [True, False])
@pytest.mark.parametrize("order", ["0123456", "6543210", "0612345"])
def test_of_two_alone_that_are_held_apart_one_joins(parted: bool, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Two alone, the first and the last, are near to one story, and not to each other.
    monkeypatch.setattr(sorting, "score_of", lambda a, b: (0.9, 0.3, 0.0)[len({a.id, b.id} & {"0", "6"})])
    stories = Stories([StoryDecision("apart", "0", "6")] if parted else [])
    seen: dict[str, tuple[str, ...]] = {}
    for each in order:
        touched = stories.add([sketch(each, "", "The mill burned.", date(2024, 5, 1))])
        # Whose story is another now is said, of those too that joined it alone.
        now = {one: stories.story(one) for one in (*seen, each)}
        assert {one for one in now if now[one] != seen.get(one)} <= touched
        seen = now
    assert "".join(stories.story("0")) == ("012345" if parted else "0123456")
    assert {"6"} <= stories.remove(["0"])
    assert "".join(stories.story("6")) == "123456"


@given(
    piles(),
    st.randoms(use_true_random=False),
    st.lists(st.tuples(st.sampled_from(["same", "apart"]), st.integers(0, 13), st.integers(0, 13)), max_size=3),
    st.booleans(),
    st.sampled_from([0, 1, 8]),
    st.sampled_from([None, 4, 1000]),
)
@settings(max_examples=40)
def test_what_grows_and_shrinks_comes_to_what_is_sorted_at_once(
    sketches: list[Sketch],
    random: Random,
    drawn: list[tuple[Literal["same", "apart"], int, int]],
    crowded: bool,
    rounds: int,
    remembered: int | None,
) -> None:
    said = [StoryDecision(kind, f"{a:02}", f"{b:02}") for kind, a, b in drawn if a != b]
    with pytest.MonkeyPatch.context() as patch:
        if crowded:
            patch.setattr(stories_index, "WITHIN", 1)
            patch.setattr(stories_ranked, "COMPARED", 2)
        patch.setattr(stories_grouping, "_ROUNDS", rounds)
        # In memory, or in a store that keeps few values in memory, or all.
        shelf = None if remembered is None else stored_shelf(remembered)
        stories, left = Stories(said, shelf), sketches[:]
        there: dict[str, Sketch] = {}
        random.shuffle(left)
        seen: dict[str, tuple[str, ...]] = {}
        for _ in range(8):
            # One that goes and comes, or comes and goes, before all are sorted.
            for _ in range(random.choice((1, 1, 2, 3))):
                if there and random.random() < 0.4:
                    gone = random.sample(sorted(there), random.randint(1, min(3, len(there))))
                    stories.take_out(gone)
                    left += [there.pop(identifier) for identifier in gone]
                    random.shuffle(left)
                else:
                    some, left = left[:3], left[3:]
                    stories.enter(some)
                    there |= {each.id: each for each in some}
            entered = set(stories.waiting())
            assert {each for each in there if each not in seen} <= entered <= there.keys()
            touched = stories.sort()
            assert not stories.waiting()
            assert stories.groups() == plain_stories(there.values(), *said)
            # What is not said to be another story is none.
            now = {identifier: stories.story(identifier) for identifier in there}
            assert all(now[each] == seen[each] for each in now if each not in touched)
            seen = now
            if shelf is not None and random.random() < 0.5:
                shelf.flush()
                shelf.forget()


@pytest.mark.parametrize("rounds", [0, 1, 8])
def test_what_is_regrouped_comes_to_what_is_linked_at_once(rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random, names = Random(rounds), [f"{n:02}" for n in range(40)]
    unseen = {frozenset(pair): random.choice((0.0, 0.3, 0.5)) for pair in combinations(names, 2)}
    monkeypatch.setattr(stories_grouping, "_ROUNDS", rounds)
    monkeypatch.setattr(stories_grouping, "score_of", lambda a, b: unseen[frozenset((a.id, b.id))])
    monkeypatch.setattr(stories_grouping, "two_casts", lambda *_: False)
    for _ in range(12):
        shelf = Memory()
        grouping = Grouping(shelf, lambda identifier: (0, identifier), {}, {})
        shelf.sketches = {name: sketch(name, "", "") for name in names}
        for _ in range(25):
            gone = random.sample(sorted(shelf.scores), random.choice((0, 0, 0, 1)) if len(shelf.scores) > 1 else 0)
            new = random.sample(sorted(set(names) - shelf.scores.keys()), 0 if gone else 1)
            pairs = {(min(a, b), max(a, b)) for a in gone for b in shelf.scores.pop(a)}
            for a in gone:
                for known in shelf.scores.values():
                    known.pop(a, None)
            for a in new:
                shelf.scores[a] = {}
            there = sorted(shelf.scores)
            for a, b in [(a, random.choice(there)) for a in new for _ in range(4)] + [
                (random.choice(there), random.choice(there)) for _ in range(random.choice((0, 1, 3)))
            ]:
                if a != b:
                    pairs.add((min(a, b), max(a, b)))
                    shelf.scores[a][b] = shelf.scores[b][a] = random.choice((0.1, 0.3, 0.5, 0.6, 0.8))
            before = {each: shelf.groups[first] for each, first in shelf.group_of.items()}
            regrouped = grouping.regroup(pairs, new, gone, ())
            place = {name: at for at, name in enumerate(there)}
            found = average_linkage(
                len(there),
                sorted((place[a], place[b], s) for a in there for b, s in shelf.scores[a].items() if a < b),
                lambda a, b, there=there: unseen[frozenset((there[a], there[b]))],
                stories_grouping.JOINED,
            )
            expected = {there[group[0]]: tuple(there[at] for at in group) for group in found}
            assert shelf.groups == expected
            assert shelf.group_of == {each: first for first, group in expected.items() for each in group}
            assert regrouped == {each for each in there if expected[shelf.group_of[each]] != before.get(each)}


def test_a_decision_that_comes_or_goes_sorts_anew_what_it_is_of() -> None:
    sketches = pile(FERRY, MILL)
    shelf, said = Memory(), [StoryDecision("same", "00", "10")]
    Stories((), shelf).add(sketches)
    assert Stories(said, shelf).decide(["00", "10"]) >= {"00", "10"}
    assert Stories(said, shelf).groups() == plain_stories(sketches, *said) != plain_stories(sketches)
    Stories((), shelf).decide(["00", "10"])
    assert Stories((), shelf).groups() == plain_stories(sketches)


def test_what_a_person_decided_holds() -> None:
    sketches = pile(FERRY, MILL)
    joined = sorted_into(sketches, StoryDecision("same", "00", "10"))
    assert any({"00", "10"} <= set(group) for group in joined)
    parted = sorted_into(sketches, StoryDecision("apart", "00", "01"))
    assert not any({"00", "01"} <= set(group) for group in parted)
    both = sorted_into(sketches, StoryDecision("same", "00", "01"), StoryDecision("apart", "00", "01"))
    assert not any({"00", "01"} <= set(group) for group in both)


def test_a_telling_is_entered_once() -> None:
    stories = Stories()
    stories.add(pile(MILL))
    with pytest.raises(ValueError, match="there already"):
        stories.add(pile(MILL)[:1])


def test_bridges_do_not_join_two_stories() -> None:
    left, right = range(4), range(4, 8)
    edges = [(a, b, 0.9) for side in (left, right) for a in side for b in side if a < b]
    edges += [(0, 4, 0.8), (1, 5, 0.8), (2, 6, 0.8)]
    assert average_linkage(8, edges, lambda a, b: 0.0, 0.45) == [[0, 1, 2, 3], [4, 5, 6, 7]]


@given(
    st.integers(2, 9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.floats(0, 1)), max_size=30),
    st.floats(0.1, 0.9),
)
@settings(max_examples=150, deadline=None)
def test_linkage_parts_all_items_and_holds_pairs_apart(
    size: int, drawn: list[tuple[int, int, float]], threshold: float
) -> None:
    edges = {(min(a, b), max(a, b)): w for a, b, w in drawn if a != b and max(a, b) < size}
    listed = [(a, b, w) for (a, b), w in sorted(edges.items())]
    groups = average_linkage(size, listed, lambda a, b: 0.0, threshold)
    assert sorted(item for group in groups for item in group) == list(range(size))
    assert groups == average_linkage(size, list(reversed(listed)), lambda a, b: 0.0, threshold)
    apart = list(edges)[:2]
    for group in average_linkage(size, listed, lambda a, b: 0.0, threshold, apart=apart):
        assert not any(a in group and b in group for a, b in apart)


@pytest.mark.parametrize("beyond", [0, 7])
def test_two_told_apart_are_asked_again_when_one_has_grown(beyond: int) -> None:
    # Two pairs are told apart until one of them has a third: whatever is known of others, which join nobody.
    edges = [(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0)]
    edges += [(a, b, 0.9) for a in (0, 1) for b in (2, 3)] + [(a, b, 0.6) for a in (0, 1) for b in (4, 5)]
    edges += [(4, 6 + n, 0.1) for n in range(beyond)]

    def unlike(a: Sequence[int], b: Sequence[int]) -> bool:
        return sorted((*a, *b)) == [0, 1, 2, 3]

    groups = average_linkage(6 + beyond, sorted(edges), lambda a, b: 0.9, 0.45, unlike=unlike)
    assert groups == [[0, 1, 2, 3, 4, 5], *([6 + n] for n in range(beyond))]


@given(
    st.integers(3, 12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([0.1, 0.2, 0.4, 0.5, 0.6, 0.9]))),
    st.data(),
)
@settings(max_examples=200, deadline=None)
def test_linkage_is_local(size: int, drawn: list[tuple[int, int, float]], data: st.DataObject) -> None:
    edges = {(min(a, b), max(a, b)): w for a, b, w in drawn if a != b and max(a, b) < size}

    def alike(a: int, b: int) -> float:
        return (a * 7 + b * 13) % 10 / 10

    def linked(items: list[int]) -> list[list[int]]:
        local = {item: place for place, item in enumerate(items)}
        inside = [(local[a], local[b], w) for (a, b), w in sorted(edges.items()) if a in local and b in local]
        found = average_linkage(len(items), inside, lambda a, b: alike(items[a], items[b]), 0.45)
        return [[items[place] for place in group] for group in found]

    groups = linked(list(range(size)))
    some = data.draw(st.lists(st.sampled_from(groups), unique_by=tuple))
    assert linked(sorted(item for group in some for item in group)) == sorted(some)


def test_the_words_of_a_sketch() -> None:
    """Words of two letters and more that tell something, without case and endings; those of a title weigh more."""
    made = sketch("a", "EU talks", "The EU spoke of an ox, of Merrin’s ferries and of it on a quay. X was ill.")
    assert {"eu", "ox", "talk", "merrin", "ferry", "spoke", "quay"} <= made.body.keys()
    assert not {"x", "the", "of", "it", "ferries", "merrin's"} & made.body.keys()
    assert made.body["eu"] > made.body["merrin"] and set(made.names) >= {"eu", "merrin"}


WORDS = ["ferry", "fire", "mill", "Merrin", "Orla", "closes", "harbour", "12", "the", "of", "June"]
TITLES = st.lists(st.sampled_from(WORDS), max_size=8)


@given(TITLES, TITLES, TITLES)
@settings(max_examples=100, deadline=None)
def test_pairs_are_alike_both_ways_and_sketches_are_functions_of_the_text(
    one: list[str], two: list[str], three: list[str]
) -> None:
    a, b = sketch("a", " ".join(one), " ".join(two)), sketch("b", " ".join(two), " ".join(three))
    assert a == sketch("a", " ".join(one), " ".join(two))
    assert features(a, b) == features(b, a)
    assert 0 <= logistic(logit(features(a, b))) <= 1
    for vector in (a.title, a.body, a.names):
        assert not vector or abs(cosine(vector, vector) - 1) < 1e-5


def test_stories_keep_their_names_by_overlap() -> None:
    known = {"a": "s1", "b": "s1", "c": "s1", "d": "s2"}
    assert named_by_overlap([("b", "c", "x"), ("a",), ("d", "y")], known) == [
        ("s1", ("b", "c", "x")),
        ("a", ("a",)),
        ("s2", ("d", "y")),
    ]


def test_running_stories_part_all_events() -> None:
    sketches = {found.id: found for found in pile(FERRY, MILL)}
    groups = [("00", "01"), ("02",), ("10", "11")]
    found = running_stories(groups, sketches)
    assert [0, 1] in found
    assert sorted(place for members in found for place in members) == [0, 1, 2]


@given(piles(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_running_stories_do_not_depend_on_the_order_of_events_or_tellings(
    sketches: list[Sketch], random: Random
) -> None:
    of = {each.id: each for each in sketches}
    groups = [list(of)[start : start + 2] for start in range(0, len(of), 2)]

    def affairs(given: list[list[str]]) -> set[frozenset[frozenset[str]]]:
        return {frozenset(frozenset(given[place]) for place in found) for found in running_stories(given, of)}

    assert affairs([random.sample(group, len(group)) for group in random.sample(groups, len(groups))]) == affairs(
        groups
    )


# ---- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, story in enumerate((FERRY, MILL)):
        for index, (title, text) in enumerate(story):
            (tmp_path / f"{number}{index}.txt").write_text(f"{title}\n\n{text} It was so.\n", encoding="utf-8")
    return tmp_path


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tellings", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def members(told: list[dict[str, object]]) -> set[frozenset[str]]:
    return {frozenset(str(each["name"]) for each in story["tellings"]) for story in told}  # type: ignore[attr-defined]


def test_the_command_sorts_and_says_how_many(folder: Path) -> None:
    lines = run("stories", folder).stdout.splitlines()
    assert lines[-1].startswith("2 stories, 2 running stories, in 5 articles")
    told = json.loads(run("stories", folder, "--format", "json").stdout)
    assert members(told) == {frozenset({"00.txt", "01.txt", "02.txt"}), frozenset({"10.txt", "11.txt"})}
    for story in told:
        head = story["headline"]
        text = (folder / head["telling"]).read_text(encoding="utf-8")
        assert text[head["start"] : head["end"]] == head["exact"]


def test_any_number_of_processes_gives_the_same_bytes(folder: Path) -> None:
    once, twice = (run("stories", folder, "--format", "json", "--jobs", jobs).stdout for jobs in ("1", "2"))
    assert once == twice


def test_decisions_are_kept_and_undone(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "mine.jsonl"
    kept.parent.mkdir()
    said = run("stories", folder, "--format", "json", "--decisions", kept, "--apart", "00.txt", "01.txt")
    assert not any({"00.txt", "01.txt"} <= group for group in members(json.loads(said.stdout)))
    again = run("stories", folder, "--format", "json", "--decisions", kept)
    assert again.stdout == said.stdout
    undone = run("stories", folder, "--format", "json", "--decisions", kept, "--undo", "01.txt", "00.txt")
    assert any({"00.txt", "01.txt"} <= group for group in members(json.loads(undone.stdout)))
    assert kept.read_text(encoding="utf-8") == ""


def test_ids_are_kept_from_an_earlier_output(folder: Path) -> None:
    before = json.loads(run("stories", folder, "--format", "json").stdout)
    earlier = folder.parent / "earlier.json"
    for story in before:
        story["id"] = f"kept-{story['id']}"
    earlier.write_text(json.dumps(before), encoding="utf-8")
    after = json.loads(run("stories", folder, "--format", "json", "--known", earlier).stdout)
    assert {story["id"] for story in after} == {story["id"] for story in before}


def test_bad_input_is_named(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"kind": "other", "a": "x", "b": "y"}\n', encoding="utf-8")
    done = run("stories", folder, "--decisions", bad)
    assert done.returncode == 4 and "line 1" in done.stderr and "Traceback" not in done.stderr
    done = run("stories", folder, "--same", "00.txt", "10.txt")
    assert done.returncode == 2 and "--decisions" in done.stderr
    done = run("stories", folder, "--known", bad)
    assert done.returncode == 4 and "Make it with" in done.stderr
    for deep in ("[" * 100_000, '{"tellings":' * 100_000):
        bad.write_text(deep, encoding="utf-8")
        for option in ("--known", "--decisions"):
            done = run("stories", folder, option, bad)
            assert done.returncode == 4 and str(bad) in done.stderr and "Traceback" not in done.stderr
    assert run("stories", tmp_path / "nowhere").returncode == 4


# ---- copies and diff


def test_copies_names_who_shares_text(folder: Path) -> None:
    whole = " ".join(text for _, text in (*FERRY, *MILL)) * 2
    (folder / "copy1.txt").write_text(f"One\n\n{whole}\n", encoding="utf-8")
    (folder / "copy2.txt").write_text(f"Two\n\n{whole} And more.\n", encoding="utf-8")
    told = json.loads(run("copies", folder, "--format", "json").stdout)
    names = {each["label"]: each["name"] for each in told["tellings"]}
    assert {frozenset((names[pair["a"]], names[pair["b"]])) for pair in told["near_duplicates"]} == {
        frozenset({"copy1.txt", "copy2.txt"})
    }
    for passage in told["passages"]:
        for side in (passage["a"], passage["b"]):
            text = (folder / names[side["telling"]]).read_text(encoding="utf-8")
            assert text[side["start"] : side["end"]] == side["exact"]
    assert "independent origin" in run("copies", folder).stdout


def test_diff_covers_both_texts_and_marks_what_differs(folder: Path) -> None:
    from tellings.library import diff

    one = "The ferry was carrying 189 people when an alarm sounded at noon, and all of them were brought ashore."
    (folder / "a.txt").write_text(f"First\n\n{one}\n\nOnly here it rained.\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"Second\n\n{one.replace('noon', 'midnight')}\n", encoding="utf-8")
    found, _ = diff(folder / "a.txt", folder / "b.txt")
    for pieces, name in zip((found.first, found.second), found.names, strict=True):
        assert "".join(piece.exact for piece in pieces) == (folder / name).read_text(encoding="utf-8")
        assert all(a.span.end == b.span.start for a, b in pairwise(pieces))
    assert any("noon" in piece.exact and piece.side == "changed" for piece in found.first)
    assert any("rained" in piece.exact and piece.side == "only" for piece in found.first)
    shown = run("diff", folder / "a.txt", folder / "b.txt").stdout
    assert "⟨noon⟩" in shown and "⟨midnight⟩" in shown
    page = folder / "diff.html"
    assert run("diff", folder / "a.txt", folder / "b.txt", "--html", page).returncode == 0
    assert "midnight" in page.read_text(encoding="utf-8")


MOVED = "The board of Skerry will hear on Friday what is to become of the tower, its chair Jon Holt told a crowd."
OPENINGS = ("", "Snow.\n\n", "A wet spring has left the fields green, and the cows stand in water.\n\n")


@pytest.mark.parametrize("left", OPENINGS)
@pytest.mark.parametrize("right", OPENINGS)
@pytest.mark.parametrize("days", [("2021-03-10", "2021-03-12"), ("2021-03-12", "2021-03-10")])
def test_diff_shows_what_was_given_first_on_the_left(
    tmp_path: Path, left: str, right: str, days: tuple[str, str]
) -> None:
    from tellings.library import diff

    texts = [f"Date: {day}\n\n{opening}{MOVED}\n" for day, opening in zip(days, (left, right), strict=True)]
    # The names sort against the order they are given in.
    paths = [tmp_path / name for name in ("z.txt", "a.txt")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    for order in ((0, 1), (1, 0), (0, 0)):
        found, _ = diff(*(paths[index] for index in order))
        for index, pieces in zip(order, (found.first, found.second), strict=True):
            assert "".join(piece.exact for piece in pieces) == texts[index]
            assert MOVED[:-1] in "".join(piece.exact for piece in pieces if piece.side == "same")
        assert len(found.passages) == 1


def test_diff_tells_two_articles_of_one_name_apart(tmp_path: Path) -> None:
    from tellings.library import diff

    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "lead.txt").write_text(f"{MOVED} So it was on {folder}.\n", encoding="utf-8")
    found, _ = diff(tmp_path / "tuesday" / "lead.txt", tmp_path / "monday" / "lead.txt")
    assert [Path(name).parent.name for name in found.names] == ["tuesday", "monday"]


def test_diff_wants_two_articles(folder: Path) -> None:
    done = run("diff", folder, folder / "00.txt")
    assert done.returncode == 4
    assert "two articles" in done.stderr and "Traceback" not in done.stderr

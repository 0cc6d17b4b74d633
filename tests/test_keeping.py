"""The library: what goes in comes out, decisions stay, and what is taken out is gone from the file."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import ROOT, Called

import tellings
from tellings import Library
from tellings.across.stories.sketch import Sketch
from tellings.edge.store import schema
from tellings.edge.store import tellings as texts
from tellings.edge.store.database import NoLibraryError, StoreError, is_library
from tellings.edge.store.packing import packed, unpacked
from tellings.edge.store.search import Filters, Query
from tellings.library import NothingReadError, NotThereError
from tellings.library.keeping import adding, forgetting
from tellings.library.keeping.taking_out import taking_out
from tellings.model.kept import Added
from tellings.model.text import Span

FERRY = (
    "Ferry fire hurts twelve off Port Averley\n\nTwelve people were hurt on Monday when fire broke out in the engine "
    "room of the ferry Saint Orla off Port Averley.\n\n“We smelled smoke at once,” said Ida Brenn, 41, the captain.\n"
)
FERRY_TOO = (
    "Saint Orla: 12 hurt in ferry fire\n\nA fire in the engine room of the ferry Saint Orla hurt 12 people off Port "
    "Averley on Monday, the coast guard said.\n\n“We smelled smoke straight away,” Captain Ida Brenn told reporters.\n"
)
MILL = (
    "Hallan Paper closes Merrin mill\n\nHallan Paper will close its paper mill at Merrin in June and shed ninety jobs, "
    "its owner said on Tuesday.\n\n“It is a black day for Merrin,” said Tom Vikar of the union.\n"
)


def article(folder: Path, name: str, text: str, *, day: str = "2026-01-05", address: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    given = {"title": text.splitlines()[0], "text": text, "date": day, "source": name.title(), "language": "en"}
    path.write_text(json.dumps({**given, "url": address or f"https://example.org/{name}"}), encoding="utf-8")
    return path


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    for name, text in (("courier", FERRY), ("gazette", FERRY_TOO), ("post", MILL)):
        article(folder, name, text)
    return folder


@pytest.fixture
def library(tmp_path: Path, pile: Path) -> Iterator[Library]:
    with Library(tmp_path / "kept.db", clock=lambda: "2026-01-10T08:00:00Z", who="ida") as library:
        library.add(pile)
        yield library


def story_with(library: Library, name: str) -> str:
    """The story of the article of this name."""
    return next(s.id for s in library.stories() for t in library.show(s.id)[1] if t.name == f"{name}.json")


def telling_of(library: Library, name: str) -> str:
    return next(t.id for s in library.stories() for t in library.show(s.id)[1] if t.name == f"{name}.json")


# ---- in and out ----------------------------------------------------------------------------


def test_what_is_added_is_sorted_into_stories(library: Library) -> None:
    ferry, mill = story_with(library, "courier"), story_with(library, "post")
    assert ferry != mill and story_with(library, "gazette") == ferry
    assert {s.id: (s.tellings, s.outlets, s.new) for s in library.stories()} == {ferry: (2, 2, 2), mill: (1, 1, 1)}
    assert library.verify() == ()


def test_a_record_is_that_of_a_folder_with_the_same_articles(library: Library, pile: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "post.json").write_bytes((pile / "post.json").read_bytes())
    with Library(tmp_path / "other.db") as other:
        other.add(alone)
        (story,) = other.stories()
        assert other.record(story.id) == other.record(story.id) == tellings.read(alone)
    # Of a pile of several stories: as of the articles of this one.
    record = library.record(story_with(library, "post"))
    assert [each.name for each in record.tellings] == ["post.json"]
    assert record.quotes == tellings.read(pile / "post.json").quotes


def test_what_is_known_is_passed_over(library: Library, pile: Path) -> None:
    before = library.stats()
    added = library.add(pile)
    assert (added.new, added.revised, added.known, added.stories) == ((), (), 3, ())
    assert {**library.stats(), "additions": 1, "bytes": 0} == {**before, "additions": 1, "bytes": 0}
    assert [each.known for each in library.history()] == [0, 3]


def test_a_folder_that_grows_costs_what_is_new_in_it(
    library: Library, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tellings.edge import readers

    read: list[str] = []
    whole = readers._read_file
    monkeypatch.setattr(readers, "_read_file", lambda file, *rest: read.append(file.name) or whole(file, *rest))

    def add(*, age: float = 60.0, **how: Any) -> Added:
        for each in pile.iterdir():
            then = each.stat().st_mtime
            if time.time() - then < 30:
                os.utime(each, (then - age, then - age))
        read.clear()
        return library.add(pile, **how)

    assert add().known == 3 and len(read) == 3  # of files so young time does not tell whether they are the same
    assert add().known == 3 and read == []
    article(pile, "radio", FERRY.replace("at once", "early"))
    article(pile, "post", MILL.replace("ninety", "eighty"))
    added = add()
    assert (len(added.new), len(added.revised), added.known) == (1, 1, 2) and read == ["post.json", "radio.json"]
    (pile / "broken.json").write_text("{", encoding="utf-8")
    for _ in range(2):  # what is wrong is told each time
        assert [each.place for each in add().problems] == ["broken.json"] and read == ["broken.json"]
    assert add(fields={"text": "text"}).known == 4 and len(read) == 5
    library.forget("radio.json")
    assert len(add().new) == 1 and len(read) == 5


def test_a_file_of_many_articles_that_is_known_counts_all_of_them(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(f"{json.dumps({'text': text})}\n" for text in (FERRY, MILL)), encoding="utf-8")
    os.utime(rows, (1e9, 1e9))
    with Library(tmp_path / "kept.db") as library:
        assert [library.add(rows).known for _ in range(3)] == [0, 2, 2]
        # The same time and size, but another file: nothing of the first is taken for it.
        assert library.add(article(tmp_path, "courier", FERRY)).new


@given(st.permutations(range(6)), st.integers(1, 4))
@settings(max_examples=4)
def test_the_order_of_adding_changes_no_record(order: list[int], size: int) -> None:
    texts = [FERRY, FERRY_TOO, MILL, MILL.replace("ninety", "90"), FERRY.replace("Twelve", "Some twelve"), MILL.upper()]
    with TemporaryDirectory() as made:
        folder = Path(made)
        paths = [article(folder / "in", f"a{number}", text) for number, text in enumerate(texts)]
        records = []
        for place, steps in enumerate((range(6), order)):
            with Library(folder / f"{place}.db") as library:
                given = [paths[number] for number in steps]
                for start in range(0, 6, 6 if place == 0 else size):
                    library.add(*given[start : start + (6 if place == 0 else size)])
                found = [library.record(story.id) for story in library.stories()]
                records.append(
                    sorted((tuple(t.name for t in r.tellings), r.quotes, r.facts, r.timeline) for r in found)
                )
        assert repr(records[0]) == repr(records[1])


def test_adding_to_a_story_keeps_its_id_and_other_stories_as_they_were(library: Library, tmp_path: Path) -> None:
    ferry, mill = story_with(library, "courier"), story_with(library, "post")
    library.mark(ferry, mill)
    added = library.add(article(tmp_path / "new", "radio", FERRY.replace("smelled", "saw"), day="2026-01-02"))
    assert added.stories == (ferry,)
    assert {s.id: s.new for s in library.stories()} == {ferry: 1, mill: 0}
    assert library.show(telling_of(library, "radio"))[0].id == ferry


def test_a_story_that_is_merged_leaves_a_trail_and_comes_back(library: Library) -> None:
    ferry, mill = story_with(library, "courier"), story_with(library, "post")
    made = library.decide("one story", "gazette.json", "post.json")
    (both,) = library.stories()
    assert both.id == ferry and both.tellings == 3
    assert library.show(mill)[0].id == ferry  # whoever has the old link still finds it
    assert library.undo(made.number).kind == "one story"
    assert {s.id for s in library.stories()} == {ferry, mill}
    assert library.show(mill)[0].id == mill
    assert [each.undone_by for each in library.decisions(undone=True)] == ["ida"]
    assert library.verify() == ()


def test_earlier_commands_work_on_a_library(library: Library, call: Callable[..., Called]) -> None:
    story = story_with(library, "courier")
    found = tellings.read(f"{library.path}#{story}")
    assert found.quotes == library.record(story).quotes
    assert len(tellings.read(library.path).tellings) == 3
    assert tellings.check(str(draft(library)), against=[library.path])[0].findings
    # The record is checked against the library as against a folder.
    _, data = library.write(story, library.path.parent / "out")
    assert call("verify", data, library.path).code == 0
    with pytest.raises(NothingReadError, match="no story"):
        tellings.read(f"{library.path}#0000000000000000")


def test_what_is_kept_is_not_found_again(library: Library, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tellings import pipeline

    story, given = story_with(library, "courier"), draft(library)
    expected = tellings.read(pile), tellings.check(str(given), against=[pile]), tellings.timeline(pile)
    looked: list[str] = []
    whole = pipeline.annotate
    monkeypatch.setattr(pipeline, "annotate", lambda document: looked.append(document.name) or whole(document))
    kept = library.path
    for mine, other in zip(
        (tellings.read(kept), tellings.check(str(given), against=[kept]), tellings.timeline(kept)),
        expected,
        strict=True,
    ):
        told, right = (getattr(each, "timeline", each) for each in (mine, other))
        assert told == right
    assert looked == ["draft.txt"]
    # What another version found, or what is decided otherwise, is.
    library._opened.connection.execute("UPDATE findings SET program = '0'")
    tellings.read(f"{kept}#{story}")
    assert sorted(looked[1:]) == ["courier.json", "gazette.json"]


def draft(library: Library) -> Path:
    path = library.path.parent / "draft.txt"
    path.write_text("“We smelled smoke at once,” said Ida Brenn. Thirteen people were hurt.\n", encoding="utf-8")
    return path


# ---- revisions -----------------------------------------------------------------------------


def test_other_words_at_a_known_address_are_a_new_text_and_what_changed_is_said(
    library: Library, tmp_path: Path
) -> None:
    text = FERRY.replace("Twelve people were hurt", "Fourteen people were hurt").replace("hurts twelve", "hurts 14")
    moved = text.replace("\n\n“We", "\n\nThe ferry was towed in.\n\n“We")
    added = library.add(article(tmp_path / "later", "courier", moved, day="2026-01-06"))
    assert (added.new, len(added.revised)) == ((), 1)
    (change,) = library.changes("https://example.org/courier")
    assert change.revision == 2
    kinds = [(each.kind, each.what) for each in change.changes]
    assert kinds[0] == ("headline", ("headline",))
    assert ("added", ("wording",)) in kinds
    (headline, *_) = change.changes
    assert (headline.before, headline.after) == (FERRY.splitlines()[0], moved.splitlines()[0])
    # What is searched and told is the newest text.
    assert library.search("fourteen") and not library.search("twelve", filters=Filters(outlet="courier"))
    assert library.changes("https://example.org/gazette") == ()
    assert library.verify() == ()


def test_what_an_article_said_before_stands_in_the_record(
    library: Library, pile: Path, tmp_path: Path, call: Callable[..., Called]
) -> None:
    text = FERRY.replace("Twelve people were hurt", "Fourteen people were hurt").replace("smelled smoke", "saw flames")
    library.add(article(tmp_path / "later", "courier", text + "\nThe harbour was shut for two hours.\n"))
    record = library.record(story_with(library, "courier"))
    (line,) = record.revisions
    assert record.telling(line.telling).publisher.value == "Courier"  # type: ignore[union-attr]
    assert (line.number, line.text) == (1, FERRY) and line.kept.date() == date(2026, 1, 10)
    assert [(each.kind, each.what) for each in line.changes] == [("changed", ("number",)), ("changed", ("quotation",))]
    (number, _) = line.changes
    assert number.before is not None and number.after is not None
    assert FERRY[number.before.start : number.before.end] == number.before.exact
    assert number.before.exact.startswith("Twelve people") and number.after.exact.startswith("Fourteen people")
    (written, data) = library.write(story_with(library, "courier"), tmp_path / "out")
    assert "first said" in written.read_text(encoding="utf-8")
    # The library that keeps both texts bears it out; files that have only one of them cannot.
    assert call("verify", data, library.path).code == 0
    assert call("verify", data, library.path, "--again").code == 0
    # Both texts lie in files: neither is taken for another article.
    both = call("verify", data, pile, tmp_path / "later", "--again")
    assert both.code == 6 and "do not hold" not in both.err
    article(pile, "courier", text + "\nThe harbour was shut for two hours.\n")
    assert call("verify", data, pile).code == 6 and call("verify", data, pile, "--again").code == 6
    forged = json.loads(data.read_text(encoding="utf-8"))
    forged["revisions"][0]["changes"][0]["before"]["exact"] = "Nobody was hurt."
    data.write_text(json.dumps(forged), encoding="utf-8")
    refused = call("verify", data, library.path)
    assert refused.code == 1 and "does not read so" in refused.err


def test_what_was_only_added_or_put_otherwise_takes_nothing_back(library: Library, tmp_path: Path) -> None:
    text = FERRY.replace("fire broke out", "a fire broke out") + "\nIt took 30 men to put it out.\n"
    library.add(article(tmp_path / "later", "courier", text))
    assert library.changes("courier.json")[0].changes
    assert library.record(story_with(library, "courier")).revisions == ()


def test_of_three_texts_each_says_what_it_had_first(library: Library, tmp_path: Path) -> None:
    for number in ("Thirteen", "Fourteen"):
        library.add(article(tmp_path / number, "courier", FERRY.replace("Twelve people", f"{number} people")))
    record = library.record(story_with(library, "courier"))
    told = [(line.number, [each.before.exact[:8] for each in line.changes if each.before]) for line in record.revisions]
    assert told == [(1, ["Twelve p"]), (2, ["Thirteen"])]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("He counted twelve boats in all.", "He counted 12 boats in all.", ("wording",)),
        ("He counted 12 boats in all.", "He counted 14 boats in all.", ("number",)),
        ("The mayor, Olga Rist, left early.", "The mayor, Olga Rost, left early.", ("name",)),
        ("The bridge was shut for good.", "The bridge was closed for good.", ("wording",)),
        ("“It was cold,” Ida Moe said to us.", "“It was dark,” Ida Moe said to us.", ("quotation",)),
    ],
)
def test_what_of_substance_changed_in_a_sentence(
    tmp_path: Path, before: str, after: str, what: tuple[str, ...]
) -> None:
    rest = "The harbour was full.\n\nNobody was hurt there."
    with Library(tmp_path / "a.db") as library:
        library.add(article(tmp_path / "in", "post", f"A headline\n\n{before}\n\n{rest}"))
        # A paragraph that moved is no change.
        library.add(
            article(tmp_path / "in", "post", f"A headline\n\nNobody was hurt there.\n\n{after} The harbour was full.")
        )
        (found,) = library.changes("post.json")
        assert [(each.kind, each.what, each.before, each.after) for each in found.changes] == [
            ("changed", what, before, after)
        ]
        (change,) = found.changes
        assert change.before_span is not None and len(change.before_span) == len(before)


def test_a_record_is_made_anew_when_a_day_is_decided(library: Library) -> None:
    story = story_with(library, "courier")
    before = library.record(story)
    made = library.decide("date", "courier.json", value="2025-12-24")
    assert library.record(story) != before
    library.undo(made.number)
    assert library.record(story) == before


def test_a_record_of_another_form_is_made_anew(library: Library) -> None:
    story = story_with(library, "courier")
    before = library.record(story)
    with sqlite3.connect(library.path) as connection:
        connection.execute("UPDATE records SET data = ?", (packed(b'{"format": 2}'),))
    connection.close()
    assert library.record(story) == before


def test_a_decision_of_a_value_holds_while_the_value_stands_there(library: Library, tmp_path: Path) -> None:
    library.decide(
        "other thing", f"courier.json@{FERRY.index('Twelve')}", f"gazette.json@{FERRY_TOO.index('12 people')}"
    )
    library.add(article(tmp_path / "later", "courier", FERRY.replace("Twelve", "Thirty")))
    assert library.record(story_with(library, "courier")).decisions == ()
    assert [each.kind for each in library.orphaned()] == ["other thing"]


# ---- search --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind", "filters", "expected"),
    [
        ("smoke", "quote", Filters(), {"courier", "gazette"}),
        ('"smelled smoke at"', None, Filters(), {"courier"}),
        ("smell*", None, Filters(person="brenn"), {"courier", "gazette"}),
        ("engine fire", None, Filters(outlet="Gaz"), {"gazette"}),
        ("Merrin", None, Filters(since=date(2026, 1, 6)), set()),
        ("ninety jobs", "fact", Filters(), {"post"}),
        ("mérrin", None, Filters(until=date(2026, 1, 5), language="en"), {"post"}),
        ("nowhere", None, Filters(), set()),
        ("smoke engine", "quote", Filters(), set()),
    ],
)
def test_words_are_found_where_they_stand(
    library: Library, words: str, kind: object, filters: Filters, expected: set[str]
) -> None:
    hits = library.search(words, kind=kind, filters=filters)  # type: ignore[arg-type]
    assert {(hit.publisher or "").lower() for hit in hits} == expected
    for hit in hits:
        text = next(t for t in library.record(hit.story).tellings if t.publisher and t.publisher.value == hit.publisher)
        assert text.text is not None and hit.span.of(text.text) == hit.words
        assert all(mark.of(hit.words).strip() for mark in hit.marks)


def test_a_search_needs_a_word(library: Library) -> None:
    with pytest.raises(ValueError, match="no word"):
        library.search("… “”")
    assert library.search('AND OR NOT "" NEAR( -x') == ()  # what the index would take for its own language


@pytest.mark.parametrize("word", ["Hauptstraße", "Зеленский", "ещё", "한국", "ガス", "Αθήνα", "naïve", "ﬁre"])
def test_words_of_all_scripts_are_found(tmp_path: Path, word: str) -> None:
    with Library(tmp_path / "a.db") as library:
        library.add(
            article(tmp_path / "in", "post", f"A headline\n\nIt was said of {word} that day.\n\nNobody came there.")
        )
        assert [hit.words for hit in library.search(word)] == [f"It was said of {word} that day."]


def test_terms_stand_where_they_are_said_to() -> None:
    query = Query.of('"car deck" smell*')
    text = "The CAR-DECK smelled; a car, a deck."
    assert query.places(text) == {0: [Span(4, 12)], 1: [Span(13, 20)]}


# ---- decisions -----------------------------------------------------------------------------


def test_decisions_survive_what_is_found_anew_and_show_when_orphaned(library: Library) -> None:
    story = story_with(library, "courier")
    library.decide("title", story, value="The ferry fire")
    library.decide("date", "post.json", value="2025-12-24")
    library.decide("note", story, value="call the coast guard")
    assert library.rebuild(every=True) == 3
    assert library.show(story)[0].title == "The ferry fire"
    assert library.show(story_with(library, "post"))[1][0].published == "2025-12-24"
    assert library.record(story_with(library, "post")).tellings[0].date.evidence == "decided"
    note = library.decide("label", "post.json", value="industry")
    library.forget("post.json")
    assert note.number not in {each.number for each in library.decisions()}
    assert library.orphaned() == ()


def test_values_that_are_said_not_to_be_of_one_thing_are_held_apart(library: Library) -> None:
    made = library.decide(
        "other thing", f"courier.json@{FERRY.index('Twelve')}", f"gazette.json@{FERRY_TOO.index('12 people')}"
    )
    record = library.record(story_with(library, "courier"))
    assert [each.kind for each in record.decisions] == ["not the same thing"]
    library.undo(made.number)
    assert library.record(story_with(library, "courier")).decisions == ()


@pytest.mark.parametrize(
    ("kind", "of", "value"),
    [
        ("one story", ("courier.json",), None),
        ("one story", ("courier.json", "courier.json"), None),
        ("title", ("courier.json",), None),
        ("date", ("courier.json",), "yesterday"),
        ("date", ("nowhere.json",), "2026-01-01"),
        ("other thing", ("courier.json@0", "nowhere.json@9"), None),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    library: Library, kind: object, of: tuple[str, ...], value: str | None
) -> None:
    with pytest.raises(ValueError):
        library.decide(kind, *of, value=value)  # type: ignore[arg-type]
    assert library.decisions() == () and library.verify() == ()


# ---- what is new ---------------------------------------------------------------------------


def test_news_are_what_no_earlier_telling_says(library: Library, tmp_path: Path) -> None:
    story = story_with(library, "courier")
    library.mark(story)
    assert library.news(story).tellings == ()
    new = "Two engineers were taken to a hospital in Hallan with burns on their hands, the harbour office said."
    library.add(article(tmp_path / "new", "radio", f"{FERRY}\n{new}\n"))
    found = library.news(story, mark=True)
    assert [each.name for each in found.tellings] == ["radio.json"]
    assert [each.words for each in found.lines] == [new]
    assert library.news(story).tellings == () and not library.stories(only_new=True)[1:]


def place(library: Library, name: str, words: str) -> str:
    """The place of words in an article, as one types it."""
    (found,) = {hit.telling for hit in library.search(f'"{words}"')} & {telling_of(library, name)}
    connection = library._opened.connection
    text = texts.document_of(connection, texts.newest(connection, found)).text
    return f"{name}.json@{text.index(words)}"


def test_who_speaks_is_as_decided(library: Library, tmp_path: Path, call: Callable[..., Called]) -> None:
    text = (
        "Ferry fire: more\n\nIda Brenn and Tom Vikar met at the pier on Monday.\n\n“The fire began in the galley,” he "
        "said.\n\nThe ferry Saint Orla was towed to Port Averley after the fire in its engine room.\n"
    )
    library.add(article(tmp_path / "more", "radio", text))
    story = story_with(library, "radio")

    def speakers() -> set[str | None]:
        record = library.record(story)
        return {e.speaker.name for e in record.quotes if "galley" in e.variants[0].stretches[0].exact}

    found = speakers()
    made = library.decide("speaker", place(library, "radio", "began in the galley"), value="brenn")
    assert speakers() == {"Ida Brenn"} and json.loads(made.value or "")[1] == "Ida Brenn"
    assert library.verify() == ()
    _, data = library.write(story, tmp_path / "out")
    # The record says what a person decided, so that its articles bear it out, and the library as well.
    again = call("verify", data, tmp_path / "pile", tmp_path / "more", "--again")
    assert again.code == 0 and "a person decided who speaks" in again.err
    assert call("verify", data, library.path, "--again").code == 0
    library.rebuild(every=True)
    assert speakers() == {"Ida Brenn"}
    library.decide("speaker", place(library, "radio", "began in the galley"), value="Tom Vikar")
    assert speakers() == {"Tom Vikar"} and len(library.decisions()) == 1
    library.add(article(tmp_path / "later", "radio", text.replace("met at", "were both at")))
    assert [each.kind for each in library.orphaned()] == ["speaker"]
    library.undo(library.decisions()[0].number)
    assert speakers() == found and library.orphaned() == ()


def test_what_is_residue_is_as_decided(library: Library) -> None:
    story = story_with(library, "courier")
    assert library.search("smoke", kind="quote", filters=Filters(outlet="Courier"))
    made = library.decide("residue", place(library, "courier", "We smelled smoke at once"))
    assert not library.search("smoke", kind="quote", filters=Filters(outlet="Courier")) and library.verify() == ()
    telling = next(each for each in library.record(story).tellings if each.name == "courier.json")
    assert [(each.kind, each.rule) for each in telling.blocks if not each.story] == [("boilerplate", "decided")]
    library.undo(made.number)
    assert library.search("smoke", kind="quote", filters=Filters(outlet="Courier"))
    # What is story stays so.
    before = library.record(story)
    library.decide("no residue", place(library, "courier", "We smelled smoke at once"))
    assert library.record(story).quotes == before.quotes


def test_who_is_one_person_is_as_decided(library: Library, tmp_path: Path, call: Callable[..., Called]) -> None:
    library.add(article(tmp_path / "more", "radio", FERRY.replace("Ida Brenn", "Ida Brennan")))
    story = story_with(library, "courier")

    def persons() -> dict[str, set[str]]:
        record = library.record(story)
        return {person.name: {record.telling(n.telling).name for n in person.names} for person in record.people}

    apart = {"Ida Brenn": {"courier.json", "gazette.json"}, "Ida Brennan": {"radio.json"}}
    assert persons() == apart
    one = (place(library, "courier", "Ida Brenn"), place(library, "radio", "Ida Brennan"))
    library.decide("one person", *one)
    assert set().union(*persons().values()) == {"courier.json", "gazette.json", "radio.json"} and len(persons()) == 1
    _, data = library.write(story, tmp_path / "out")
    for sources in ((tmp_path / "pile", tmp_path / "more"), (library.path,)):
        assert call("verify", data, *sources, "--again").code == 0
    library.decide("other person", *one)
    assert persons() == apart and len(library.decisions()) == 1
    library.decide("other person", place(library, "courier", "Ida Brenn"), place(library, "gazette", "Ida Brenn"))
    record = library.record(story)
    assert sorted(len(person.names) for person in record.people) == [1, 1, 1]
    assert library.verify() == ()


@pytest.mark.parametrize(
    ("kind", "of", "value", "said"),
    [
        ("speaker", ("courier.json@1",), "Ida Brenn", "no quotation stands there"),
        ("speaker", (f"courier.json@{FERRY.index('smelled')}",), "Nobody Here", "is named nowhere"),
        ("speaker", ("courier.json@1",), None, "needs a value"),
        ("residue", ("courier.json@999",), None, "no paragraph stands there"),
        ("residue", ("courier.json",), None, "names no place"),
        ("residue", ("courier.json@1",), "so", "has no value"),
        ("one person", ("courier.json@1", "gazette.json@2"), None, "no name of a person"),
    ],
)
def test_what_stands_nowhere_is_not_decided(
    library: Library, kind: Any, of: tuple[str, ...], value: str | None, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        library.decide(kind, *of, value=value)
    assert library.decisions() == ()


def test_a_saved_search_tells_once_what_comes_later(library: Library, tmp_path: Path) -> None:
    library.save_search("smoke", "smoke", kind="quote")
    assert [each.hits for each in library.alerts()] == [()]
    library.add(article(tmp_path / "new", "radio", FERRY.replace("at once", "early")))
    (alert,) = library.alerts(mark=True)
    assert alert.name == "smoke" and [hit.publisher for hit in alert.hits] == ["Radio"]
    assert [each.hits for each in library.alerts()] == [()]
    with pytest.raises(ValueError, match="no word"):
        library.save_search("none", "…")
    library.drop_search("smoke")
    assert library.searches() == ()
    with pytest.raises(NotThereError):
        library.drop_search("smoke")


def test_of_a_story_that_is_followed_what_is_other_is_told_once(library: Library, tmp_path: Path) -> None:
    story = story_with(library, "courier")
    assert library.follow(story, name="ferry") == "ferry"
    assert [(each.name, each.developments) for each in library.alerts()] == [("ferry", ())]
    toll = (
        "Ferry fire toll rises\n\nFourteen people were hurt when fire broke out in the engine room of the ferry Saint "
        "Orla off Port Averley, the coast guard said.\n\n“We are looking for two more,” said Maro Tell, the coroner.\n"
    )
    library.add(article(tmp_path / "more", "radio", toll, day="2026-01-07"))
    library.add(article(tmp_path / "more", "gazette", FERRY_TOO.replace("smelled smoke", "saw smoke")))
    (alert,) = library.alerts(mark=True)
    told = {(each.kind, each.about): each for each in alert.developments}
    value = next(each for each in alert.developments if each.kind == "value")
    assert "people" in value.about
    assert any("12" in each.words or "Twelve" in each.words for each in value.before)
    assert all("Fourteen" in each.words for each in value.now)
    assert ("person", "Maro Tell") in told and not any("Brenn" in about for _, about in told)
    (text,) = (each for each in alert.developments if each.kind == "text")
    assert "smelled smoke" in text.before[0].words and "saw smoke" in text.now[0].words
    assert library.alerts()[0].developments == ()
    library.drop_search("ferry")
    assert library.alerts() == ()


def test_where_tellings_of_a_story_that_is_followed_went_is_told(pile: Path, tmp_path: Path) -> None:
    times = iter(f"2026-01-1{number}T08:00:00Z" for number in range(9))
    with Library(tmp_path / "kept.db", clock=lambda: next(times), who="ida") as library:
        library.add(pile)
        library.follow(story_with(library, "courier"))
        library.decide("other story", "courier.json", "gazette.json")
        stories = {story_with(library, name) for name in ("courier", "gazette")}
        ((told,),) = (alert.developments for alert in library.alerts())
        assert told.kind == "story" and told.what.startswith("1 article moved")
        assert sum(each in told.about for each in stories) == 1


def test_a_story_that_is_followed_and_forgotten_tells_nothing(library: Library) -> None:
    library.follow(story_with(library, "post"))
    library.forget("post.json")
    assert [each.developments for each in library.alerts()] == [()]


def test_decisions_of_a_colleague_are_taken_over(library: Library, pile: Path, tmp_path: Path) -> None:
    article(pile, "elsewhere", "Owls of Tarn\n\nTwo owls were seen at Tarn.")
    with Library(tmp_path / "colleague.db", clock=lambda: "2026-01-09T08:00:00Z", who="per") as other:
        other.add(pile)
        other.decide("one story", "courier.json", "post.json")
        other.decide("title", "courier.json", value="Theirs")
        other.decide("note", "elsewhere.json", value="of what is not here")
        other.decide("date", "gazette.json", value="2025-12-31")
    library.decide("title", "courier.json", value="Mine")
    taken = library.take_decisions(tmp_path / "colleague.db")
    assert [(each.kind, each.who) for each in taken] == [("one story", "per"), ("date", "per")]
    (story,) = library.stories()
    assert story.tellings == 3 and story.first == "2025-12-31"
    assert [each.value for each in library.decisions() if each.kind == "title"] == ["Mine"]
    assert library.take_decisions(tmp_path / "colleague.db") == () and library.verify() == ()


def test_what_the_page_of_a_record_saved_is_taken_over(
    library: Library, tmp_path: Path, call: Callable[..., Called]
) -> None:
    ids = {name: telling_of(library, name) for name in ("courier", "gazette", "post")}
    twelve, other = FERRY.index("Twelve"), FERRY_TOO.index("12 people")
    told = [
        {
            "kind": "not the same thing",
            "a": {"telling": ids["gazette"], "start": other, "end": other + 2},
            "b": {"telling": ids["courier"], "start": twelve, "end": twelve + 6},
        },
        {"kind": "same", "a": ids["post"], "b": ids["courier"]},
        {
            "kind": "the same thing",
            "a": {"telling": "0" * 16, "start": 1, "end": 2},
            "b": {"telling": ids["post"], "start": 0, "end": 3},
        },
    ]
    saved = tmp_path / "decisions.jsonl"
    saved.write_text("".join(f"{json.dumps(each)}\n" for each in told), encoding="utf-8")
    taken = library.take_decisions(saved)
    assert [(each.kind, each.who) for each in taken] == [("other thing", "ida"), ("one story", "ida")]
    assert len(library.stories()) == 1 and library.take_decisions(saved) == () and library.orphaned() == ()
    (broken := tmp_path / "broken.jsonl").write_text("[]\n", encoding="utf-8")
    found = call("merge", broken, "--library", library.path)
    assert found.code == 4 and "no decision" in found.err
    shown = call("show", ids["courier"], "--library", library.path).out.decode()
    assert "other thing" in shown and "one story" in shown


def test_what_comes_to_a_story_by_a_merger_is_new_there(library: Library) -> None:
    ferry = story_with(library, "courier")
    library.mark(ferry)
    library.save_search("smoke", "union", filters=Filters(story=story_with(library, "post")))
    library.decide("one story", "gazette.json", "post.json")
    assert [each.name for each in library.news(ferry).tellings] == ["post.json"]
    assert library.search("union", filters=library.searches()[0].filters)


def test_what_is_added_while_one_looks_is_new(library: Library, tmp_path: Path) -> None:
    with Library(library.path) as other:
        other.add(article(tmp_path / "new", "radio", FERRY.replace("at once", "early")))
    library.mark(story_with(library, "courier"))
    assert library.stories(only_new=True) != ()
    library.save_search("smoke", "smoke")
    for number in range(60):
        library.add(
            article(tmp_path / "more", f"m{number}", f"Smoke over town {number}\n\nSmoke stood over it, {number} said.")
        )
    assert len({hit.telling for hit in library.alerts()[0].hits}) == 60


def test_stories_and_articles_go_by_ids_of_their_own(library: Library, pile: Path) -> None:
    mill = story_with(library, "post")
    lone = telling_of(library, "post")
    library.forget("post.json")
    with pytest.raises(NotThereError):
        library.show(mill)
    library.add(pile)
    assert library.show(lone)[0].id == library.show(mill)[0].id == mill != lone
    note = library.decide("note", lone, value="of the article")
    assert note.a == lone
    library.decide("title", mill, value="The mill")
    library.forget("courier.json")
    assert library.show(mill)[0].title == "The mill"


# ---- taken out -----------------------------------------------------------------------------


def bytes_of(library: Library) -> bytes:
    """All bytes of the file and of what lies beside it, decompressed where they are blobs."""
    blobs = []
    for table, column in (
        ("revisions", "document"),
        ("findings", "data"),
        ("findings", "problem"),
        ("records", "data"),
        ("sorting_values", "value"),
    ):
        for (blob,) in library._opened.connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"):
            blobs.append(opened(blob))
    files = [path.read_bytes() for path in sorted(library.path.parent.glob(f"{library.path.name}*"))]
    return b"\x00".join([*blobs, *files]).lower()


def opened(blob: bytes) -> bytes:
    try:
        return zlib.decompress(blob)
    except zlib.error:
        return blob


def test_what_is_forgotten_is_gone_from_the_file(library: Library, tmp_path: Path) -> None:
    story = story_with(library, "post")
    library.record(story)
    library.write(story, tmp_path / "out")
    assert b"hallan" in bytes_of(library)
    taken = library.forget("https://example.org/post")
    assert [place for _, place in taken.given_out] == [str((tmp_path / "out").resolve())]
    assert not {word for word in (b"hallan", b"vikar", b"merrin", b"black day") if word in bytes_of(library)}
    assert library.verify() == () and library.stats()["tellings"] == 2
    with pytest.raises(NotThereError):
        library.forget("post.json")
    # What is left is as if it had never been there.
    with Library(tmp_path / "without.db") as without:
        without.add(tmp_path / "pile" / "courier.json", tmp_path / "pile" / "gazette.json")
        assert without.record(without.stories()[0].id).quotes == library.record(story_with(library, "courier")).quotes


def test_a_name_that_is_redacted_is_gone_from_the_file(library: Library, tmp_path: Path) -> None:
    page = (
        '<html><head><meta name="author" content="Ida Br&#101;nn"><title>Brenn speaks</title></head><body><article><p>'
        "Ida <b>Brenn</b>, @idabrenn, spoke to us for an hour about the long night on the ferry Saint Orla.</p><p>She "
        "is at https://example.org/ida-brenn and said nobody had slept that night.</p></article></body></html>"
    )
    (tmp_path / "page-brenn.html").write_text(page, encoding="utf-8")
    library.add(tmp_path / "page-brenn.html")
    library.decide("note", story_with(library, "courier"), value="ask Ida Brenn")
    library.decide("speaker", place(library, "gazette", "We smelled smoke"), value="Ida Brenn")
    library.decide("one person", place(library, "gazette", "Ida Brenn"), place(library, "courier", "Ida Brenn"))
    library.follow(story_with(library, "courier"), name="brenn")
    library.record(story_with(library, "courier"))
    # An earlier text of an article, too.
    library.add(article(tmp_path / "later", "courier", FERRY.replace("at once", "first")))
    assert b"brenn" in bytes_of(library)
    taken = library.redact("Brenn")
    assert len(taken.tellings) == 3
    assert b"brenn" not in bytes_of(library)
    assert library.search("Brenn") == () and library.verify() == ()
    (hit, *_) = library.search("smelled", filters=Filters(outlet="gazette"))
    assert "Captain Ida █████ told" in hit.words
    quotes = library.record(hit.story).quotes
    assert quotes and all("Brenn" not in repr(quote) for quote in quotes)
    assert library.changes("courier.json")[0].changes


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("Moe", "Moe, Moes, MOE and Ida Moe.", "███, Moes, ███ and Ida ███."),
        ("Ida Moe", "Ida  Moe; Ida-Moe; Ida, Moe; idamoe", "████████; ███████; ████████; ██████"),
        ("José", "Jose\u0301 and JOSÉ and Jose", "█████ and ████ and ████"),
        (
            "Moe",
            "@idamoe1 wrote; see https://a.org/x-moe-y and moe@b.org.",
            f"{8 * '█'} wrote; see {21 * '█'} and {9 * '█'}.",
        ),
        ("ß", "Straße ß", "Straße █"),
        ("Ida Moe", "See /who?name=ida%20moe, then.", f"See {19 * '█'}, then."),
        ("Ida Moe", "x.org/%49da%2BMoe (ida%2520moe)", f"{17 * '█'} ({11 * '█'})"),
        ("Bo Sømo", "?q=bo-s%C3%B8mo and ?q=bo%20s%f8mo", f"{15 * '█'} and {14 * '█'}"),
        ("Ida Moe", "ida%20 and a%20moe, 5%20 of Ida Marie Moe", "ida%20 and a%20moe, 5%20 of Ida Marie Moe"),
        ("Ida Moe", "Ida M. Moe, Ida E.-P. Moe and Ida Ö Moe", f"{10 * '█'}, {13 * '█'} and {9 * '█'}"),
        (
            "Ida Moe",
            "IdaMoe's, IDAMOE; idamoebas, RidaMoe, idamoe2",
            f"{6 * '█'}'s, {6 * '█'}; idamoebas, RidaMoe, idamoe2",
        ),
        ("Ida Moe", "@IdaMoe, #IdaMoe, @ida_m_moe and @idammoe1", f"{7 * '█'}, {7 * '█'}, {10 * '█'} and {9 * '█'}"),
        ("Ida Moe", "Ida met Moe; Ida M. K. L. Moe", "Ida met Moe; Ida M. K. L. Moe"),
    ],
)
def test_words_are_taken_out_in_all_their_forms(words: str, text: str, expected: str) -> None:
    found, _ = taking_out(words)(text)
    assert found == expected and len(found) == len(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_taken_out_leaves_all_places_as_they_were(text: str, words: str) -> None:
    try:
        take_out = taking_out(words)
    except ValueError:
        return
    found, count = take_out(text)
    assert len(found) == len(text)
    assert (found == text) == (count == 0)
    assert take_out(found)[0] == found


@pytest.mark.parametrize(
    "page",
    [
        '<a title="M&uuml;ller">him</a>',
        '<a title="M&#252;ller">him</a>',
        "<script>var who = 'M\\u00fcller';</script>",
        '<a href="https://example.org/m%C3%BCller">him</a>',
        "<p>M\u00fcller came.</p>",
        "<p>Mu\u0308ller came.</p>",
        "<p>MÜLLER, i.e. mueller.com and muller.com, came.</p>",
    ],
)
@pytest.mark.parametrize("name", ["Müller", "Mu\u0308ller"])
def test_a_name_is_gone_in_whatever_way_it_is_written(tmp_path: Path, page: str, name: str) -> None:
    body = "<p>The harbour of Averley was full of boats on Monday, and the fair went on until midnight.</p>" * 3
    path = tmp_path / "Müller.html"
    path.write_text(f"<html><body><article>{page}{body}</article></body></html>", encoding="utf-8")
    with Library(tmp_path / "kept.db", who="Müller") as library:
        library.add(path)
        library.save_search("Müller", "M* Müller")
        library.decide("note", library.show(library.stories()[0].id)[1][0].id, value="ask Müller")
        library.redact(name)
        data = bytes_of(library)
        for written in (
            "müller",
            "mu\u0308ller",
            "muller",
            "m\\u00fcller",
            "m&uuml;ller",
            "m&#252;ller",
            "m%c3%bcller",
        ):
            assert written.encode() not in data, written
        assert library.alerts() == () and library.verify() == ()
        # The same file again brings nothing back.
        assert library.add(path).known == 1
        assert b"m\xc3\xbcller came" not in bytes_of(library)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    case=st.sampled_from([str, str.lower, str.upper]),
    form=st.sampled_from(
        ["Ida Moe", "IdaMoe", "@IdaMoe", "#IdaMoe", "Ida M. Moe", "Ida J. K. Moe", "Ida_Moe", "@ida_moe9"]
    ),
    headline=st.booleans(),
)
def test_no_byte_of_a_name_is_left_whether_it_is_run_together_or_has_initials(
    tmp_path_factory: pytest.TempPathFactory, case: Callable[[str], str], form: str, headline: bool
) -> None:
    folder = tmp_path_factory.mktemp("redacted")
    name = case(form)
    title = f"What {name} saw" if headline else "What was seen"
    article(folder, "gazette", f"{title}\n\n{FERRY}\n\nIt was {name} who had called the coast guard, they said.")
    with Library(folder / "kept.db") as library:
        library.add(folder / "gazette.json")
        assert name.lower().encode() in bytes_of(library)
        library.redact("ida moe")
        data = bytes_of(library)
        assert name.lower().encode() not in data and name.strip("@#").lower().encode() not in data
        assert library.verify() == ()


def test_what_cannot_be_overwritten_now_is_when_the_library_is_opened_next(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "READERS", 0.1)
    reader = sqlite3.connect(library.path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM tellings").fetchone()
    with pytest.raises(StoreError, match="another process that reads"):
        library.forget("post.json")
    reader.close()
    library.close()
    with Library(library.path) as again:
        assert b"merrin" not in bytes_of(again) and again.verify() == ()


def test_long_texts_are_redacted_in_proportion() -> None:
    take_out = taking_out("Ida Moe")
    for text in ("x" * 300_000, "@" * 300_000, "idamoe" * 50_000, "ida " * 75_000, "%20" * 100_000):
        start = time.process_time()
        take_out(text)
        assert time.process_time() - start < 10


# ---- the file ------------------------------------------------------------------------------


def test_a_file_that_is_no_library_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"my notes")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    for name in ("notes.db", "other.db"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(StoreError, match="no library"):
            Library(tmp_path / name)
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(NoLibraryError, match="tellings add"):
        Library(tmp_path / "none.db", reading=True)
    assert not (tmp_path / "none.db").exists()


def test_a_newer_library_is_refused_and_an_older_one_brought_up_to_date(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.path
    library.close()

    def next_one(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE stories ADD COLUMN colour TEXT")

    from tellings.edge.store import database

    steps = (*schema.MIGRATIONS, next_one)
    monkeypatch.setattr(database, "MIGRATIONS", steps)
    with Library(path, reading=True) as newer:
        assert newer.stats()["tellings"] == 3
    backup = path.with_name(f"{path.name}.form-{len(schema.MIGRATIONS)}.backup")
    assert is_library(backup)
    monkeypatch.undo()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer tellings"):
        Library(path)
    assert path.read_bytes() == before
    with Library(backup) as older:
        assert older.stats()["tellings"] == 3 and older.verify() == ()


def test_all_tables_are_described_for_datasette(library: Library) -> None:
    told = json.loads((ROOT / "docs" / "library.metadata.json").read_text(encoding="utf-8"))
    described = told["databases"]["library"]["tables"]
    names = library._opened.connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    there = {name for (name,) in names if "_search" not in name and not name.startswith("sqlite_autoindex")}
    assert described.keys() == there
    for name, each in described.items():
        columns = {row[1] for row in library._opened.connection.execute(f"PRAGMA table_info({name})")}
        told_of = {each[key] for key in ("label_column", "sort", "sort_desc", "fts_pk") if key in each}
        assert told_of | set(each.get("facets", ())) <= columns, name


def test_the_questions_in_the_docs_can_be_asked(library: Library) -> None:
    page = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
    questions = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert len(questions) >= 5
    for question in questions:
        story = story_with(library, "courier")
        library._opened.connection.execute(re.sub(r"'s[0-9a-f]{16}'", f"'{story}'", question)).fetchall()


def test_a_library_of_the_first_form_is_read_on(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tellings.edge.store import database

    path = tmp_path / "first.db"
    monkeypatch.setattr(database, "MIGRATIONS", schema.MIGRATIONS[:1])
    Library(path).close()
    monkeypatch.undo()
    with Library(path) as library:
        library.add(pile)
        assert library.verify() == () and [each.fields for each in library.history()] == [()]


def test_a_library_that_kept_components_is_sorted_on(library: Library, tmp_path: Path) -> None:
    connection = library._opened.connection
    connection.execute("ALTER TABLE sorting_values RENAME TO rows")
    connection.execute(
        "CREATE TABLE sorting_values (kind INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, "
        "PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID"
    )
    connection.execute("INSERT INTO sorting_values SELECT * FROM rows")
    connection.execute("DROP TABLE rows")
    connection.execute("INSERT INTO sorting_values VALUES (4, 'a', x'a161'), (5, 'a', x'91a161')")
    kept = connection.execute("SELECT key, value FROM sorting_values WHERE kind = 1 ORDER BY key").fetchall()
    longer = [(packed(_by(unpacked(value, Sketch), 1 + 1e-9)), key) for key, value in kept]
    connection.executemany("UPDATE sorting_values SET value = ? WHERE kind = 1 AND key = ?", longer)
    connection.execute("UPDATE sorting_words SET weight = weight + 0.00000001")
    # Much of the file is free behind it, and is given back.
    connection.execute("CREATE TABLE large AS SELECT randomblob(2000000)")
    connection.execute("DROP TABLE large")
    connection.execute("PRAGMA user_version = 4")
    stories, size = library.stories(), connection.execute("PRAGMA page_count").fetchone()
    with Library(library.path) as migrated:
        assert migrated._opened.connection.execute("PRAGMA page_count").fetchone() < size
        assert migrated.verify() == () and migrated.stories() == stories
        connection = migrated._opened.connection
        assert not connection.execute("SELECT 1 FROM sorting_values WHERE kind IN (4, 5)").fetchall()
        now = connection.execute("SELECT key, value FROM sorting_values WHERE kind = 1 ORDER BY key").fetchall()
        assert [(key, unpacked(value, Sketch)) for key, value in now] == [
            (key, unpacked(value, Sketch)) for key, value in kept
        ]
        weights = [weight for (weight,) in connection.execute("SELECT weight FROM sorting_words")]
        assert weights and all((weight * 2**22).is_integer() for weight in weights)


def _by(of: Sketch, much: float) -> Sketch:
    """A sketch whose weights are so many times as great."""
    vectors = {"title": of.title, "lead": of.lead, "body": of.body, "names": of.names, "pairs": of.pairs}
    return replace(of, **{name: {w: v * much for w, v in vector.items()} for name, vector in vectors.items()})


def test_lines_that_an_earlier_form_kept_are_searched(library: Library) -> None:
    found = [library.search("smelled", kind="quote"), library.search("12", kind="fact"), library.search("hurt")]
    connection = library._opened.connection
    for name in ("quotes", "facts", "events"):
        connection.execute(f"DROP TABLE {name}_search")
        rows = [row for (row,) in connection.execute(f"SELECT id FROM {name}_found ORDER BY id").fetchall()]
        connection.executemany(f"UPDATE {name}_found SET id = ? WHERE id = ?", list(enumerate(rows, 1)))
    connection.execute("PRAGMA user_version = 3")
    with Library(library.path, reading=True) as migrated:
        assert migrated.verify() == ()
        again = [migrated.search("smelled", kind="quote"), migrated.search("12", kind="fact"), migrated.search("hurt")]
    assert again == found and all(found)


def test_a_migration_that_fails_leaves_the_library_as_it_was(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from tellings.edge.store import database

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE looked")
        connection.execute("SELECT nothing FROM nowhere")

    library.close()
    monkeypatch.setattr(database, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(StoreError):
        Library(library.path)
    monkeypatch.undo()
    with Library(library.path) as again:
        assert again.verify() == () and again.stats()["tellings"] == 3


def test_what_was_edited_in_the_file_is_noticed(library: Library) -> None:
    connection = library._opened.connection
    connection.execute("UPDATE revisions SET text = replace(text, 'Twelve', 'Twenty') WHERE number = 1")
    connection.execute('UPDATE facts_found SET "end" = 99999')
    faults = " ".join(library.verify())
    assert "not those of its digest" in faults and "facts_found has a line that was not found" in faults
    assert "index of full text" in faults


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            "UPDATE quotes_found SET speaker = 'Nobody' WHERE id = (SELECT min(id) FROM quotes_found)",
            "quotes_found lacks a line",
        ),
        ("DELETE FROM events_found ", "events_found lacks a line"),
        ("INSERT INTO people_found SELECT telling, 'Nobody', 1 FROM people_found LIMIT 1", "was not found: Nobody"),
        ("DELETE FROM texts_search_docsize WHERE id = 1", "texts_search: the index of full text"),
        ("DELETE FROM quotes_search_docsize", "quotes_search: the index of full text"),
        ("UPDATE stories SET tellings = 7 WHERE tellings = 2", "says that it has 7"),
        ("UPDATE tellings SET story = (SELECT min(id) FROM stories)", "and has"),
        ("DELETE FROM sorting_values WHERE kind = 6", "is not sorted"),
    ],
)
@pytest.mark.parametrize("reading", [False, True])
def test_any_line_that_was_edited_is_noticed(library: Library, edit: str, fault: str, reading: bool) -> None:
    library._opened.connection.execute(edit)
    with Library(library.path, reading=reading) as edited:
        assert any(fault in each for each in edited.verify())
    library.close()


def test_an_index_that_is_damaged_is_made_anew(library: Library) -> None:
    library._opened.connection.execute("DELETE FROM texts_search_docsize WHERE id = 1")
    assert library.verify()
    library.rebuild(every=True)
    assert library.verify() == ()


def test_the_fields_that_were_named_stand_in_the_record(tmp_path: Path) -> None:
    rows = [{"body": text, "headline": text.splitlines()[0]} for text in (FERRY, FERRY_TOO)]
    given = tmp_path / "rows.jsonl"
    given.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    with Library(tmp_path / "kept.db") as library:
        library.add(given, fields={"text": "body"})
        library.add(given, fields={"text": "body"})
        assert [each.fields for each in library.history()] == [("text=body",)] * 2
        assert library.record(library.stories()[0].id) == tellings.read(given, fields={"text": "body"})


@pytest.mark.parametrize(("person", "found"), [("ida brenn", 2), ("BRÉNN", 2), ("Vikar", 0)])
def test_filters_pass_over_case_and_marks(library: Library, person: str, found: int) -> None:
    assert len({hit.telling for hit in library.search("ferry", filters=Filters(person=person))}) == found
    assert library.search("ferry", filters=Filters(outlet="GAZÉTTE"))


def test_an_article_that_words_were_taken_out_of_is_said_not_to_be_kept_again(library: Library, pile: Path) -> None:
    library.redact("Vikar")
    (again,) = library.add(pile / "post.json").problems
    assert again.kind == "left-out" and "without them" in again.message and not again.lost
    library.forget("post.json")
    added = library.add(pile)
    (gone,) = added.problems
    assert "not kept" in gone.message and gone.lost and library.stats()["tellings"] == 2
    assert added.known == 2, "what is not kept is not known"


def test_a_library_that_may_only_be_read_is_read(library: Library) -> None:
    path = library.path
    library.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Library(path, reading=True) as reading:
            assert reading.record(reading.stories()[0].id).tellings
            assert reading.search("smoke")
        if os.geteuid():
            with pytest.raises(StoreError, match=r"may only be read|cannot open"), Library(path) as writing:
                writing.mark(writing.stories()[0].id)
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)


def test_a_full_disk_is_said_and_what_was_kept_is_kept(library: Library, tmp_path: Path) -> None:
    connection = library._opened.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    long = MILL + "\n\n".join(
        f"The mill at Merrin made {n} rolls of paper in a day, said Tom Vikar." for n in range(900)
    )
    with pytest.raises(StoreError, match="disk is full"):
        library.add(article(tmp_path / "long", "long", long))
    connection.execute("PRAGMA max_page_count = 4294967294")
    assert library.verify() == () and library.stats()["tellings"] == 3
    assert library.add(tmp_path / "long").new


def test_a_library_that_was_begun_is_made_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    begun = sqlite3.connect(path)
    begun.execute("PRAGMA journal_mode = WAL")
    begun.close()
    assert path.stat().st_size
    with Library(path) as library:
        assert library.verify() == ()
    assert is_library(path)
    many = [spawn("pass", tmp_path / "new.db", tmp_path) for _ in range(4)]
    assert [each.wait() for each in many] == [0] * 4


def test_two_that_add_at_once_and_those_that_read_meanwhile(tmp_path: Path) -> None:
    for side in ("a", "b"):
        for number in range(6):
            town = f"{side}{'xyz'[number % 3]}{number}"
            article(
                tmp_path / side,
                f"{side}{number}",
                f"Fire at the mill of {town}\n\nThe mill of {town} burned down, {number} fled.",
            )
    path = tmp_path / "kept.db"
    with Library(path):
        pass
    adding = [spawn("library.add(given)", path, tmp_path / side) for side in ("a", "b")]
    while any(each.poll() is None for each in adding):
        with Library(path, reading=True) as library:
            assert library.verify() == ()
            for story in library.stories():
                assert library.show(story.id)[1]
    assert [each.wait() for each in adding] == [0, 0]
    with Library(path) as library:
        assert library.stats()["tellings"] == 12 and library.verify() == ()
        with Library(tmp_path / "at-once.db") as at_once:
            at_once.add(tmp_path / "a", tmp_path / "b")
            assert stories_of(library) == stories_of(at_once)


@pytest.mark.parametrize("seed", range(2))
def test_a_process_that_is_killed_loses_nothing_that_it_said_was_kept(tmp_path: Path, seed: int) -> None:
    for number in range(30):
        article(
            tmp_path / "in",
            f"n{number:02}",
            f"Vote in town {number}\n\nThe town of number {number} voted on {number} seats.",
        )
    path = tmp_path / "kept.db"
    code = "for each in sorted(given.iterdir()):\n    library.add(each)\n    print(each.name, flush=True)"
    with spawn(code, path, tmp_path / "in", stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().decode().strip() for _ in range(1 + 3 * seed)]
        time.sleep(0.01 * seed)
        process.send_signal(signal.SIGKILL)
        said += process.stdout.read().decode().split()
    with Library(path) as library:
        assert library.verify() == ()
        kept = {t.name for s in library.stories() for t in library.show(s.id)[1]}
        assert kept >= set(filter(None, said))
        library.add(tmp_path / "in")
        assert library.stats()["tellings"] == 30 and library.verify() == ()


@pytest.mark.parametrize("where", ["keep", "sort"])
def test_what_ends_between_keeping_and_sorting_is_sorted_the_next_time(
    pile: Path, tmp_path: Path, where: str, call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, begun = tmp_path / "kept.db", []

    def ends(*_: object) -> None:
        begun.append(True)
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch, Library(path) as library:
        if where == "sort":
            patch.setattr(adding, "_sort", ends)
        else:
            patch.setattr(adding, "_AT_ONCE", 2)
            keep = texts.keep
            patch.setattr(
                texts, "keep", lambda *given: (ends if given[1].document.name == "post.json" else keep)(*given)
            )
            patch.setattr(adding, "sort_waiting", ends)
        with pytest.raises(StoreError):
            library.add(pile)
    assert begun
    kept = 3 if where == "sort" else 2
    with Library(path, reading=True) as library:
        assert (library.stats()["tellings"], library.stories(), library.verify()) == (kept, (), ())
        assert library.unsorted() == library.stats()["unsorted"] == kept
        assert library.search("smoke")
    assert f"note {kept} articles in no story yet" in call("list", "--library", path).err
    with Library(path) as library:
        assert sum(story.tellings for story in library.stories()) == kept
        library.add(pile)
        with Library(tmp_path / "whole.db") as whole:
            whole.add(pile)
            assert stories_of(library) == stories_of(whole)
    assert not call("list", "--library", path).err


def test_after_ctrl_c_what_was_kept_is_sorted(pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "_AT_ONCE", 2)

    def stop(stage: str, done: int, _: int) -> None:
        if (stage, done) == ("annotating", 3):
            raise KeyboardInterrupt

    with Library(tmp_path / "kept.db") as library:
        with pytest.raises(KeyboardInterrupt):
            library.add(pile, progress=stop)
        (story,) = library.stories()
        assert {each.name for each in library.show(story.id)[1]} == {"courier.json", "gazette.json"}


@pytest.mark.parametrize("at", [1, 2, 1000])
def test_when_what_is_new_is_sorted_does_not_change_the_stories(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (FERRY, MILL, FERRY_TOO, MILL.replace("ninety", "eighty"), FERRY_TOO.replace("12", "14"))
    for number, text in enumerate(texts):
        article(tmp_path / "in", f"n{number}", text, day=f"2026-01-{5 + number // 3:02}")
    # A later text of what still waits.
    article(tmp_path / "in", "n5", MILL.replace("ninety", "seventy"), address="https://example.org/n0")
    with Library(tmp_path / "whole.db") as whole:
        whole.add(tmp_path / "in")
        expected = stories_of(whole), {story.id: story.title for story in whole.stories()}
    sorts: list[int] = []
    sort = adding._sort
    monkeypatch.setattr(adding, "_AT_ONCE", 1)
    monkeypatch.setattr(adding, "_SORTED_AT", at)
    monkeypatch.setattr(adding, "_sort", lambda *given: sorts.append(1) or sort(*given))
    with Library(tmp_path / "kept.db") as library:
        added = library.add(tmp_path / "in")
        assert (stories_of(library), {story.id: story.title for story in library.stories()}) == expected
        assert {story.id for story in library.stories()} <= {*added.stories}
    assert len(sorts) == {1: 2, 2: 4, 1000: 7}[at]


def stories_of(library: Library) -> set[frozenset[str]]:
    """The tellings of each story."""
    return {frozenset(each.id for each in library.show(story.id)[1]) for story in library.stories()}


def spawn(code: str, path: Path, given: Path, **options: object) -> subprocess.Popen[bytes]:
    """A process that has a library open as `library`."""
    head = f"from pathlib import Path; from tellings import Library; given = Path({str(given)!r})\n"
    body = "\n".join(f"    {line}" for line in code.splitlines())
    program = f"{head}with Library({str(path)!r}) as library:\n{body}\n"
    return subprocess.Popen([sys.executable, "-c", program], **options)  # type: ignore[call-overload, no-any-return]


# ---- the command line ----------------------------------------------------------------------


@pytest.mark.parametrize("words", [["list"], ["search", "fire"], ["history"], ["stats"]])
def test_who_only_looks_does_not_wait_for_what_finds(library: Library, words: list[str]) -> None:
    code = (
        "import sys; from tellings.cli import cli; cli(sys.argv[1:], standalone_mode=False); "
        "sys.exit('tellings.pipeline' in sys.modules)"
    )
    command = [sys.executable, "-c", code, *words, "--library", str(library.path)]
    assert subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0


def test_the_commands_of_a_library(call: Callable[..., Called], pile: Path, tmp_path: Path) -> None:
    where = ("--library", tmp_path / "kept.db")
    assert call("list", *where).code == 4
    added = call("add", pile, *where, "--format", "json")
    assert added.code == 0 and len(json.loads(added.out)["new"]) == 3
    (ferry, _) = sorted(json.loads(call("list", *where, "--format", "json").out), key=lambda each: -each["tellings"])
    assert ferry["new"] == 2
    shown = call("show", ferry["id"], *where)
    assert shown.code == 0 and "Courier" in shown.out.decode()
    hits = json.loads(call("search", "smoke", "--kind", "quote", *where, "--format", "json").out)
    assert {hit["publisher"] for hit in hits} == {"Courier", "Gazette"}
    assert "smelled" in call("search", "smell*", *where).out.decode()
    nothing = call("search", "hippopotamus", *where)
    assert nothing.code == 0 and not nothing.out and "nothing found" in nothing.err
    record = call("record", ferry["id"], "-o", tmp_path / "out", *where)
    assert record.code == 0 and (tmp_path / "out" / "record.html").is_file()
    assert call("verify", tmp_path / "out" / "record.json", pile).code == 0
    assert call("decide", "label", ferry["id"], "--value", "sea", *where).code == 0
    assert "sea" in call("show", ferry["id"], *where).out.decode()
    assert call("undo", "1", *where).code == 0
    assert "undone by" in call("history", *where).out.decode()
    assert json.loads(call("stats", *where, "--format", "json").out)["tellings"] == 3
    news = call("news", *where, "--mark")
    assert news.code == 0 and "Ferry fire" in news.out.decode()
    assert "nothing new" in call("news", *where).out.decode()
    assert call("search", "engine", "--save", "engines", *where).code == 0
    article(pile, "radio", FERRY.replace("at once", "early"))
    assert call("add", pile, *where, "--quiet").code == 0
    feed = ElementTree.fromstring(call("alerts", *where, "--format", "rss").out)
    assert [each.text for each in feed.iter("title")][1:] == [
        "engines: Radio · Ferry fire hurts twelve off Port Averley"
    ]
    assert b"engines: 1 new line" in call("alerts", "--mark", *where).out
    assert call("alerts", "--drop", "engines", *where).code == 0
    assert call("follow", ferry["id"], "--name", "ferry", *where).code == 0
    article(pile, "herald", FERRY.replace("Twelve people", "Fifteen people").replace("twelve", "15"), day="2026-01-09")
    assert call("add", pile, *where, "--quiet").code == 0
    told = call("alerts", *where).out.decode()
    assert "ferry: 1 development" in told and "+ Fifteen people" in told
    feed = ElementTree.fromstring(call("alerts", "--mark", *where, "--format", "rss").out)
    assert any("ferry" in (each.text or "") for each in feed.iter("title"))
    assert call("alerts", "--drop", "ferry", *where).code == 0
    assert call("merge", tmp_path / "kept.db", *where).code == 0
    assert call("changes", "post.json", *where).out.decode().strip() == "one text of it is kept: nothing to compare"
    assert call("rebuild", *where, "--quiet").code == 0
    assert call("redact", "Vikar", "--yes", *where).code == 0
    assert "█" in call("search", "union", *where).out.decode()
    assert call("forget", "post.json", "--yes", *where).code == 0
    assert call("verify", tmp_path / "kept.db").code == 0
    assert json.loads(call("verify", tmp_path / "kept.db", "--format", "json").out) == {
        "outcome": "holds",
        "failures": [],
    }


@pytest.mark.parametrize(
    "words",
    [
        *(["follow", "x"], ["decide", "note", "x", "--value", "y"], ["undo", "1"], ["record", "x"], ["rebuild"]),
        *(["forget", "x", "--yes"], ["redact", "x", "--yes"], ["search", "x", "--save", "y"], ["alerts", "--mark"]),
        *(["list"], ["news", "--mark"], ["history"]),
    ],
)
def test_only_adding_makes_a_library(call: Callable[..., Called], tmp_path: Path, words: list[str]) -> None:
    found = call(*words, "--library", tmp_path / "none.db")
    assert found.code == 4 and "there is no such library" in found.err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("words", [("redact", "Vikar"), ("forget", "courier.json")])
def test_who_does_not_agree_is_told_that_nothing_was_changed(
    library: Library, call: Callable[..., Called], words: tuple[str, ...]
) -> None:
    before = library.stats()
    found = call(*words, "--library", library.path, stdin=b"n\n")
    assert found.code == 0 and "nothing was changed" in found.err and "interrupted" not in found.err
    assert library.stats() == before


@pytest.mark.parametrize("words", [("redact", "Vikar"), ("forget", "courier.json")])
def test_where_nobody_can_answer_the_way_not_to_be_asked_is_said(
    library: Library, call: Callable[..., Called], words: tuple[str, ...]
) -> None:
    before = library.stats()
    found = call(*words, "--library", library.path, stdin=b"")
    assert found.code == 2 and "--yes" in found.err and "interrupted" not in found.err
    assert library.stats() == before


def test_what_was_added_is_told_in_the_order_of_the_list(
    call: Callable[..., Called], pile: Path, tmp_path: Path
) -> None:
    where = ("--library", tmp_path / "kept.db")
    article(pile, "late", "The mayor of Osk opened the new library of the town by the river.", day="2026-02-01")
    article(pile, "early", "A heron was counted on the ponds of Tarn by children of two schools.", day="2025-02-01")
    told = json.loads(call("add", pile, *where, "--format", "json").out)["stories"]
    listed = [each["id"] for each in json.loads(call("list", *where, "--format", "json").out)]
    assert len(told) > 2 and told == listed


def test_rebuilding_quietly_says_nothing_and_nothing_new_is_told_alike(
    library: Library, call: Callable[..., Called]
) -> None:
    where = ("--library", library.path)
    assert call("rebuild", *where, "--quiet") == Called(0, b"", "")
    assert "found anew in" in call("rebuild", *where).err
    story = library.stories()[0].id
    assert call("follow", story, "--name", "mine", *where).code == 0
    assert call("search", "hippopotamus", "--save", "hippo", *where).code == 0
    told = call("alerts", *where).out.decode()
    assert told.splitlines() == ["hippo: nothing new", "mine: nothing new"]
    call("news", "--mark", *where)
    assert "nothing new" in call("news", story, *where).out.decode()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "0000"), 2, "is no story"),
        (("forget", "nothing.txt", "--yes"), 2, "is no article"),
        (("undo", "7"), 2, "no decision 7"),
        (("decide", "maybe", "a", "b"), 2, "no kind of decision"),
        (("decide", "title", "courier.json"), 2, "needs a value"),
        (("search", "…", "--save", "x"), 2, "no word"),
        (("search", "…"), 2, "no word"),
        (("decide", "date", "courier.json", "--value", "soon"), 2, "is no day"),
        (("decide", "one thing", "courier.json@1", "post.json@1"), 2, "no value stands there"),
        (("alerts", "--drop", "x"), 2, "there is no search"),
        (("alerts", "--drop", ""), 2, "there is no search"),
        (("redact", "…", "--yes"), 2, "no word"),
        (("add", "nowhere"), 4, "nothing could be read"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    library: Library, call: Callable[..., Called], words: tuple[str, ...], code: int, said: str
) -> None:
    found = call(*words, "--library", library.path)
    assert found.code == code and said in found.err and "Traceback" not in found.err

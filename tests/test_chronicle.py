"""Timelines, briefs and news: days and sentences chosen, laws, and the commands."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_sample import WHY
from project import ROOT, grows_linearly
from small_record import small_record

import tellings
from tellings.across import digest
from tellings.across.chronology import worth
from tellings.across.chronology.likeness import FEWEST_REPRINTED, REPRINTED, Words, differ_in_a_number, reprinted
from tellings.across.chronology.statements import Statement
from tellings.across.chronology.themes import FEWEST_SHARED, SAME_THEME, STORY_WIDE, themes
from tellings.across.chronology.weight import day_weights, event_weight
from tellings.across.of_the_page import is_no_telling
from tellings.across.standing_alone import leans
from tellings.across.word_vectors import Neighbours, Space, Together, cosine, shared_words, summed
from tellings.edge.exports.timeline import _folded, _ical
from tellings.edge.writers import wording
from tellings.edge.writers.pictures import axis
from tellings.model.dated import is_after
from tellings.model.record import DateLine, Evidence, Line, TimelineEntry
from tellings.model.records import Document, DocumentDate, EventStatement, Interval, Place, Provenance, Telling
from tellings.model.text import Span, View
from tellings.pipeline import annotate

WORDS = (
    "bridge",
    "ice",
    "pier",
    "barge",
    "council",
    "buses",
    "engineer",
    "closed",
    "opened",
    "report",
    "market",
    "ferry",
)


def said(telling: str, when: int, told: int | None, text: str, at: int = 0, kind: str = "") -> Statement:
    """A statement of `telling` about day `when` of January 2011, told on day `told`."""
    day = date(2011, 1, when)
    words = tuple(text.split())
    found = EventStatement(Place(telling, Span(at, at + len(text))), (), False, Provenance("test", "test"))
    return Statement(
        found,
        Interval(day, day),
        dated=True,
        announced=False,
        background=False,
        told=date(2011, 1, told) if told else None,
        vector_words=words,
        clause_words=words,
        kinds=frozenset(),
        names=frozenset(),
        numbers=frozenset(),
        basis="main-event",
        tense="",
        number=0,
        speech=False,
        quoted=0.0,
        event_words=frozenset(words[:6]),
        event_kinds=frozenset([kind] if kind else []),
        all_words=frozenset(words),
        size=len(words),
        leans=False,
        whole=True,
        weekdays=frozenset(),
    )


def of_days(told: list[Statement]) -> list[tuple[Interval, Statement]]:
    """Each with its day."""
    return [(one.when, one) for one in told]


LONG = "bridge ice pier closed council barge late monday"


def test_a_day_that_is_spoken_of_longer_weighs_more() -> None:
    told = [said("a", 1, 2, LONG), said("b", 3, 4, LONG), said("c", 1, 30, LONG)]
    found = day_weights(of_days(told), {"a": 0, "b": 1, "c": 2})
    assert found[told[0].when] > found[told[1].when]
    (late,) = day_weights(of_days([said("a", 1, 30, LONG)]), {"a": 0}).values()
    (soon,) = day_weights(of_days([said("a", 1, 2, LONG)]), {"a": 0}).values()
    assert late > soon


def test_one_origin_counts_once_a_day() -> None:
    told = [said("a", 1, 2, LONG), said("b", 1, 2, LONG)]
    day = told[0].when
    assert day_weights(of_days(told), {"a": 0, "b": 0})[day] < day_weights(of_days(told), {"a": 0, "b": 1})[day]
    assert day_weights(of_days(told), {"a": 0, "b": 0})[day] == day_weights(of_days(told[:1]), {"a": 0})[day]


def test_an_event_weighs_the_less_the_more_stand_before_it_and_the_more_days_it_can_mean() -> None:
    weights = [event_weight(2, 5.0, further, 1) for further in range(4)]
    assert weights == sorted(weights, reverse=True) and len(set(weights)) == 4
    assert event_weight(2, 5.0, 0, 1) > event_weight(2, 5.0, 0, 7) > event_weight(2, 5.0, 0, 365)
    assert event_weight(3, 5.0, 0, 1) > event_weight(2, 5.0, 0, 1)


statement_lists = st.lists(
    st.builds(
        said,
        st.sampled_from("abcdef"),
        st.just(1),
        st.one_of(st.none(), st.integers(1, 28)),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
        st.integers(0, 500),
        st.sampled_from(["", "", "", "death", "fire"]),
    ),
    max_size=25,
)


def plainly_grouped(told: list[Statement]) -> list[list[Statement]]:
    """Each statement with the group of the one most like it: every pair compared."""

    def alike(a: Statement, b: Statement) -> float:
        same = a.event_kinds & b.event_kinds or reprinted(a.all_words, b.all_words)
        return 1.0 if same else shared_words(a.event_words, b.event_words, FEWEST_SHARED)

    groups: list[list[Statement]] = []
    for one in told:
        best = max(groups, key=lambda group: max(alike(one, other) for other in group), default=None)
        if best is not None and max(alike(one, other) for other in best) >= SAME_THEME:
            best.append(one)
        else:
            groups.append([one])
    return groups


@settings(max_examples=150, deadline=None)
@given(statement_lists)
def test_statements_meet_as_if_every_pair_was_compared(told: list[Statement]) -> None:
    wide = {word for word in WORDS if sum(word in one.event_words for one in told) > max(3, STORY_WIDE * len(told))}
    narrow = [replace(one, event_words=one.event_words - wide) for one in told]
    places = {id(one): place for place, one in enumerate(told)}
    also = {id(one): place for place, one in enumerate(narrow)}
    found = themes(told, {id(one): one.when for one in told})
    assert [[places[id(one)] for one in group] for group in found] == [
        [also[id(one)] for one in group] for group in plainly_grouped(narrow)
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=12), st.sampled_from([0.2, 0.35, 0.9])
)
def test_neighbours_are_those_that_every_cosine_shows(texts: list[list[str]], least: float) -> None:
    space = Space(enumerate(texts), more=2)
    vectors = [space.vector(number) for number in range(len(texts))]
    near = Neighbours(vectors)
    for vector in vectors:
        assert near.near(vector, least) == [n for n, other in enumerate(vectors) if cosine(vector, other) >= least]


@pytest.mark.parametrize(
    ("words", "leaning"),
    [
        ("He said so.", True),
        ("“But nobody came.”", True),
        ("Then the pier moved.", True),
        ("Hertha Lind came.", False),
        ("The council met.", False),
        ("Theirs was a good bridge.", False),
        ("Thistle fields lay around it.", False),
    ],
)
def test_what_leans_on_what_stands_before(words: str, leaning: bool) -> None:
    assert leans(words) is leaning


@given(st.text(max_size=300))
def test_a_folded_line_is_short_and_whole(text: str) -> None:
    line = f"SUMMARY:{_ical(text)}"
    pieces = list(_folded(line))
    assert all(len(piece.encode("utf-8", "replace")) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert "\n" not in line and "\r" not in line


# ---- the commands ------------------------------------------------------------------------

ARTICLES = {
    "a.txt": (
        "date 2011-04-03\nThe bridge at Lower Merrin was closed on April 2 after ice moved its second pier.\n\n"
        "Nora Quill, the mayor, said the bridge would open again on April 20. She thanked the engineers on April 3.\n\n"
        "Buses take the long way round by the mill until then.\n"
    ),
    "b.txt": (
        "date 2011-04-04\nIce moved the second pier of the bridge at Lower Merrin on April 2; it was closed.\n\n"
        "A barge was towed off the pier on April 4.\n"
    ),
    "c.txt": (
        "date 2011-04-21\nThe bridge at Lower Merrin opened again on April 20, the mayor Nora Quill said.\n\n"
        "The repair of the bridge cost 40,000 crowns, of which the barge's owner pays half.\n\n"
        "The bridge was closed on April 2 after ice moved its second pier.\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tellings", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_timeline_tells_each_event_once_and_links_what_was_announced(folder: Path) -> None:
    found = tellings.timeline(folder).lines
    first = next(entry for entry in found if entry.when.earliest == date(2011, 4, 2))
    assert {line.words.telling for line in first.lines} == {"A", "B", "C"}
    ahead = next(entry for entry in found if entry.announced)
    told = next(entry for entry in found if entry.when == ahead.when and not entry.announced)
    assert ahead.then == (told.id,)
    assert max(found, key=lambda entry: entry.weight) is first


def test_whom_a_pronoun_means_is_said_as_ours(folder: Path) -> None:
    entries = tellings.timeline(folder).lines
    (thanked,) = [e for e in entries if e.lines[0].words.exact.startswith("She")]
    assert thanked.who == "Nora Quill"
    assert "[Nora Quill] She thanked" in run("timeline", folder).stdout


def test_every_format_holds_the_words_as_printed(folder: Path) -> None:
    words = "A barge was towed off the pier on April 4."
    told = json.loads(run("timeline", folder, "--format", "json").stdout)
    for entry in told["entries"]:
        for line in entry["lines"]:
            name = next(each["name"] for each in told["articles"] if each["label"] == line["telling"])
            assert ARTICLES[name][line["start"] : line["end"]] == line["exact"]
    rows = list(csv.DictReader(io.StringIO(run("timeline", folder, "--format", "csv").stdout)))
    assert words in {row["exact"] for row in rows}
    assert words in run("timeline", folder, "--format", "markdown").stdout
    slides = json.loads(run("timeline", folder, "--format", "timelinejs").stdout)["events"]
    assert any(words in slide["text"]["text"] and slide["start_date"]["day"] == 4 for slide in slides)
    ical = run("timeline", folder, "--format", "ical").stdout
    assert ical.startswith("BEGIN:VCALENDAR") and "DTSTART;VALUE=DATE:20110404" in ical
    assert ical.count("BEGIN:VEVENT") == ical.count("END:VEVENT") == len(slides)


def test_length_bounds_and_names_select(folder: Path) -> None:
    assert len(tellings.timeline(folder, entries=1).lines) == 1
    assert all(e.when.latest >= date(2011, 4, 4) for e in tellings.timeline(folder, since=date(2011, 4, 4)).lines)
    assert all("barge" in e.lines[0].words.exact for e in tellings.timeline(folder, about="barge").lines)
    assert tellings.timeline(folder, about="nobody").lines == ()
    assert run("timeline", folder, "--since", "2012-01-01", "--until", "2011-01-01").returncode == 2
    assert run("timeline", folder, "--since", "soon").returncode == 2
    assert run("timeline", folder / "absent").returncode == 4


@pytest.mark.parametrize("length", [None, 1, 2, 3])
def test_the_evaluation_scores_what_the_command_prints(tmp_path: Path, length: int | None) -> None:
    told = [text.removeprefix("date ").split("\n", 1) for text in ARTICLES.values()]
    (tmp_path / "news.jsonl").write_text(
        "".join(json.dumps({"date": day, "text": text}) + "\n" for day, text in told), encoding="utf-8"
    )
    with gzip.open(tmp_path / "articles.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number, (day, text) in enumerate(told):
            lines.write(json.dumps({"id": number, "time": day, "text": text}) + "\n")
    spec = importlib.util.spec_from_file_location("eval_timelines", ROOT / "eval" / "timelines.py")
    assert spec is not None and spec.loader is not None
    timelines = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(timelines)
    gold = None if length is None else {date(2011, 4, 2): ["x"] * (length - 1), date(2011, 4, 19): ["x"]}
    bounds = {"since": date(2011, 4, 2), "until": date(2011, 4, 19), "entries": length} if gold else {"entries": 20}
    expected: dict[date, list[str]] = {}
    for entry in tellings.timeline(tmp_path / "news.jsonl", **bounds).lines:
        expected.setdefault(entry.when.earliest, []).append(entry.lines[0].words.exact)
    assert expected
    assert timelines.printed(timelines.entries_of(timelines.story_of(tmp_path)), gold) == expected


def test_a_brief_is_made_of_sentences_of_the_tellings(folder: Path) -> None:
    found = tellings.brief(folder, sentences=3)
    assert 0 < len(found.lines) <= 3
    for line in found.lines:
        text = ARTICLES[found.record.telling(line.words.telling).name]
        assert text[line.words.start : line.words.end] == line.words.exact
    assert "pier" in found.lines[0].words.exact
    assert run("brief", folder, "--format", "markdown").stdout.startswith("# The story in brief")


SLIPWAY = {
    "a": "Three people were hurt on Sunday when the slipway at Varn gave way under a crowd of spectators, police said.",
    "b": "Police said that the slipway at Varn gave way on Sunday, and that three spectators in the crowd were hurt.",
    "c": "The council has closed the quay of Varn beside the old smithy for a week while divers look for planks.",
}


def test_only_who_says_the_same_counts_as_an_origin_of_a_sentence(tmp_path: Path) -> None:
    for name, words in SLIPWAY.items():
        (tmp_path / f"{name}.txt").write_text(f"date 2011-04-04\n\n{words}\n", encoding="utf-8")
    found = tellings.brief(tmp_path, sentences=1)
    (line,) = found.lines
    assert {found.record.telling(words.telling).name for words in line.saying_it} == {"a.txt", "b.txt"}
    assert line.origins == 2


def test_who_tells_of_it_otherwise_is_counted_by_itself() -> None:
    first, second = small_record().brief
    assert wording.told_beside(first) == ""
    assert wording.told_beside(replace(first, same=0)) == "1 more tells of it"
    assert wording.told_beside(second) == ""


def test_news_is_what_no_earlier_telling_says(folder: Path) -> None:
    found = tellings.news(folder, since=date(2011, 4, 5)).lines
    said = [line.words.exact for line in found]
    assert any("opened again" in words for words in said) and any("40,000 crowns" in words for words in said)
    assert not any("ice moved" in words for words in said)
    assert {line.words.telling for line in found} == {"C"}
    assert tellings.news(folder, since=date(2011, 5, 1)).lines == ()
    assert run("news", folder).returncode == 2
    assert json.loads(run("news", folder, "--since", "2011-04-05", "--format", "json").stdout)["sentences"]


REST = "The owner, Per Moe, was away in Oslund when the roof fell at ten in the evening."


@pytest.mark.parametrize(
    ("before", "after", "is_news"),
    [
        (
            "Two people were hurt, and one of them is in hospital.",
            "Two people were hurt, and one of them has died.",
            True,
        ),
        ("The police said the fire had been set.", "The police said the fire had not been set.", True),
        ("The police said the fire hadn't been set.", "The police said the fire had been set.", True),
        ("Police held Karl Rist over the fire.", "Police held Tom Vik over the fire.", True),
        ("Two people were hurt in the fire at Varn.", "Three people were hurt in the fire at Varn.", True),
        ("The fire at Varn hurt 12 people on the quay.", "The fire at Varn hurt 14 people on the quay.", True),
        # A short sentence is news where it counts anew what was counted otherwise, and not as it was, or counted never.
        ("Five people died in the fire at Varn, the police said on Tuesday.", "Six people have died.", True),
        ("Six people died in the fire at Varn, the police said on Tuesday.", "Six people have died.", False),
        ("The fire at Varn burned down the mill, the police said on Tuesday.", "Six lamps were lit.", False),
        # Nothing is new in it, or only what the earlier telling says elsewhere, or the order.
        ("The police said the fire had been set.", "The police said that the fire had been set.", False),
        ("The police of Varn said the fire had been set.", "The police said the fire had been set.", False),
        ("The mill at Varn burned down, the police said.", "The mill at Varn burned down, the owner said.", False),
    ],
)
def test_what_changed_in_a_reprinted_sentence_is_news(tmp_path: Path, before: str, after: str, is_news: bool) -> None:
    (tmp_path / "a.txt").write_text(f"date 2021-03-10\n{REST} {before}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"date 2021-03-11\n{REST} {after}\n", encoding="utf-8")
    found = tellings.news(tmp_path, since=date(2021, 3, 10)).lines
    assert [line.words.exact for line in found] == ([after] if is_news else [])


@pytest.mark.parametrize(
    ("before", "after", "is_news"),
    [
        # A figure that nobody told yet, and a kind of happening.
        (
            "The fire at the mill of Varn cost $200,000.",
            "The mill of Varn: fire cost its owners $320,000 in all.",
            True,
        ),
        (
            "The cook of the mill at Varn is in the hospital.",
            "At Varn the cook of the mill died in the hospital.",
            True,
        ),
        ("The cook of the mill at Varn is in the hospital.", "In the hospital is the cook of the mill at Varn.", False),
    ],
)
def test_a_value_that_nobody_told_is_news(tmp_path: Path, before: str, after: str, is_news: bool) -> None:
    (tmp_path / "a.txt").write_text(f"date 2021-03-10\n{REST} {before}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"date 2021-03-11\n{REST} {after}\n", encoding="utf-8")
    found = tellings.news(tmp_path, since=date(2021, 3, 10)).lines
    assert [line.words.exact for line in found] == ([after] if is_news else [])


def test_an_article_without_a_date_is_news_where_it_tells_of_a_later_day(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"date 2021-03-10\n{REST}\n", encoding="utf-8")
    text = "Council news\n\nThe council closed the mill of Varn on {} 2021, for its roof is unsafe, the mayor said."
    for day, sentences in (("15 March", 1), ("2 March", 0)):
        (tmp_path / "b.txt").write_text(text.format(day), encoding="utf-8")
        found = tellings.news(tmp_path, since=date(2021, 3, 10))
        assert len(found.lines) == sentences
        (undated,) = [telling for telling in found.record.tellings if telling.date.value is None]
        assert undated.date.not_before == (date(2021, 3, 15) if sentences else date(2021, 3, 2))


def test_undated_news_that_several_tell_stands_on_their_days(tmp_path: Path) -> None:
    texts = {
        "a.txt": "date 2011-04-03\nA barge has torn the chain of the old ferry at Lower Merrin, and drifts off.\n",
        "b.txt": "date 2011-04-04\nAt Lower Merrin the ferry lost its chain, torn by a barge, its owner said.\n",
        "c.txt": "date 2011-05-09\nThe museum of the town shows its brass lamps and its old charts again.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (entry,) = tellings.timeline(tmp_path).lines
    assert (entry.when.earliest, entry.when.latest) == (date(2011, 4, 2), date(2011, 4, 3))
    assert entry.vague and entry.inferred and {line.words.telling for line in entry.lines} == {"A", "B"}
    # One telling alone may open with anything.
    (tmp_path / "b.txt").unlink()
    assert tellings.timeline(tmp_path).lines == ()


def test_what_is_busy_is_drawn_and_what_is_far_off_is_not() -> None:
    days = [date(2011, 1 + number % 12, 1 + number % 28) for number in range(90)]
    busy = [Interval(day, day) for day in days]
    drawn = axis(drawn_entries([Interval(date(1603, 3, 24), date(1603, 3, 24)), *busy]))
    assert drawn is not None
    assert all(bar.heading.endswith("2011") for bar in drawn.bars) and sum(bar.sentences for bar in drawn.bars) == 90
    assert all(0 <= bar.x <= 100 and bar.x + bar.width <= 100.001 for bar in drawn.bars)
    assert axis(drawn_entries(busy[:2])) is None


def drawn_entries(intervals: list[Interval]) -> list[TimelineEntry]:
    line = Line(Evidence("A", 0, 1, "x"), (), why=WHY)
    return [
        TimelineEntry(f"t{number}", when, when.days > 1, False, False, (line,), 1, why=WHY)
        for number, when in enumerate(intervals, start=1)
    ]


YEARS = st.one_of(st.integers(2010, 2021), st.sampled_from([1, 1603, 9999]))
INTERVALS = st.one_of(
    st.builds(lambda year: Interval(date(year, 1, 1), date(year, 12, 31)), YEARS),
    st.builds(lambda year, day: Interval(date(year, 3, day), date(year, 3, day)), YEARS, st.integers(1, 31)),
    st.builds(lambda a, b: Interval(date(min(a, b), 6, 1), date(max(a, b), 6, 30)), YEARS, YEARS),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(INTERVALS, min_size=12, max_size=24))
def test_any_list_of_intervals_is_drawn_or_left_to_the_list(intervals: list[Interval]) -> None:
    found = axis(drawn_entries(sorted(intervals)))
    if found is None:
        return
    assert len(found.bars) >= 5
    assert sum(bar.sentences for bar in found.bars) <= len(intervals)
    assert all(0 <= bar.x <= 100 and 0 < bar.height <= 100 for bar in found.bars)


@pytest.mark.parametrize(("tellings", "held"), [(1, 1), (worth.HEADED, worth.HEADED), (8 * worth.HEADED, worth.HEADED)])
def test_events_are_held_against_so_many_headlines_however_large_the_pile(tellings: int, held: int) -> None:
    told = [said(f"t{number:04}", 1, 2, LONG) for number in range(tellings)]
    origin_of = {one.telling: number for number, one in enumerate(told)}
    story = worth.story_of(told, Words(told), origin_of, {one.telling: "Bridge closed" for one in told})
    assert len(story.headlines) == held


def test_time_to_find_the_sentences_of_a_digest_grows_with_the_article() -> None:
    line = (
        "On May 5, 2019, the quay had 41 ferries, 12 barges and 99 lamps. “The quay had 12 barges,” Ada Brook said.\n"
    )

    def article(length: int) -> Telling:
        document = Document("a", "a", "a", "text/plain", View.plain(line * length), DocumentDate(None, "test", "test"))
        found = annotate(document)
        far = [replace(found.timexes[0], span=Span(at, at + 1)) for at in range(10**6, 10**6 + 100 * length)]
        return replace(found, timexes=(*found.timexes, *far))

    short, long = article(40), article(240)
    of = {240: long, 40: short}
    assert grows_linearly(lambda lines: digest._candidates([of[len(lines)]], 4), range(40), range(240))
    assert {one.values for one in digest._candidates([short], 4)} == {frozenset({"41", "12", "99"}), frozenset({"12"})}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20))), st.integers(0, 50), st.integers(1, 9))
def test_stretches_meet_as_if_each_was_looked_at(pairs: list[tuple[int, int]], start: int, size: int) -> None:
    spans = [Span(at, at + length) for at, length in pairs]
    place = Span(start, start + size)
    expected = sorted(span for span in spans if span.start < place.end and place.start < span.end)
    assert digest._Stretches(spans).meeting(place) == expected


@pytest.mark.parametrize("end", ["?", "?”", "?’”", '?"'])
def test_a_question_stands_in_no_brief_and_on_no_timeline(tmp_path: Path, end: str) -> None:
    words = f"“Did the mill of Varn burn down on Sunday as the council of the town met on the quay{end}"
    (tmp_path / "a.txt").write_text(f"date 2021-03-10\n{words}\n", encoding="utf-8")
    assert tellings.brief(tmp_path).lines == tellings.timeline(tmp_path).lines == ()


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("“When did the mill burn down?”", True),
        ("When did the mill burn down?”", True),
        ("“I don't know. Who was in the mill?", True),
        ("The mayor asked on Sunday, “Who was in the mill?”", False),
        ("I said to her, ‘Who was in the mill?’", False),
    ],
)
def test_what_somebody_is_told_to_have_asked_is_told(words: str, asks: bool) -> None:
    assert is_no_telling(words) is asks


def test_the_events_of_a_brief_are_looked_up_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    whole = digest._events_of

    def counted(*given: Any) -> Any:
        calls.append(given)
        return whole(*given)

    monkeypatch.setattr(digest, "_events_of", counted)
    assert tellings.brief(folder).lines
    assert len(calls) == 1


def test_what_is_counted_as_earlier_is_what_news_takes_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"date 2021-03-10\n{REST}\n", encoding="utf-8")
    text = "Council news\n\nThe council closed the mill of Varn on {} 2021, for its roof is unsafe, the mayor said."
    for day, earlier in (("15 March", False), ("10 March", True)):
        (tmp_path / "b.txt").write_text(text.format(day), encoding="utf-8")
        assert ("taken for earlier" in run("news", tmp_path, "--since", "2021-03-10").stderr) == earlier


@pytest.mark.parametrize(
    ("value", "not_before", "after"),
    [(11, None, True), (10, None, False), (None, 11, True), (None, 10, False), (None, None, False), (10, 11, False)],
)
def test_what_is_after_a_day(value: int | None, not_before: int | None, after: bool) -> None:
    days = [None if day is None else date(2021, 3, day) for day in (value, not_before)]
    for dated in (DateLine(days[0], "test", days[1]), DocumentDate(days[0], "test", "test", None, days[1])):
        assert is_after(dated, date(2021, 3, 10)) == after


_WORDS = st.frozensets(st.sampled_from(["it", "sank", "off", "osk", "today", "again", "slowly", "4", "5", "2nd"]))


@settings(max_examples=400, deadline=None)
@given(_WORDS, _WORDS, _WORDS)
def test_sentences_are_told_apart_by_their_numbers_as_going_through_them_would(
    both: frozenset[str], mine: frozenset[str], theirs: frozenset[str]
) -> None:
    a, b = both | mine, both | theirs
    apart = a ^ b
    numbers = [word for word in apart if any(character.isdigit() for character in word)]
    alike = len(a & b) >= max(FEWEST_REPRINTED, REPRINTED * len(a | b))
    assert reprinted(a, b) is (alike and not numbers)
    assert differ_in_a_number(a, b) is (bool(numbers) and (alike or len(numbers) == len(apart)))


def test_what_the_others_say_is_what_is_left_without_ones_own() -> None:
    groups: dict[int, list[dict[str, float]]] = {
        0: [{"ice": 0.6, "sea": 0.8}],
        1: [{"ice": 1.0}],
        2: [{"sea": 1.0}],
        3: [],
    }
    together, asked = Together(groups), {"ice": 1.0}
    for group in (0, 1, 2, 3, 4):
        others = summed(vector for name, vectors in groups.items() if name != group for vector in vectors)
        length = cosine(others, others) ** 0.5
        assert together.near(asked, group) == pytest.approx(cosine(asked, others) / length)
    assert Together({0: [asked]}).near(asked, 0) == pytest.approx(1.0)
    assert Together({}).near(asked, 0) == 0.0

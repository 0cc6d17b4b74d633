"""The laws of the design, over the whole path, on text of any kind."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from broken_news import SENTENCES, document, documents, named, piles, texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from project import ROOT

from tellings import library, pipeline
from tellings.edge.engine import engine
from tellings.edge.writers.html import render
from tellings.edge.writers.json import decode, encode
from tellings.library.checks import verify
from tellings.model.record import Record
from tellings.model.records import Document, Place, Story, Telling
from tellings.model.text import Span, SpanError


def found_in(value: Any, kind: type) -> Iterator[Any]:
    """Every `kind` anywhere in records, at any depth."""
    if isinstance(value, kind):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, Document):
        for item in dataclasses.fields(value):
            yield from found_in(getattr(value, item.name), kind)
    elif isinstance(value, tuple):
        for item in value:
            yield from found_in(item, kind)


PAIRS = st.tuples(st.integers(-2, 5), st.integers(-2, 5))


@given(PAIRS, PAIRS)
def test_spans_are_ordered_as_the_pairs_of_their_ends(one: tuple[int, int], other: tuple[int, int]) -> None:
    spans = []
    for start, end in (one, other):
        if 0 <= start <= end:
            spans.append(Span(start, end))
        else:
            with pytest.raises(SpanError):
                Span(start, end)
    if len(spans) == 2:
        first, second = spans
        assert (first < second, first <= second, first > second, first >= second, first == second) == (
            *(one < other, one <= other, one > other, one >= other, one == other),
        )


def tiles(spans: Sequence[Span], text: str) -> bool:
    """Whether these spans cover the text without gap or overlap, in order."""
    ends = [0, *(span.end for span in spans)]
    return [span.start for span in spans] == ends[:-1] and ends[-1] == len(text)


def told(pile: Sequence[Document]) -> Record:
    return library.tell(pipeline.relate(map(pipeline.annotate, pile)))


def sources(pile: Sequence[Document], record: Record) -> dict[str, str]:
    by_name = {document.name: document.view.source.content for document in pile}
    return {telling.label: by_name[telling.name] for telling in record.tellings}


# ---- one telling


@settings(max_examples=300)
@given(documents)
@example(document(""))
@example(document("\n"))
@example(document("“" * 50))
@example(document("date 2015-03-09"))
@example(document(" ".join(SENTENCES)))
def test_one_telling(found: Document) -> None:
    telling, text = pipeline.annotate(found), found.text
    for name in ("blocks", "parts", "sentences"):
        records = getattr(telling, name)
        assert tiles([record.span for record in records], text), name
    for span in found_in(telling, Span):
        assert span.end <= len(text)
    for sentence in telling.sentences:
        assert telling.blocks[sentence.block].span.contains(sentence.span)
        assert telling.parts[sentence.part].span.contains(sentence.span)
    check_links(telling)
    assert telling == pipeline.annotate(found), "a second run changes nothing"


def check_links(telling: Telling) -> None:
    """Every index points to a record, and what it points to agrees."""
    text = telling.text
    for position, mention in enumerate(telling.mentions):
        assert mention.chain is None or position in telling.chains[mention.chain].mentions
    for number, chain in enumerate(telling.chains):
        assert chain.name_span.of(text) == chain.name
        assert chain.mentions and {telling.mentions[position].chain for position in chain.mentions} == {number}
    for number, quote in enumerate(telling.quotes):
        assert quote.span.contains(quote.content)
        assert quote.continues is None or quote.continues < number
        assert quote.within is None or (
            quote.within != number and telling.quotes[quote.within].content.overlaps(quote.content)
        )
        assert quote.speaker is None or telling.chains[quote.speaker]
        assert quote.status == "shown" or quote.reason
        for around in (quote.cue, quote.source):
            assert around is None or not quote.content.overlaps(around) or quote.type != "direct"
    for fact in telling.facts:
        assert fact.span.contains(fact.value_span)
        assert telling.sentences[fact.sentence].span.overlaps(fact.span)
        assert fact.whom is None or telling.chains[fact.whom]
        assert fact.quote is None or telling.quotes[fact.quote]
        assert fact.low is None or fact.high is None or fact.low <= fact.high
    for timex in telling.timexes:
        assert timex.value is not None or timex.reason
        assert timex.interval is None or timex.type in ("DATE", "TIME")


# ---- many tellings


@settings(max_examples=150)
@given(piles, st.randoms(use_true_random=False))
def test_many_tellings(pile: list[Document], random: Any) -> None:
    story = pipeline.relate(map(pipeline.annotate, pile))
    check_story(story)
    record = library.tell(story)
    data = encode(record)
    assert decode(data) == record, "what is saved is what is loaded"
    verified = verify(record, sources(pile, record))
    assert verified.failures == () and verified.unsourced == ()
    assert verified.lines == sum(1 for _ in record.evidence())
    check_assembled(record)
    render(record)
    bare = library.tell(story, texts=False)
    assert verify(bare, sources(pile, bare)).holds
    # The order in which tellings come changes nothing.
    shuffled = random.sample(pile, len(pile))
    assert encode(told(shuffled)) == data


@given(piles, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_what_files_are_called_changes_their_names_alone(pile: list[Document], random: Any) -> None:
    names = [f"{letter}.txt" for letter in "zyxwvutsrq"[: len(pile)]]
    random.shuffle(names)
    called = [
        dataclasses.replace(each, name=name, origin=f"there/{name}") for each, name in zip(pile, names, strict=True)
    ]
    assert nameless(told(called)) == nameless(told(pile))


def test_what_articles_are_called_changes_their_names_alone(articles: Path, example: Record, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(articles.iterdir(), reverse=True)):
        (tmp_path / f"{number:02}{path.suffix}").write_bytes(path.read_bytes())
    assert nameless(library.read(tmp_path)) == nameless(example)


def nameless(record: Record) -> Record:
    """`record` without the names of its files."""
    tellings = tuple(dataclasses.replace(each, name="", origin="") for each in record.tellings)
    problems = tuple(dataclasses.replace(each, place="") for each in record.problems)
    return dataclasses.replace(record, tellings=tellings, problems=problems, digest="", given=None)


def check_story(story: Story) -> None:
    """Everything across tellings points into them."""
    tellings = {telling.id: telling for telling in story.tellings}
    across = dataclasses.replace(story, tellings=())
    for place in found_in(across, Place):
        assert place.span.end <= len(tellings[place.telling].text)
    for person in story.people:
        assert person.chains and all(tellings[telling].chains[chain] for telling, chain in person.chains)
    for slot in story.questions:
        for value in slot.values:
            assert value.facts or value.places
            assert all(tellings[telling].facts[fact] for telling, fact in value.facts)
    for event in story.events:
        assert event.statements and event.weight >= 0
        assert 1 <= event.origins <= len({statement.place.telling for statement in event.statements})
        assert all(
            statement.place.span.contains(span) and span.end <= len(tellings[statement.place.telling].text)
            for statement in event.statements
            for span in statement.times
        )
        later = [story.events[place] for place in event.came_true]
        assert event.announced or not later
        assert all(not one.announced and one.when.overlaps(event.when) for one in later)
    for family in story.families:
        for variant in family.variants:
            assert variant.quotes and all(tellings[variant.telling].quotes[quote] for quote in variant.quotes)
    assert sorted(telling for group in story.origins for telling in group) == sorted(tellings)
    for passage in story.passages:
        assert passage.a.telling != passage.b.telling and passage.words > 0
    for pair in story.near_duplicates:
        assert pair.a != pair.b and 0 <= pair.resemblance <= pair.containment <= 1


def check_assembled(record: Record) -> None:
    """Every character of an assembled quotation comes from a stretch that one of its variants prints."""
    for entry in record.quotes:
        printed = [words for variant in entry.variants for words in variant.stretches]
        for piece in entry.fullest:
            if piece.words is None:
                continue
            telling = record.telling(piece.words.telling)
            assert telling.text is not None
            assert telling.text[piece.words.start : piece.words.end] == piece.words.exact
            assert any(
                words.telling == telling.label and words.start <= piece.words.start and piece.words.end <= words.end
                for words in printed
            ), (entry.id, piece)


def test_the_example_keeps_the_laws(articles: Path) -> None:
    story = library.story(articles)
    for telling in story.tellings:
        for name in ("blocks", "parts", "sentences"):
            assert tiles([record.span for record in getattr(telling, name)], telling.text)
        assert all(span.end <= len(telling.text) for span in found_in(telling, Span))
        check_links(telling)
    check_story(story)
    check_assembled(library.tell(story))


# ---- what must change nothing


@settings(max_examples=3)
@given(st.lists(st.tuples(texts, st.none()), min_size=5, max_size=9).map(named))
def test_the_number_of_processes_changes_nothing(pile: list[Document]) -> None:
    alone = list(engine(1).map(pipeline.annotate, pile))
    assert alone == [pipeline.annotate(document) for document in pile]
    assert list(engine(2).map(pipeline.annotate, pile)) == alone
    assert list(engine(3).map(pipeline.annotate, pile)) == alone


def read_afresh(*paths: object, seed: str) -> bytes:
    """The record of `paths`, made by a new process whose sets and dicts of text fall into another order."""
    words = [sys.executable, "-m", "tellings", "read", *map(str, paths), "--format", "json"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(words, capture_output=True, check=True, env=environment, cwd=ROOT).stdout


def test_neither_process_nor_hash_seed_nor_order_of_paths_changes_a_byte(articles: Path) -> None:
    files = sorted(articles.iterdir())
    first = read_afresh(*files, seed="1")
    assert read_afresh(*reversed(files), seed="2") == first
    assert encode(library.read(*files)) == first
    assert encode(library.read(*files, jobs=2)) == first


# ---- forgetting


@settings(max_examples=60)
@given(piles, texts, st.data())
def test_a_telling_taken_out_leaves_no_trace(pile: list[Document], text: str, data: st.DataObject) -> None:
    before = encode(told(pile))
    # Words that no other telling has, with everything a stage may remember: a name, a date, a count, a quotation.
    marked = f"{text}\n\n“Zyxwine was there,” Zebedee Zyxwine said on 9 March 2015 with 14 Zyxwiners. {text}"
    at = data.draw(st.integers(0, len(pile)))
    more = [*pile[:at], document(marked, None, "zyx.txt"), *pile[at:]]
    assert b"Zyxwine" in encode(told(more))
    after = encode(told([document for document in more if document.name != "zyx.txt"]))
    assert after == before and b"yxwine" not in after


@pytest.mark.parametrize("gone", ["01-halyard-wire.txt", "03-inland-express.jsonl", "09-beacon-tv.txt"])
def test_an_article_taken_out_of_the_example_leaves_no_trace(
    articles: Path, example: Record, gone: str, tmp_path: Path
) -> None:
    rest = [path for path in sorted(articles.iterdir()) if path.name != gone]
    assert len(rest) == len(list(articles.iterdir())) - 1
    # `example` was read in this process: nothing of it may have stayed behind.
    record = library.read(*rest)
    assert encode(record) == read_afresh(*rest, seed="3")
    assert gone not in {telling.name.partition("#")[0] for telling in record.tellings}
    labels = {telling.label for telling in record.tellings}
    assert {words.telling for _, words in record.evidence()} <= labels
    assert {label for group in record.origins for label in group} == labels
    assert len(example.tellings) > len(record.tellings)

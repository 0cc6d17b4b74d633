"""The views of a record: labels, citations, speakers, values, shared text, and the head."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from tellings.model.record import Evidence, Mark, Record
from tellings.model.records import Attested, Document, DocumentDate, Place, Provenance, Telling
from tellings.model.text import Span, View
from tellings.pipeline import annotate, relate
from tellings.tell.cite import Citations, label
from tellings.tell.record import record
from tellings.tell.shared_text import coverage

TOLD = date(2019, 3, 6)


def told(name: str, text: str, day: date | None = TOLD, publisher: str | None = None) -> Telling:
    return annotate(
        Document(
            name,
            name,
            name,
            "text/plain",
            View.plain(text),
            DocumentDate(day, "test", "test"),
            publisher=Attested(publisher, "test") if publisher else None,
        )
    )


def recorded(*tellings: Telling, texts: bool = True) -> Record:
    return record(relate(tellings), version="test", texts=texts)


WAITED = "Nora Quill waited for the ferry on the quay until noon on Monday."
SUNG = (
    "The crew of the ferry sang old songs in the dark while the wind turned and the lamp on the outer pier "
    "burned low, and not one of the forty passengers slept before the harbour came in sight."
)
A = told("a", f"{WAITED}\n\n“We never lost sight of the light,” Quill said.\n\n{SUNG}\n\nThe ferry had 40 passengers.")
B = told(
    "b",
    f"“We never lost sight of the light,” Nora Quill told the Osk Gazette.\n\n{SUNG}\n\nThe ferry had 42 passengers.",
)
C = told("c", "One fan wrote a song.\n\n“It is a song about a lamp and a rope,” one fan said.")


# ---- citations


@pytest.mark.parametrize(
    ("index", "expected"),
    [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_label(index: int, expected: str) -> None:
    assert label(index) == expected


def test_no_two_tellings_share_a_label() -> None:
    assert len({label(index) for index in range(3000)}) == 3000


def test_evidence_is_the_words_there() -> None:
    citations = Citations.of(relate([A, B]))
    assert citations.evidence("a", Span(0, 10)) == Evidence("A", 0, 10, "Nora Quill")
    assert citations.at(Place("b", Span(0, 3))) == Evidence("B", 0, 3, "“We")


def test_a_line_is_the_sentence_around_a_span_with_the_marks_inside_it() -> None:
    citations = Citations.of(relate([A]))
    inside, outside = Mark(5, 10, "source"), Mark(len(WAITED) + 5, len(WAITED) + 9, "cue")
    line = citations.line("a", Span(11, 17), (outside, inside, inside), Provenance("test", "by hand"))
    assert line.words.exact == WAITED
    assert line.marks == (inside,)


def test_a_span_over_two_sentences_is_held_whole() -> None:
    span = Span(60, len(WAITED) + 10)
    assert A.sentence_around(span).contains(span)


def test_origins_are_counted_once() -> None:
    citations = Citations.of(relate([A, B, C]))
    assert citations.origins(["a", "a"]) == 1
    assert citations.origins(["a", "c"]) == 2


# ---- quotes


def test_one_entry_for_one_utterance_with_each_outlet_beside_it() -> None:
    entry = next(entry for entry in recorded(A, B).quotes if len(entry.variants) == 2)
    assert [variant.telling for variant in entry.variants] == ["A", "B"]
    assert entry.speaker.name == "Nora Quill"
    assert entry.speaker.person == next(each.id for each in recorded(A, B).people if each.name == "Nora Quill")
    assert [variant.source and variant.source.exact for variant in entry.variants] == ["Quill", "Nora Quill"]
    assert [variant.cue and variant.cue.exact for variant in entry.variants] == ["said", "told"]
    assert [piece.words and piece.words.exact for piece in entry.fullest] == ["We never lost sight of the light,"]


def test_a_described_speaker_is_named_in_the_tellings_words() -> None:
    (entry,) = recorded(C).quotes
    assert (entry.speaker.name, entry.speaker.person) == ("one fan", None)


def test_a_quotation_of_nobody_has_no_speaker_and_a_reason() -> None:
    text = "The ferry came in at one.\n\n“They gave us soup and dry socks before anybody asked our names.”"
    (entry,) = recorded(told("a", text)).quotes
    assert entry.status == "shown" and entry.speaker.rank == "unsure" and entry.reason
    assert (entry.speaker.name, entry.speaker.person) == (None, None)


def test_every_quotation_that_is_a_statement_stands_in_one_entry() -> None:
    tellings = (A, B, C)
    found = [
        (variant.telling, stretch.start)
        for entry in recorded(*tellings).quotes
        for variant in entry.variants
        for stretch in variant.stretches
    ]
    expected = [
        (label(index), quote.content.start)
        for index, telling in enumerate(tellings)
        for quote in telling.quotes
        if quote.status != "not-a-statement"
    ]
    assert sorted(found) == sorted(expected)


# ---- facts


def test_values_of_one_slot_stand_side_by_side() -> None:
    tellings = {"A": told("a", "The ferry had 40 passengers."), "B": told("b", "The ferry had 42 passengers.")}
    (slot,) = relate(tellings.values()).questions
    (entry,) = recorded(*tellings.values()).facts
    assert (entry.head, entry.relation) == ("passenger", slot.relation)
    by_label = {value.label: [line.words.telling for line in value.lines] for value in entry.values}
    assert by_label == {"40": ["A"], "42": ["B"]}
    for value in entry.values:
        for line in value.lines:
            (mark,) = [mark for mark in line.marks if mark.role == "value"]
            assert tellings[line.words.telling].text[mark.start : mark.end] == value.label


# ---- shared text


def test_coverage_counts_words_in_shared_passages_once() -> None:
    story = relate([A, B, C])
    counts = coverage(Citations.of(story))
    assert counts["c"] == (18, 0)
    words, shared = counts["a"]
    assert len(SUNG.split()) <= shared < words
    assert story.passages


def test_coverage_is_no_less_for_a_passage_inside_another() -> None:
    first = SUNG[: SUNG.index(" and the lamp")]
    cut = told("d", f"The owners kept their silence. Then {' '.join(first.split()[3:])}.")
    alone, beside = coverage(Citations.of(relate([A, B]))), coverage(Citations.of(relate([A, B, cut])))
    assert beside["d"][1] > 0
    assert beside["a"] == alone["a"]


def test_passages_are_the_same_words_longest_first() -> None:
    found = recorded(A, B).passages
    reporting = [entry.words for entry in found if entry.kind == "reporting"]
    assert reporting == sorted(reporting, reverse=True)
    assert SUNG in found[0].a.exact and SUNG in found[0].b.exact


# ---- the record


def test_tellings_by_date_with_the_undated_last() -> None:
    late, early = told("a", WAITED, date(2019, 3, 9)), told("b", WAITED, date(2019, 3, 7))
    undated = told("aa", WAITED, None)
    found = recorded(late, undated, early)
    assert [(line.label, line.name) for line in found.tellings] == [("A", "b"), ("B", "a"), ("C", "aa")]
    assert (found.head.first, found.head.last, found.head.undated) == (date(2019, 3, 7), date(2019, 3, 9), 1)


def test_outlets_are_publishers_that_are_named() -> None:
    tellings = (
        told("a", WAITED, publisher="Osk Gazette"),
        told("b", SUNG, publisher="OSK GAZETTE"),
        told("c", WAITED),
        told("d", SUNG),
    )
    assert (recorded(*tellings).head.outlets, recorded(*tellings).head.unnamed) == (1, 2)


def test_without_texts_the_lines_keep_their_words() -> None:
    whole, short = recorded(A, B), recorded(A, B, texts=False)
    assert all(line.text is None for line in short.tellings)
    assert [line.digest for line in short.tellings] == [line.digest for line in whole.tellings]
    assert list(short.evidence()) == list(whole.evidence())


def test_people_are_cited_by_each_form_of_their_name() -> None:
    (person,) = [person for person in recorded(A, B).people if person.name == "Nora Quill"]
    assert {(words.telling, words.exact) for words in person.names} == {
        ("A", "Nora Quill"),
        ("A", "Quill"),
        ("B", "Nora Quill"),
    }


def test_the_title_is_the_headline_whose_words_the_tellings_use() -> None:
    story = f"{WAITED} The ferry came in at one, and everybody on board was safe and fed within the hour."
    ours = told("a", f"Ferry crew waited on the quay until noon\n\n{story}")
    other = told("b", f"Puzzles and weather for subscribers this week\n\n{story}")
    found = recorded(ours, other).head.title
    assert found is not None and (found.telling, found.exact) == ("A", "Ferry crew waited on the quay until noon")


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        (None, True),
        ("Ferry crew waited on the quay until noon", True),
        ("Ferry crew waited on quay till noon | Osk Gazette", True),
        ("Puzzles and weather for subscribers this week", False),  # the line heads something else on its page
    ],
)
def test_a_headline_is_that_of_its_title_where_this_is_known(title: str | None, taken: bool) -> None:
    story = f"{WAITED} The ferry came in at one, and everybody on board was safe and fed within the hour."
    ours = told("a", f"Ferry crew waited on the quay until noon\n\n{story}")
    if title is not None:
        ours = dataclasses.replace(ours, document=dataclasses.replace(ours.document, title=Attested(title, "test")))
    found = recorded(ours).head.title
    assert (found.exact if found else None) == ("Ferry crew waited on the quay until noon" if taken else None)


def test_nothing_is_a_record_of_nothing() -> None:
    found = recorded()
    assert (found.head.tellings, found.tellings, found.quotes, found.timeline) == (0, (), (), ())


# ---- ids of lines


def ids_and_anchors(found: Record) -> dict[str, tuple[str, int, int]]:
    """The id of each line → the document and place of the first words it shows, for lines of all views."""
    document = {line.label: line.id for line in found.tellings}
    views = (
        *((entry.id, [line.words for line in entry.lines]) for entry in found.timeline),
        *((entry.id, [w for variant in entry.variants for w in variant.stretches]) for entry in found.quotes),
        *((entry.id, [line.words for value in entry.values for line in value.lines]) for entry in found.facts),
        *((entry.id, [entry.a, entry.b]) for entry in found.passages),
        *((entry.id, [entry.words, *entry.also]) for entry in found.brief),
        *((entry.id, list(entry.names)) for entry in found.people),
    )
    day = {line.id: line.date.value or date.min for line in found.tellings}
    first = {
        name: min(((document[w.telling], w.start, w.end) for w in words), key=lambda at: (day[at[0]], *at))
        for name, words in views
    }
    assert len(first) == len(views), "no two lines have one id"
    return first


PLAIN_NAMES = [told(name, each.text, TOLD) for name, each in (("a", A), ("b", B), ("c", C))]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_order_and_file_names_rename_no_line(order: tuple[int, ...]) -> None:
    wanted = ids_and_anchors(recorded(*PLAIN_NAMES))
    renamed = [
        dataclasses.replace(
            PLAIN_NAMES[index], document=dataclasses.replace(PLAIN_NAMES[index].document, name=f"{place}.txt")
        )
        for place, index in enumerate(order)
    ]
    assert ids_and_anchors(recorded(*renamed)) == wanted


def test_a_telling_of_a_later_day_renames_no_line() -> None:
    before = ids_and_anchors(recorded(*PLAIN_NAMES))
    more = told("0", f"{B.text}\n\nThe ferry had 44 passengers, and one fan wrote a song.", TOLD + timedelta(days=3))
    after = ids_and_anchors(recorded(*PLAIN_NAMES, more))
    kept = {anchor: name for name, anchor in after.items()}
    assert len(after) > len(before)
    assert [name for name, anchor in before.items() if name not in after and anchor in kept] == []


def test_references_are_ids_of_lines_that_are_there() -> None:
    found = recorded(A, B, C)
    people = {person.id for person in found.people}
    assert {entry.speaker.person for entry in found.quotes if entry.speaker.person} <= people != set()

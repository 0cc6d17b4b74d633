"""What stands first on the page and what is folded, how facts and outlets are called, what a shared text is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from page_sample import WHY, build, long
from small_record import small_record

from tellings.edge.writers import arrange, opening, outlets, overview, pictures, wording
from tellings.model.record import (
    DateLine,
    DigestLine,
    Evidence,
    FactEntry,
    Line,
    PassageLine,
    Record,
    Stated,
    TellingLine,
    ValueLine,
)
from tellings.model.records import Bound, Explanation, Interval, Relation

ABC = build().tellings[:3]


def named(publishers: list[str | None], address: str | None = None) -> list[TellingLine]:
    """Articles A, B, C … of these publishers."""
    return [
        replace(
            ABC[0],
            label="ABCDEF"[place],
            publisher=Stated(name, "test") if name else None,
            url=Stated(address, "test") if address else None,
        )
        for place, name in enumerate(publishers)
    ]


def fact(kind: str, head: str, *labels: str, scope: str = "", whom: str | None = None, rule: str = "test") -> FactEntry:
    """A fact whose values are these, the first given by A, the second by B …"""
    values = tuple(value(label, place) for place, label in enumerate(labels))
    return FactEntry("f1", kind, head, whom, scope, "differs", None, values, why=replace(WHY, rule=rule))


def value(label: str, *places: int, bound: Bound = "exact") -> ValueLine:
    lines = tuple(Line(Evidence("ABC"[place], 0, 4, "Some"), why=WHY) for place in places)
    return ValueLine(label, bound, lines, len(places), why=WHY)


# ---- what things are called ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("publishers", "said"),
    [
        (["www.nytimes.com", "edition.cnn.com"], ["NY Times", "CNN"]),
        (["www.quarrylane.example", "news.bbc.co.uk"], ["quarrylane.example", "BBC"]),
        (["The Inverlade Register", "Starbeam"], ["Inverlade Register", "Starbeam"]),
        (["Starbeam", "Starbeam", None], ["Starbeam A", "Starbeam B", "C"]),
        (["The Weekly Gazette of Upper and Lower Merrin"], ["Weekly Gazette of Upper…"]),
        (["The", "  The\nBell "], ["The", "Bell"]),
    ],
)
def test_outlets_are_called_by_short_names_and_by_letters_where_none_is_known(
    publishers: list[str | None], said: list[str]
) -> None:
    assert list(outlets.short_names(named(publishers)).values()) == said


@pytest.mark.parametrize(
    ("address", "said"),
    [("https://www.bbc.com/x", "BBC"), ("https://a.example/x", "a.example"), ("http://[", "A"), ("file:x", "A")],
)
def test_an_address_names_an_outlet_that_nothing_else_does(address: str, said: str) -> None:
    assert outlets.short_names(named([None], address)) == {"A": said}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (fact("count", "person", "7", scope="killed"), "people killed"),
        (fact("count", "person", "7", scope="in serious condition"), "people in serious condition"),
        (fact("count", "transfusion", "2", scope="blood"), "blood transfusions"),
        (fact("count", "crew member", "2"), "crew members"),
        (fact("count", "person", "40", scope="tram, people", rule="likely-of-one-question"), "people"),
        (fact("age", "age", "34", whom="Ana Vell"), "age"),
        (fact("duration", "bed rest", "10 days"), "length of bed rest"),
        (fact("date", "fire", "2023-09-28"), "day of fire"),
        (fact("money", "fund", "$14,000", scope="crew"), "crew fund"),
        (fact("ordinal", "fire", "2", scope="since 2019"), "fire (since 2019)"),
        (fact("money", "sum", "$14,000", rule="likely-of-one-question"), ""),
        (fact("measure", "mph", "12 mph", rule="like-sentences"), ""),
        (fact("duration", "trial", "30 days", rule="likely-of-one-question"), "“trial”"),
        (fact("count", "person", "40", scope="injured", rule="likely-of-one-question"), "people injured"),
        (fact("money", "sum", "$40", scope="price", rule="likely-of-one-question"), "price"),
        (fact("claim", "denial", "It did not sink."), ""),
        (fact("claim", "wording", "It did not sink."), "in other words"),
    ],
)
def test_facts_are_called_as_one_says_them(found: FactEntry, said: str) -> None:
    assert wording.spoken(found) == said


def test_the_time_since_an_event_is_called_so() -> None:
    found = replace(fact("duration", "announcement", "7 months"), explanation=Explanation("elapsed-time", ()))
    assert wording.spoken(found) == "time since announcement"


@pytest.mark.parametrize(
    ("label", "kind", "said"),
    [
        ("2023-09-28", "date", "28 Sept 2023"),
        ("2023-09-01…2023-09-30", "date", "September 2023"),
        ("3", "ordinal", "3rd"),
        ("11", "ordinal", "11th"),
        ("22", "ordinal", "22nd"),
        ("3", "count", "3"),
    ],
)
def test_values_are_written_as_a_person_writes_them(label: str, kind: str, said: str) -> None:
    assert wording.written(value(label, 0), kind) == said


@pytest.mark.parametrize(
    ("names", "origins", "said"),
    [
        (["Bell"], 1, ""),
        (["Bell", "Gull"], 2, "Bell and Gull"),
        (["Bell", "Gull", "Bell"], 1, "Bell and Gull · 1 independent origin"),
        (["A", "B", "C", "D"], 4, "A, B, C and D"),
        (["A", "B", "C", "D", "E"], 5, "A, B, C and 2 more"),
    ],
)
def test_who_tells_a_line_is_said_by_name(names: list[str], origins: int, said: str) -> None:
    assert wording.told_by(names, origins) == said


def test_the_pile_is_told_in_a_sentence() -> None:
    head = replace(build().head, tellings=4, unnamed=1, undated=2, origins=3)
    said = "4 articles by Bell; 1 without an outlet's name; 14–16 Sept 2020, 2 undated; 3 independent origins."
    assert wording.pile(head, ["Bell"]) == said


# ---- the headline --------------------------------------------------------------------------------


def with_titles(*titles: str | None) -> Record:
    record = build()
    tellings = tuple(
        replace(telling, title=Stated(title, "test") if title else None)
        for telling, title in zip(record.tellings, titles, strict=False)
    )
    return replace(record, tellings=tellings, brief=())


def test_the_headline_is_what_most_headlines_say() -> None:
    found = overview.headline(
        with_titles(
            "Fire alarm rings", "My weekend", "Ferry fire: twelve hurt | The Gull", "Twelve hurt as ferry burns"
        )
    )
    assert found is not None
    assert (found.words, found.label) == ("Ferry fire: twelve hurt", "C")


def test_a_caption_that_begins_a_text_is_no_headline_where_titles_are_told() -> None:
    record = with_titles("Ferry fire injures twelve", "Ferry fire: twelve hurt", "Ferry fire off port")
    caption = Evidence("A", 0, 7, "Caption")
    found = overview.headline(replace(record, head=replace(record.head, title=caption)))
    assert found is not None and found.words != "Caption"
    bare = replace(with_titles(None, None, None), head=replace(record.head, title=caption))
    assert overview.headline(bare) == overview.Headline("Caption", "A", caption)
    assert overview.headline(replace(bare, head=replace(record.head, title=None))) is None


@pytest.mark.parametrize(
    ("kind", "head", "scope", "labels", "words", "said"),
    [
        ("count", "citizen", "Canadian", ("9", "8"), "The 8 Canadian citizens left.", "Canadian citizens"),
        ("count", "season", "Tuesday", ("15", "16"), "After 15 seasons he left on Tuesday.", "seasons"),
        ("count", "person", "killed", ("7", "8"), "The fire killed 7.", "people killed"),
        ("count", "side", "", ("one", "1"), "It lay on one side.", "side"),
        ("count", "side", "", ("one", "two"), "It lay on one side.", "sides"),
        ("date", "during", "", ("2013", "2014"), "It fell during 2013.", ""),
        ("measure", "%", "", ("5%", "6%"), "It fell 5%.", ""),
        ("measure", "ft", "", ("5 ft", "6 ft"), "It fell 5 ft.", ""),
        ("money", "million", "", ("$5", "$6"), "It made $5 to the million.", ""),
        ("clock", "derailment", "", ("6am", "7am"), "The derailment at 6am.", "“derailment”"),
        ("date", "lowest", "since", ("2013", "2014"), "The lowest since 2013.", ""),
    ],
)
def test_a_word_beside_a_value_is_told_as_one_says_it(
    kind: str, head: str, scope: str, labels: tuple[str, str], words: str, said: str
) -> None:
    found = fact(kind, head, *labels, scope=scope, rule="likely-of-one-question")
    line = Line(Evidence("A", 0, len(words), words), why=WHY)
    told = replace(found, values=tuple(replace(each, lines=(line,)) for each in found.values))
    assert wording.spoken(told) == said


def test_a_participle_closes_what_stands_before_a_noun() -> None:
    assert wording.spoken(fact("count", "officer", "2", "3", scope="police killed")) == "police officers killed"
    assert wording.spoken(fact("count", "pilot", "2", "3", scope="trainee")) == "trainee pilots"


# ---- what differs, and what an article lacks -----------------------------------------------------


def test_claims_come_before_what_is_to_be_compared_and_spelling_by_itself() -> None:
    record = build()
    relations: list[tuple[str, Relation]] = [
        ("count", "to compare"),
        ("name", "differs"),
        ("count", "updated"),
        ("count", "same"),
        ("age", "explained by time"),
        ("count", "differs"),
    ]
    facts = [
        replace(fact(kind, "boat", "2", "3"), id=f"f{place}", relation=relation)
        for place, (kind, relation) in enumerate(relations)
    ]
    points, spellings = overview.contested(replace(record, quotes=()), arrange.facts(facts), {})
    assert [point.target for point in points] == ["f5", "f2", "f0", "f4"]
    assert [point.target for point in spellings] == ["f1"]
    assert points[0].values == (("2", "A"), ("3", "B"))


@pytest.mark.parametrize(("whom", "about"), [("Verrow", ""), ("Tobias Verrow", "Tobias Verrow")])
def test_a_name_is_not_told_twice_where_it_is_one_of_its_spellings(whom: str, about: str) -> None:
    spelled = replace(fact("name", "spelling", "Verrow", "Varrow"), relation="differs", whom=whom)
    _, (point,) = overview.contested(replace(build(), quotes=()), arrange.facts([spelled]), {})
    assert (point.about, [value for value, _ in point.values]) == (about, ["Verrow", "Varrow"])


@pytest.mark.parametrize(
    ("headline", "brief", "stands_open"),
    [
        ("Verrow leaves the yard", "The yard at Osk closes.", True),
        ("A yard closes", "Tobias Verrow told the crew on Monday.", True),
        ("A yard closes", "The yard at Osk closes.", False),
        ("Verrowdale closes", "The Verrows own the yard.", False),
    ],
)
def test_spellings_are_folded_but_for_people_of_the_head(headline: str, brief: str, stands_open: bool) -> None:
    spelled = replace(fact("name", "spelling", "Tobias Verrow", "Tobias Varrow"), relation="differs")
    names = tuple(Evidence("A", 0, len(form), form) for form in ("Tobias Verrow", "Verrow"))
    record = build()
    person = replace(record.people[0], name="Tobias Verrow", names=names)
    line = replace(small_record().brief[0], words=Evidence("A", 0, len(brief), brief))
    title = Evidence("A", 0, len(headline), headline)
    tellings = tuple(replace(telling, title=None) for telling in record.tellings)
    told = replace(
        record, head=replace(record.head, title=title), people=(person,), brief=(line,), tellings=tellings, quotes=()
    )
    points, spellings = overview.contested(told, arrange.facts([spelled]), {})
    assert (len(points), len(spellings)) == ((1, 0) if stands_open else (0, 1))


def test_a_denial_is_a_line_of_what_is_contested() -> None:
    points, _ = overview.contested(small_record(), (), {})
    assert ("Denied", "a denial: any guilt") in [(point.what, point.about.partition(": ")[2][:19]) for point in points]


def test_a_denial_that_stands_among_the_facts_is_not_told_twice() -> None:
    record = small_record()
    (quote,) = [each for each in record.quotes if each.variants[0].stance == "denies"]
    entry = replace(fact("claim", "denial", "denied"), relation="denied")
    (told,) = entry.values
    sentences = tuple(replace(told.lines[0], words=variant.sentence) for variant in quote.variants)
    shown = replace(record, facts=(replace(entry, values=(replace(told, lines=sentences),)),))
    assert quote.id in [point.target for point in overview.contested(record, (), {})[0]]
    assert quote.id not in [point.target for point in overview.contested(shown, (), {})[0]]


def test_what_most_have_and_one_has_not_is_told_of_that_one() -> None:
    record = replace(build(), quotes=(), tellings=build().tellings[:4])
    most = replace(fact("count", "boat", "2"), relation="same", values=(value("2", 0, 1, 2),))
    lacks = overview.lacking(record, arrange.facts([most]))
    assert lacks == {"A": [], "B": [], "C": [], "D": [("f1", "2 boats")]}
    some = replace(most, values=(value("2", 0, 1),))
    assert not any(overview.lacking(record, arrange.facts([some])).values())


# ---- what opens ----------------------------------------------------------------------------------


def test_a_view_opens_on_what_most_tell_within_its_share_of_the_words() -> None:
    record = long()
    told = replace(record.timeline[200], origins=9, id="told by most")
    record = replace(record, timeline=(*record.timeline[:200], told, *record.timeline[201:]))
    found = opening.opening(record, arrange.facts(record.facts), ())
    assert "told by most" in found.timeline
    whole = sum(telling.words for telling in record.tellings)
    shown = [entry for entry in record.timeline if entry.id in found.timeline]
    words = sum(len(entry.lines[0].words.exact.split()) for entry in shown)
    assert 0 < words <= max(100, whole)
    assert len(shown) < len(record.timeline)


def test_a_brief_opens_with_two_sentences_at_least() -> None:
    words = Evidence("A", 0, 900, "word " * 180)
    brief = tuple(DigestLine(f"b{number}", words, None, (), 0, 1, why=WHY) for number in range(3))
    record = replace(build(), brief=brief)
    assert opening.opening(record, (), ()).brief == {"b0", "b1"}


def test_quotes_stand_by_how_many_print_them_and_then_by_weight() -> None:
    sure, _ = arrange.speakers(small_record().quotes)
    weights = [arrange.weight_of(speaker.quotes[0]) for speaker in sure if speaker.name is not None]
    assert weights == sorted(weights, reverse=True)
    for speaker in sure:
        own = [arrange.weight_of(entry) for entry in speaker.quotes]
        assert own == sorted(own, reverse=True)


# ---- shared text ---------------------------------------------------------------------------------


def passage(
    id: str, a: tuple[str, int, int], b: tuple[str, int, int], words: int = 20, quoted: bool = False
) -> PassageLine:
    sides = (Evidence(label, start, end, "x" * (end - start)) for label, start, end in (a, b))
    return PassageLine(id, *sides, words, "quotation" if quoted else "reporting", why=WHY)


def test_passages_over_one_another_are_one_text_and_short_ones_none() -> None:
    found = arrange.pairs(
        [
            passage("s1", ("A", 0, 100), ("B", 0, 100), 20),
            passage("s2", ("A", 50, 180), ("C", 0, 130), 25),
            passage("s3", ("A", 500, 600), ("B", 500, 600), 14),
            passage("s4", ("A", 200, 300), ("B", 200, 300), 30, quoted=True),
        ]
    )
    texts = arrange.shared_text(found, {"A": "Bell", "B": "Gull", "C": "Tern"})
    assert [(text.labels, text.words, text.quoted, text.own) for text in texts] == [
        (("A", "C", "B"), 25, False, False),
        (("A", "B"), 30, True, False),
    ]
    assert wording.finding(texts, {"A": "Bell", "B": "Gull", "C": "Tern"}) == (
        "25 words of reporting in 1 passage stand in several articles: Bell, Tern and Gull. "
        "1 more passage is quoted by all."
    )
    assert wording.finding(texts[1:], {}).startswith("No reporting is shared: the one passage")
    assert wording.finding((), {}).startswith("No passage of 15 words or more")


def test_what_one_outlet_repeats_comes_last() -> None:
    found = arrange.pairs(
        [passage("s1", ("A", 0, 100), ("B", 0, 100), 90), passage("s2", ("A", 200, 300), ("C", 0, 100))]
    )
    texts = arrange.shared_text(found, {"A": "Bell A", "B": "Bell B", "C": "Gull"})
    assert [(text.own, text.labels) for text in texts] == [(False, ("A", "C")), (True, ("A", "B"))]


# ---- how a value climbed -------------------------------------------------------------------------

DAYS = {label: date(2020, 9, day) for label, day in zip("ABC", (14, 15, 17), strict=True)}


@pytest.mark.parametrize(
    ("labels", "relation", "shown"),
    [
        (("31", "40", "47"), "updated", [31, 40, 47]),
        (("more than 1,200", "3 thousand", "2.5 million"), "updated", [1200, 3000, 2500000]),
        (("47", "40", "31"), "differs", [47, 40, 31]),
        (("31", "47", "40"), "updated", []),
        (("31", "31", "31"), "updated", []),
        (("31", "40", "47"), "to compare", []),
        (("31", "47"), "updated", []),
        (("several", "40", "47"), "updated", []),
    ],
)
def test_a_strip_shows_what_rises_or_falls_over_three_days(
    labels: tuple[str, ...], relation: Relation, shown: list[float]
) -> None:
    found = replace(fact("count", "person", *labels), relation=relation)
    assert [number for _, number, _ in pictures.climb(found, DAYS)] == shown


def test_a_strip_needs_dates() -> None:
    found = replace(fact("count", "person", "31", "40", "47"), relation="updated")
    assert pictures.climb(found, {**DAYS, "B": None}) == []


def test_an_axis_is_drawn_only_where_it_says_more_than_the_list() -> None:
    record = long()
    entry = record.timeline[0]
    months = [
        replace(entry, id=f"t{month}", when=Interval(date(2020, month, 3), date(2020, month, 3)))
        for month in range(1, 13)
    ]
    assert pictures.axis(months) is not None
    assert pictures.axis([replace(each, when=months[month % 3].when) for month, each in enumerate(months)]) is None
    assert pictures.axis(months[:6]) is None


def test_days_of_a_telling_that_is_not_dated_are_said_so() -> None:
    assert wording.dated(replace(ABC[0], date=DateLine(None, "none"))) == "date not known"

"""The slots room: how the values of several tellings relate. Texts and people are invented."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from tellings.across.questions import ORDER
from tellings.across.questions import by_rules as questions
from tellings.edge.writers.wording import explained
from tellings.model.records import (
    Chain,
    Document,
    DocumentDate,
    Fact,
    Interval,
    Mention,
    Part,
    Person,
    Provenance,
    Question,
    Sentence,
    Story,
    Telling,
    Timex,
)
from tellings.model.text import Span, View
from tellings.tell.cite import Citations
from tellings.tell.facts import facts as told_facts

WHY = Provenance("test", "test")
#: Chain 0 of every telling is one person; chain 1 is nobody across tellings.
NAMES = ("Marit Solberg", "the captain")


def told(day: str | None, **more: date) -> DocumentDate:
    return DocumentDate(date.fromisoformat(day) if day else None, "test", "test", **more)


def telling(name: str, text: str, *found: Fact, day: str | None = None, dated: DocumentDate | None = None) -> Telling:
    """A telling of one sentence, whose facts find their value by their own span."""
    when = dated or told(day)
    document = Document(name, name, name, "text/plain", View.plain(text), when)
    whole = Span(0, len(text))
    return Telling(
        document,
        parts=(Part(whole, when, WHY),),
        sentences=(Sentence(whole, 0, 0),),
        chains=tuple(Chain(chain, Span(0, 0), "person", "unknown", (), WHY) for chain in NAMES),
        facts=found,
    )


def people(*tellings: Telling) -> tuple[Person, ...]:
    return (Person("Marit Solberg", tuple((one.id, 0) for one in tellings), "unknown", WHY),)


def fact(text: str, words: str, kind: str, head: str, low: float | None, high: float | None, **more: object) -> Fact:
    span = Span(text.index(words), text.index(words) + len(words))
    whom = more.get("whom")
    return Fact(
        span,
        kind,  # type: ignore[arg-type]
        head,
        WHY,
        span,
        low=low,
        high=high,
        whom_text=NAMES[whom] if isinstance(whom, int) else None,
        **more,  # type: ignore[arg-type]
    )


def arithmetic(question: Question) -> str:
    """The arithmetic of a question as it is printed, empty where there is none."""
    return explained(question.explanation) if question.explanation else ""


def one(*tellings: Telling) -> Question:
    found = questions(tellings, people(*tellings))
    assert len(found) == 1, found
    return found[0]


def count(
    name: str, words: str, low: float, high: float | None, *, day: str | None = None, said: str = "", **more: object
) -> Telling:
    """A telling that says that so many kidney transplants were made of Solberg."""
    text = said or f"Solberg underwent {words} kidney transplants after the winter regatta."
    values: dict[str, object] = {"scope": "kidney", "whom": 0, **more}
    return telling(name, text, fact(text, words, "count", "transplant", low, high, **values), day=day)


def test_equal_values_of_two_tellings_are_the_same() -> None:
    slot = one(count("a", "two", 2, 2), count("b", "2", 2, 2))
    assert slot.relation == "same" and slot.whom == "Marit Solberg" and slot.scope == "kidney"
    assert [(value.label, value.facts) for value in slot.values] == [("2", (("a", 0), ("b", 0)))]


def test_one_telling_alone_is_single() -> None:
    assert one(aged("a", 34, told("2020-11-02"))).relation == "single"


@pytest.mark.parametrize(
    ("kind", "head", "more", "kept"),
    [
        ("count", "person", {"scope": "injured"}, True),
        ("count", "debater", {}, False),
        ("count", "transplant", {"scope": "kidney", "whom": 0}, False),
        ("money", "fine", {"unit": "GBP"}, True),
        ("measure", "height", {"unit": "m"}, True),
        ("duration", "strike", {"unit": "days"}, True),
        ("ordinal", "child", {"whom": 0}, True),
        ("date", "fire", {"interval": Interval(date(2020, 1, 3), date(2020, 1, 3))}, False),
    ],
)
def test_what_one_telling_says_is_told_where_it_may_be_checked(
    kind: str, head: str, more: dict[str, object], kept: bool
) -> None:
    text = "Two of it there were."
    given = telling("a", text, fact(text, "Two", kind, head, 2, 2, **more))
    assert [slot.relation for slot in questions((given,), people(given))] == ["single"] * kept


def test_values_that_exclude_one_another_differ() -> None:
    slot = one(count("a", "two", 2, 2), count("b", "several", 3, None, bound="vague"))
    assert slot.relation == "differs" and arithmetic(slot) == ""
    assert [value.label for value in slot.values] == ["2", "several"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("at least 20", 20, None, "at least"), ("24", 24, 24, "exact")),
        (("several", 3, None, "vague"), ("5", 5, 5, "exact")),
        (("about 100", 85, 115, "about"), ("97", 97, 97, "exact")),
        (("35 million", 35e6, 35e6, "exact"), ("35.4 million", 35.4e6, 35.4e6, "exact")),
        (("12,000", 12000, 12000, "exact"), ("12,345", 12345, 12345, "exact")),
        (("1,000", 1000, 1000, "exact"), ("1,450", 1450, 1450, "exact")),
    ],
)
def test_bounds_that_overlap_are_compatible(a: tuple[str, float, float, str], b: tuple[str, float, float, str]) -> None:
    slot = one(count("a", a[0], a[1], a[2], bound=a[3]), count("b", b[0], b[1], b[2], bound=b[3]))
    assert slot.relation == "compatible"


@pytest.mark.parametrize(("a", "b"), [(20, 24), (2, 3), (900, 940), (12_345, 12_399), (35_400_000, 35_900_000)])
def test_exact_numbers_differ(a: float, b: float) -> None:
    assert one(count("a", "9", a, a), count("b", "9", b, b)).relation == "differs"


@pytest.mark.parametrize(
    "other",
    [{"scope": "missing"}, {"whom": 1}, {"whom": None}, {"scope": "injured", "counted": ("additional",)}],
    ids=["scope", "chain", "nobody", "addition"],
)
def test_what_is_not_the_same_thing_never_meets(other: dict[str, object]) -> None:
    said = "Solberg saw {} injured after the winter regatta."
    base: dict[str, object] = {"scope": "injured", "whom": 0}
    tellings = tuple(
        telling(name, said.format(words), fact(said.format(words), words, "count", "child", low, low, **more))
        for name, words, low, more in (("a", "two", 2, base), ("b", "three", 3, {**base, **other}))
    )
    assert [slot.relation for slot in questions(tellings, people(*tellings))] == ["single", "single"]


def test_counts_of_nobody_need_like_sentences_to_differ() -> None:
    alike = (
        count(
            "a", "five", 5, 5, whom=None, said="Friends donated five crates to replace what was stolen.", scope="apple"
        ),
        count(
            "b", "6", 6, 6, whom=None, said="Neighbours donate 6 crates that replace the stolen fruit.", scope="apple"
        ),
    )
    assert one(*alike).relation == "differs"
    apart = (alike[0], count("b", "6", 6, 6, whom=None, said="A lorry spilled 6 crates on the quay.", scope="apple"))
    assert one(*apart).relation == "unclear"


@pytest.mark.parametrize(
    ("low", "high", "relation"),
    [(20, 28, "differs"), (19, 27, "unclear"), (20, 30, "differs"), (20, 31, "unclear")],
)
def test_close_counts_of_one_narrow_thing_need_no_like_sentences(low: int, high: int, relation: str) -> None:
    """Twenty or more aboard are those aboard the ship of the story; fewer may be those of a boat of hers."""
    said = ("The Tern left Osk with {} passengers at dawn.", "Off Dunmere a wave washed over {} passengers.")
    tellings = [
        telling(name, text, fact(text, str(number), "count", "passenger", number, number, scope="aboard"))
        for name, text, number in (("a", said[0].format(low), low), ("b", said[1].format(high), high))
    ]
    assert one(*tellings).relation == relation


def test_a_part_of_a_whole_is_unclear() -> None:
    slot = one(
        count("a", "two", 2, 2, scope="kidney", counted=("included",)),
        count("b", "three", 3, 3, scope="kidney", counted=("included",)),
    )
    assert slot.relation == "unclear"


@pytest.mark.parametrize(
    ("kind", "head", "number", "relation"),
    [
        ("count", "transplant", 2, "unclear"),  # the two that the other tells of may be these
        ("count", "transplant", 4, "differs"),
        ("count", "donor", 2, "differs"),
        ("ordinal", "transplant", 2, "differs"),
    ],
)
def test_a_telling_that_gives_the_other_number_of_something_too_speaks_against_nobody(
    kind: str, head: str, number: int, relation: str
) -> None:
    text = "Solberg underwent three kidney transplants after the winter regatta; some were put off."
    more = fact(text, "some", kind, head, number, number)
    both = telling("b", text, fact(text, "three", "count", "transplant", 3, 3, scope="kidney", whom=0), more)
    tellings = count("a", "two", 2, 2), both
    found = [slot.relation for slot in questions(tellings, people(*tellings)) if slot.scope == "kidney"]
    assert found == [relation]


def test_several_values_in_one_telling_fall_apart() -> None:
    text = "Solberg underwent two kidney transplants, then five kidney transplants, after the winter regatta."
    both = telling(
        "a",
        text,
        fact(text, "two", "count", "transplant", 2, 2, scope="kidney", whom=0),
        fact(text, "five", "count", "transplant", 5, 5, scope="kidney", whom=0),
    )
    tellings = both, count("b", "two", 2, 2)
    found = questions(tellings, people(*tellings))
    # What only one telling says of transplants needs no line; the two that agree have theirs.
    assert [(slot.relation, [value.label for value in slot.values]) for slot in found] == [("same", ["2"])]


def test_numbers_of_the_background_do_not_meet_the_story() -> None:
    """A telling that also gives the toll of a whole war, larger than the story's, leaves open which is compared."""
    a = hurt("a", "12", 12, "2020-05-01", CRASH.format(12))
    text = CRASH.format(14) + " Storms have injured 1,400 people."
    both = telling(
        "b",
        text,
        fact(text, "14", "count", "person", 14, 14, scope="injured"),
        fact(text, "1,400", "count", "person", 1400, 1400, scope="injured"),
        day="2020-05-01",
    )
    assert [slot.relation for slot in questions((a, both), ())] == ["single"] * 3


def hurt(name: str, words: str, low: float, day: str | None, text: str, *, place: str = "") -> Telling:
    return telling(name, text, fact(text, words, "count", "person", low, low, scope="injured"), day=day)


AGAIN = "The ferry crash off Larkfield has now injured {} people, it wrote."
CRASH = "The ferry crash off Larkfield injured {} people, the coast guard wrote."


@pytest.mark.parametrize(
    ("days", "second", "relation", "explanation"),
    [
        (("2020-05-01", "2020-05-02"), AGAIN, "updated", "12 on 1 May 2020, 14 on 2 May 2020"),
        (("2020-05-02", "2020-05-01"), AGAIN, "differs", ""),
        (("2020-05-01", "2020-05-02"), CRASH, "unclear", ""),
        (("2020-05-01", "2020-05-01"), CRASH, "differs", ""),
        (("2020-05-01", None), CRASH, "unclear", ""),
        ((None, None), CRASH, "unclear", ""),
    ],
)  # fmt: skip
def test_people_hurt(days: tuple[str | None, str | None], second: str, relation: str, explanation: str) -> None:
    slot = one(hurt("a", "12", 12, days[0], CRASH.format(12)), hurt("b", "14", 14, days[1], second.format(14)))
    assert (slot.relation, arithmetic(slot)) == (relation, explanation)


def test_words_of_an_update_may_stand_in_the_headline() -> None:
    text = "Ferry injuries climbed to 14\n\n" + CRASH.format("fourteen")
    later = hurt("b", "fourteen", 14, "2020-05-03", text)
    sentences = (Sentence(Span(0, 30), 0, 0), Sentence(Span(30, len(text)), 0, 0))
    later = replace(later, sentences=sentences, facts=(replace(later.facts[0], sentence=1),))
    assert one(hurt("a", "12", 12, "2020-05-01", CRASH.format(12)), later).relation == "updated"


def test_a_number_that_falls_back_is_no_running_count() -> None:
    first = hurt("a", "14", 14, "2020-05-01", CRASH.format(14))
    assert one(first, hurt("b", "12", 12, "2020-05-03", CRASH.format(12))).relation == "differs"


def test_what_a_telling_places_as_past_bounds_its_own_day() -> None:
    later = aged("b", 35, told(None))
    span = Span(0, 5)
    past = Fact(span, "date", "wedding", WHY, span, whom=0, interval=Interval(date(2021, 9, 28), date(2021, 9, 28)))
    later = replace(later, facts=(*later.facts, past))
    tellings = aged("a", 34, told("2020-11-02")), later
    slot = questions(tellings, people(*tellings))[0]
    assert slot.relation == "explained by time" and "35 on or after 28 Sept 2021" in arithmetic(slot)


def test_people_hurt_elsewhere_are_other_people() -> None:
    a = hurt("a", "12", 12, "2020-05-01", "The coast guard wrote that storms in Larkfield injured 12 people.")
    b = hurt("b", "14", 14, "2020-05-01", "The coast guard wrote that storms in Dunmere injured 14 people.")
    assert [slot.relation for slot in questions((a, b), ())] == ["single", "single"]


def test_people_hurt_at_another_time_are_other_people() -> None:
    a = hurt("a", "12", 12, "2020-05-01", CRASH.format(12))
    text = "In 2011 the ferry crash off Larkfield injured 14 people, the coast guard wrote."
    year = Timex(Span(3, 7), "DATE", "2011", WHY, interval=Interval(date(2011, 1, 1), date(2011, 12, 31)))
    b = replace(hurt("b", "14", 14, "2020-05-01", text), timexes=(year,))
    assert [slot.relation for slot in questions((a, b), ())] == ["single", "single"]


def test_a_vague_head_needs_a_scope() -> None:
    text = "Nine people sang."
    assert questions((telling("a", text, fact(text, "Nine", "count", "person", 9, 9)),), ()) == ()


def aged(name: str, age: int, dated: DocumentDate) -> Telling:
    text = f"Marit Solberg, {age}, sang."
    return telling(name, text, fact(text, str(age), "age", "age", age, age, unit="years", whom=0), dated=dated)


@pytest.mark.parametrize(
    ("first", "second", "relation", "explanation"),
    [
        ((34, "2020-11-02"), (34, "2021-02-01"), "same", ""),
        (
            (34, "2020-11-02"), (35, "2021-09-28"), "explained by time",
            "34 on 2 Nov 2020, 35 on 28 Sept 2021: fits a birthday between (born 3 Nov 1985 – 28 Sept 1986)",
        ),
        (
            (34, "2020-11-02"), (37, "2021-09-28"), "differs",
            "34 on 2 Nov 2020: born 3 Nov 1985 – 2 Nov 1986; "
            "37 on 28 Sept 2021: born 29 Sept 1983 – 28 Sept 1984",
        ),
        (
            (35, "2020-11-02"), (34, "2021-09-28"), "differs",
            "35 on 2 Nov 2020: born 3 Nov 1984 – 2 Nov 1985; "
            "34 on 28 Sept 2021: born 29 Sept 1986 – 28 Sept 1987",
        ),
        (
            (34, "2018-01-01"), (34, "2021-01-01"), "unclear",
            "34 on 1 Jan 2018, 34 on 1 Jan 2021: more than one year apart",
        ),
        ((34, "2020-11-02"), (35, None), "unclear", "35 on a day not known; 34 on 2 Nov 2020"),
        ((34, None), (34, None), "same", ""),
    ],
)  # fmt: skip
def test_ages_against_a_birthday(
    first: tuple[int, str | None], second: tuple[int, str | None], relation: str, explanation: str
) -> None:
    slot = one(aged("a", first[0], told(first[1])), aged("b", second[0], told(second[1])))
    assert (slot.relation, arithmetic(slot)) == (relation, explanation)


def test_an_age_told_after_a_known_day() -> None:
    slot = one(aged("a", 34, told("2020-11-02")), aged("b", 35, told(None, not_before=date(2021, 3, 14))))
    assert slot.relation == "explained by time"
    assert arithmetic(slot).startswith("34 on 2 Nov 2020, 35 on or after 14 Mar 2021: fits")


@pytest.mark.parametrize("age", range(20, 24))
@pytest.mark.parametrize("days", [0, 1, 200, 364, 365, 366, 500, 731, 1000])
def test_ages_fit_when_some_birthday_gives_both(age: int, days: int) -> None:
    """Against an oracle that tries every birthday."""
    first, second = date(2019, 3, 5), date.fromordinal(date(2019, 3, 5).toordinal() + days)

    def on(day: date, born: date) -> int:
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    births = (date.fromordinal(number) for number in range(date(1995, 1, 1).toordinal(), date(2001, 1, 1).toordinal()))
    possible = any(on(first, born) == 21 and on(second, born) == age for born in births)
    slot = one(aged("a", 21, told(first.isoformat())), aged("b", age, told(second.isoformat())))
    assert (slot.relation in ("same", "explained by time")) == possible


def lasted(name: str, words: str, low: float, high: float, whom: int | None = 0) -> Telling:
    text = f"Solberg spent {words} on bed rest."
    return telling(name, text, fact(text, words, "duration", "bed rest", low, high, unit="days", whom=whom))


def test_durations() -> None:
    slot = one(lasted("a", "ten days", 10, 10), lasted("b", "a few weeks", 14, 35))
    assert slot.relation == "differs"
    assert [value.label for value in slot.values] == ["10 days", "a few weeks"]
    assert one(lasted("a", "two weeks", 14, 14), lasted("b", "a few weeks", 14, 35)).relation == "compatible"
    assert one(lasted("a", "ten days", 10, 10, None), lasted("b", "a few weeks", 14, 35, None)).relation == "unclear"


def happened(name: str, first: str, last: str, head: str = "hospitalised", whom: int | None = 0) -> Telling:
    text = "Solberg fell ill that day."
    span = Span(text.index("that day"), len(text) - 1)
    interval = Interval(date.fromisoformat(first), date.fromisoformat(last))
    return telling(name, text, Fact(span, "date", head, WHY, span, whom=whom, interval=interval, event=head))


def test_dates() -> None:
    late = happened("a", "2020-09-20", "2020-09-30")
    day = happened("b", "2020-09-27", "2020-09-27")
    slot = one(late, day)
    assert slot.relation == "compatible"
    assert [value.label for value in slot.values] == ["2020-09-20…2020-09-30", "2020-09-27"]
    assert one(day, happened("c", "2020-09-27", "2020-09-27")).relation == "same"
    assert one(day, happened("c", "2020-09-25", "2020-09-25")).relation == "differs"


def test_days_far_apart_are_two_occasions_unless_it_can_happen_once() -> None:
    two = happened("a", "2020-01-03", "2020-01-03"), happened("b", "2020-06-03", "2020-06-03")
    assert questions(two, people(*two)) == ()
    again = happened("c", "2020-01-05", "2020-01-05")
    assert [len(slot.values) for slot in questions((*two, again), people(*two, again))] == [2]
    deaths = happened("a", "2020-01-03", "2020-01-03", "death"), happened("b", "2020-06-03", "2020-06-03", "death")
    assert one(*deaths).relation == "differs"


def test_a_fire_of_nobody_on_two_days_is_unclear_and_an_announcement_of_nothing_no_slot() -> None:
    fires = (
        happened("a", "2020-01-03", "2020-01-03", "fire", None),
        happened("b", "2020-01-05", "2020-01-05", "fire", None),
    )
    assert one(*fires).relation == "unclear"
    assert questions((happened("a", "2020-01-03", "2020-01-03", "announcement"),), ()) == ()
    assert questions((happened("a", "2020-01-03", "2020-01-03", "death", None),), ()) == ()


SINCE = "It has been nearly seven months since Solberg shared the news. She shared it on Sept. 30."


def elapsed(day: str | None, event: date = date(2020, 9, 30)) -> Telling:
    when = Interval(event, event)
    span = Span(SINCE.index("Sept. 30"), SINCE.index("Sept. 30") + 8)
    return telling(
        "a",
        SINCE,
        fact(SINCE, "nearly seven months", "duration", "announcement", 166.6, 217, unit="days", scope="pregnancy loss",
             whom=0, bound="nearly", event="announcement"),
        Fact(span, "date", "announcement", WHY, span, whom=0, whom_text=NAMES[0], scope="pregnancy loss", interval=when,
             event="announcement"),
        day=day,
    )  # fmt: skip


def test_an_elapsed_time_is_held_against_the_calendar() -> None:
    slot = one(elapsed("2021-02-22"))
    assert (slot.relation, slot.kind, slot.whom) == ("does not add up", "duration", "Marit Solberg")
    assert arithmetic(slot) == "30 Sept 2020 to 22 Feb 2021 is 145 days; nearly 7 months is 167–217 days"
    assert [value.facts for value in slot.values] == [(("a", 0),), (("a", 1),)]


@pytest.mark.parametrize("day", ["2021-04-20", None, "2020-09-01"])
def test_an_elapsed_time_that_fits_or_cannot_be_checked_is_not_held(day: str | None) -> None:
    tellings = (elapsed(day),)
    assert {slot.relation for slot in questions(tellings, people(*tellings))} == {"single"}


@pytest.mark.parametrize(("day", "relation"), [("2021-02-22", "does not add up"), ("2021-04-20", "single")])
def test_a_time_since_a_written_day_is_held_against_it(day: str, relation: str) -> None:
    text = "It has been nearly seven months since Sept. 30."
    when = Interval(date(2020, 9, 30), date(2020, 9, 30))
    stated = fact(
        text, "nearly seven months", "duration", "time elapsed", 166.6, 217,
        unit="days", bound="nearly", event="time elapsed", interval=when,
    )  # fmt: skip
    slot = one(telling("a", text, stated, day=day))
    assert slot.relation == relation
    if relation != "single":
        assert [value.label for value in slot.values] == ["nearly 7 months", "2020-09-30"]


def test_two_dates_for_one_event_are_not_summed() -> None:
    first = elapsed("2021-02-22")
    second = replace(first.facts[1], interval=Interval(date(2020, 10, 2), date(2020, 10, 2)))
    both = replace(first, facts=(*first.facts, second))
    assert all(slot.relation != "does not add up" for slot in questions((both,), people(both)))


def test_first_and_second_are_two_things() -> None:
    text = "Solberg has her third child."
    third = telling("a", text, fact(text, "third", "ordinal", "child", 3, 3, whom=0))
    text = "Solberg has her second child."
    second = telling("b", text, fact(text, "second", "ordinal", "child", 2, 2, whom=0))
    assert [slot.relation for slot in questions((third, second), people(third, second))] == ["single", "single"]


def test_named_sets_meet_without_an_owner() -> None:
    a = count("a", "two", 2, 2, scope="", named=("Nils", "Tove"), whom=0)
    b = count("b", "two", 2, 2, scope="", named=("Nils", "Tove"), whom=None)
    assert one(a, b).relation == "same"


def test_order_of_tellings_changes_nothing_and_relations_are_sorted() -> None:
    tellings = (
        count("a", "two", 2, 2, day="2020-01-01"),
        count("b", "several", 3, None, bound="vague"),
        lasted("c", "ten days", 10, 10),
        lasted("d", "two weeks", 14, 14),
        lasted("e", "a few weeks", 14, 35),
        aged("f", 34, told("2020-11-02")),
        aged("g", 35, told("2021-09-28")),
        happened("h", "2020-09-27", "2020-09-27"),
        elapsed("2021-02-22"),
    )
    tellings = (*tellings[:-1], replace(tellings[-1], document=replace(tellings[-1].document, id="z")))
    expected = questions(tellings, people(*tellings))
    for shuffled in itertools.islice(itertools.permutations(tellings), 0, 4000, 397):
        assert questions(shuffled, people(*tellings)) == expected
    ranks = [ORDER.index(slot.relation) for slot in expected]
    assert ranks == sorted(ranks) and len(set(ranks)) > 2


def test_every_value_leads_to_a_fact() -> None:
    tellings = (count("a", "two", 2, 2), count("b", "several", 3, None, bound="vague"), elapsed("2021-02-22"))
    by_name = {telling.id: telling for telling in tellings[1:]}
    for slot in questions(tellings[1:], people(*tellings[1:])):
        assert slot.provenance.stage == "questions" and slot.provenance.rule
        for value in slot.values:
            assert value.facts and value.label
            for name, index in value.facts:
                assert by_name[name].facts[index].kind in (slot.kind, "date")


def test_nothing_gives_nothing() -> None:
    assert questions((), ()) == ()


def sentences_of(
    name: str, day: str, *stated: tuple[str, str, float, Interval | None], scope: str = "killed"
) -> Telling:
    """A telling of sentences, each with a number of people and, where given, a day written as "then"."""
    text, spans, found, placed = "", [], [], []
    for index, (sentence, words, low, when) in enumerate(stated):
        start = len(text)
        text += sentence + " "
        spans.append(Sentence(Span(start, len(text)), 0, 0))
        at = start + sentence.index(words)
        span = Span(at, at + len(words))
        found.append(Fact(span, "count", "person", WHY, span, low=low, high=low, scope=scope, sentence=index))
        if when is not None:
            then = start + sentence.index("then")
            placed.append(Timex(Span(then, then + 4), "DATE", "X", WHY, interval=when))
    made = telling(name, text, *found, day=day)
    return replace(made, sentences=tuple(spans), timexes=tuple(placed))


WEDNESDAY = Interval(date(2024, 5, 1), date(2024, 5, 1))
LAST_YEAR = Interval(date(2023, 1, 1), date(2023, 12, 31))
BOMB = "A market bomb in Larkfield killed {} people then."
OLD = "A market bomb in Larkfield killed three people then."


def test_the_toll_of_another_year_does_not_hide_the_story_s() -> None:
    a = sentences_of("a", "2024-05-02", (BOMB.format(44), "44", 44, WEDNESDAY), (OLD, "three", 3, LAST_YEAR))
    b = sentences_of("b", "2024-05-02", (BOMB.format(31), "31", 31, WEDNESDAY))
    found = questions((a, b), ())
    assert [(slot.relation, [value.label for value in slot.values]) for slot in found] == [
        ("differs", ["31", "44"]),
        ("single", ["3"]),
    ]


def test_the_toll_of_another_year_without_a_day_is_background() -> None:
    old = "In recent years market bombs in Larkfield killed 90 people."
    a = sentences_of("a", "2024-05-02", (BOMB.format(44), "44", 44, WEDNESDAY), (old, "90", 90, None))
    b = sentences_of("b", "2024-05-02", (BOMB.format(31), "31", 31, WEDNESDAY))
    found = questions((a, b), ())
    assert [slot.relation for slot in found] == ["differs", "single"]


def test_spellings_and_parts_of_a_place_are_no_other_place() -> None:
    """One day, one kind of bomb: a town and its province stay together, for nothing says that they are apart."""
    said = "A market bomb in {} killed {} traders then."
    a = sentences_of("a", "2024-05-02", (said.format("Larkfield", 44), "44", 44, WEDNESDAY))
    same = sentences_of("b", "2024-05-02", (said.format("Larkfieldia", 31), "31", 31, WEDNESDAY))
    (counted,) = (question for question in questions((a, same), ()) if question.kind == "count")
    assert counted.relation == "differs"
    other = sentences_of("b", "2024-05-02", (said.format("Dunmere", 31), "31", 31, WEDNESDAY))
    assert one(a, other).relation == "unclear"


def test_places_that_both_tellings_know_are_apart() -> None:
    said = "A market bomb in {} killed {} traders then."
    known = "Larkfield and Dunmere mourn {} dead."
    a = sentences_of("a", "2024-05-02", (said.format("Larkfield", 44), "44", 44, WEDNESDAY))
    b = sentences_of("b", "2024-05-02", (said.format("Dunmere", 31), "31", 31, WEDNESDAY))
    a = replace(a, document=replace(a.document, view=View.plain(a.text + known)))
    b = replace(b, document=replace(b.document, view=View.plain(b.text + known)))
    assert [slot.relation for slot in questions((a, b), ())] == ["single", "single"]


def test_tolls_of_another_size_are_unclear() -> None:
    a = hurt("a", "12", 12, "2020-05-01", CRASH.format(12))
    assert one(a, hurt("b", "80", 80, "2020-05-01", CRASH.format(80))).relation == "unclear"


def test_a_part_told_in_the_same_words_is_the_same() -> None:
    said = "Marit and {} of her cousins rowed across the sound before breakfast."
    tellings = tuple(
        telling(name, said.format("6"), fact(said.format("6"), "6", "count", "cousin", 6, 6, counted=("some of them",)))
        for name in "ab"
    )
    assert one(*tellings).relation == "same"


def ranked(name: str, rank: float, day: str | None, scope: str = "engine-room", since: int | None = 2019) -> Telling:
    text = "It was that engine-room fire on the line's ferries since 2019."
    return telling(name, text, fact(text, "that", "ordinal", "fire", rank, rank, scope=scope, since=since), day=day)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ((3, "2023-09-28"), (2, "2024-02-20"), "differs"),
        ((2, "2023-09-28"), (3, "2024-02-20"), "unclear"),
        ((2, "2023-09-28"), (3, "2023-10-05"), "differs"),
        ((2, "2023-09-28"), (3, "2023-10-06"), "unclear"),
        ((3, "2023-09-28"), (3, "2024-02-20"), "same"),
        ((3, None), (2, "2024-02-20"), "unclear"),
    ],
)
def test_ranks_of_an_event(first: tuple[float, str | None], second: tuple[float, str | None], relation: str) -> None:
    """A later telling may speak of the next fire, so only a rank that does not rise with the days differs."""
    assert one(ranked("a", *first), ranked("b", *second)).relation == relation


def test_a_couple_s_child_joins_that_of_one_of_the_two() -> None:
    hers = "Solberg has her third child."
    theirs = "Solberg and a friend have their third child."
    a = telling("a", hers, fact(hers, "third", "ordinal", "child", 3, 3, whom=0))
    b = telling("b", theirs, fact(theirs, "third", "ordinal", "child", 3, 3))
    assert [slot.relation for slot in questions((a, b), people(a, b))] == ["single", "single"]
    named = replace(b, mentions=(Mention(Span(0, 7), "name", 0, WHY),))
    slot = one(a, named)
    assert (slot.relation, slot.whom) == ("same", "Marit Solberg")


def fund(name: str, words: str, low: float, high: float | None, bound: str, day: str | None) -> Telling:
    text = f"The crew fund stands at {words}."
    stated = fact(text, words, "money", "fund", low, high, unit="USD", scope="crew", bound=bound)
    return telling(name, text, stated, day=day)


@pytest.mark.parametrize(("day", "relation"), [("2024-10-03", "updated"), ("2023-01-03", "unclear"), (None, "unclear")])
def test_a_fund_grows(day: str | None, relation: str) -> None:
    slot = one(
        fund("a", "$14,000", 14_000, 14_000, "exact", "2023-10-29"),
        fund("b", "nearly $84,000", 75_600, 84_000, "nearly", day),
    )
    assert slot.relation == relation
    if relation == "updated":
        assert arithmetic(slot) == "$14,000 on 29 Oct 2023, nearly $84,000 on 3 Oct 2024"


@pytest.mark.parametrize(("later", "relation"), [(1350, "compatible"), (1360, "updated")])
def test_more_than_so_much_has_grown_where_half_as_much_again_is_passed(later: int, relation: str) -> None:
    first = fund("a", "more than $900", 900, None, "more than", "2023-10-29")
    assert one(first, fund("b", f"${later}", later, later, "exact", "2023-11-03")).relation == relation


def test_about_to_turn_is_the_age_before() -> None:
    text = "Marit Solberg, about to turn 64, sang."
    turning = fact(text, "64", "age", "age", 63, 64, unit="years", whom=0, bound="nearly")
    slot = one(aged("a", 63, told("2020-11-02")), telling("b", text, turning, day="2020-11-02"))
    assert slot.relation == "compatible" and [value.label for value in slot.values] == ["63", "nearly 64"]
    later = aged("c", 64, told("2021-01-02"))
    assert one(telling("b", text, turning, day="2020-11-02"), later).relation == "explained by time"


def share(name: str, low: float, text: str) -> Telling:
    return telling(name, text, fact(text, f"{low:g}%", "measure", "voter", low, low, unit="%"), day="2020-05-01")


def test_shares_of_one_question_only() -> None:
    said = "In the island poll 35% of voters wanted another winter ferry timetable."
    assert one(share("a", 35, said), share("b", 35, said)).relation == "same"
    other = "Last spring 35% of voters opposed his bridge."
    assert one(share("a", 35, said), share("b", 35, other)).relation == "unclear"


def test_each_sentence_is_listed_once_and_a_misfit_marks_length_and_day() -> None:
    text = "It has been nearly seven months since Sept. 30."
    when = Interval(date(2020, 9, 30), date(2020, 9, 30))
    span = Span(text.index("Sept. 30"), text.index("Sept. 30") + 8)
    stated = replace(
        fact(
            text, "nearly seven months", "duration", "time elapsed", 166.6, 217,
            unit="days", bound="nearly", event="time elapsed", interval=when,
        ),
        head_span=span,
    )  # fmt: skip
    given = telling("a", text, stated, day="2021-02-22")
    story = Story((given,), origins=(("a",),), questions=questions((given,), ()))
    (entry,) = told_facts(Citations.of(story))
    marked = [[text[mark.start : mark.end] for mark in line.marks if mark.role == "value"]
              for value in entry.values for line in value.lines]  # fmt: skip
    assert marked == [["nearly seven months"], ["Sept. 30"]]
    twice = "Nine rowers were hurt and nine rowers were hurt."
    second = Span(twice.rindex("nine"), twice.rindex("nine") + 4)
    both = telling(
        "a", twice,
        fact(twice, "Nine", "count", "person", 9, 9, scope="injured"),
        Fact(second, "count", "person", WHY, second, low=9, high=9, scope="injured"),
    )  # fmt: skip
    story = Story((both,), origins=(("a",),), questions=questions((both,), ()))
    (entry,) = told_facts(Citations.of(story))
    assert [[len(line.marks) for line in value.lines] for value in entry.values] == [[2]]


def test_values_of_a_kind_that_nobody_compares_are_unclear(monkeypatch: pytest.MonkeyPatch) -> None:
    from tellings.across.questions import relations

    monkeypatch.setattr(relations, "_RELATIONS", {})
    assert one(count("a", "two", 2, 2), count("b", "three", 3, 3)).relation == "unclear"

"""The times room: every rule's own examples, tables of cases, and laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import grows_linearly

from tellings.language.base import language_of
from tellings.model.records import Block, BlockKind, Document, DocumentDate, Interval, Part, Provenance, Timex
from tellings.model.rules import Rule, load
from tellings.model.text import Span, View
from tellings.within.times import find, numbers, times
from tellings.within.times.grammar import grammar

WEDNESDAY = date(2015, 6, 17)
RULES = [rule for rule in load("en", "time").rules if rule.meaning.get("room") != "parts"]
CASES = Path(__file__).parent / "cases" / "times"
WHY = Provenance("test", "test")


def only(text: str, dct: date | None = WEDNESDAY) -> Timex:
    found = find(text, dct=dct)
    assert len(found) == 1, [(each.span.of(text), each.provenance.rule) for each in found]
    return found[0]


def telling(
    *pieces: tuple[BlockKind, str], dct: date | None = None, not_after: date | None = None
) -> tuple[Timex, ...]:
    text, blocks = "", []
    for kind, words in pieces:
        blocks.append(Block(Span(len(text), len(text) + len(words) + 2), kind, WHY))
        text += words + "\n\n"
    known = DocumentDate(dct, "test", "test", not_after=not_after)
    document = Document("a", "a", "a", "text/plain", View.plain(text), known)
    return times(document, tuple(blocks), (Part(Span(0, len(text)), known, WHY),), (), language_of("en"))


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_golden_case(case: Path) -> None:
    """NAME.txt was written on a Wednesday, 8 May 2019; NAME.expected has a line for each expression: its words, type,
    value, mod, and "?" where it is ambiguous, as a person has read and found them right."""
    text = case.read_text(encoding="utf-8")
    seen = [
        "\t".join((each.span.of(text), each.type, each.value or "", each.mod or "", "?" if each.ambiguous else ""))
        for each in find(text, dct=date(2019, 5, 8))
    ]
    assert [line.rstrip() for line in seen] == case.with_suffix(".expected").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_examples_and_they_hold(rule: Rule) -> None:
    none = rule.meaning["meaning"] == "none"
    assert rule.no and (none or rule.yes), f"{rule.file}: {rule.name} lacks examples"
    for text, words, kind, value, *dct in rule.yes:
        day = WEDNESDAY if not dct else date.fromisoformat(dct[0]) if dct[0] else None
        mine = [each for each in find(text, dct=day) if each.provenance.rule == rule.name]
        seen = [(each.span.of(text), each.type, each.value or "") for each in mine]
        assert (words, kind, value) in seen, (
            text,
            [(e.span.of(text), e.value, e.provenance.rule) for e in find(text, dct=day)],
        )
    for text in rule.no:
        found = find(text, dct=WEDNESDAY)
        assert not (found if none else [each for each in found if each.provenance.rule == rule.name]), text


@pytest.mark.parametrize(
    ("text", "words", "value", "mod", "interval"),
    [
        ("It broke in late September.", "late September", "2014-09", "END", ("2014-09-20", "2014-09-30")),
        ("It broke in early September.", "early September", "2014-09", "START", ("2014-09-01", "2014-09-11")),
        ("It broke a month ago.", "a month ago", "2015-05", None, ("2015-05-02", "2015-06-01")),
        ("It broke earlier this month.", "earlier this month", "2015-06", "START", ("2015-06-01", "2015-06-17")),
        ("It broke in the early 1990s.", "the early 1990s", "199", "START", ("1990-01-01", "1993-07-02")),
        ("It broke over the weekend.", "the weekend", "2015-W24-WE", None, ("2015-06-13", "2015-06-14")),
        ("It broke almost two years ago.", "almost two years ago", "2013", "AFTER", ("2013-06-17", "2013-12-16")),
        ("It rang at 8 p.m. Saturday.", "8 p.m. Saturday", "2015-06-13T20:00", None, ("2015-06-13", "2015-06-13")),
        ("They met on Earth Day.", "Earth Day", "2015-04-22", None, ("2015-04-22", "2015-04-22")),
        ("They met on Mother's Day.", "Mother's Day", "2015-05-10", None, ("2015-05-10", "2015-05-10")),
        ("They met on New Year's Eve.", "New Year's Eve", "2014-12-31", None, ("2014-12-31", "2014-12-31")),
        ("It will open by the end of next year.", "the end of next year", "2016", "END", ("2016-08-25", "2016-12-31")),
    ],
)
def test_intervals(text: str, words: str, value: str, mod: str | None, interval: tuple[str, str]) -> None:
    found = only(text)
    assert (found.span.of(text), found.value, found.mod) == (words, value, mod)
    assert found.interval == Interval(*(date.fromisoformat(day) for day in interval))


@pytest.mark.parametrize(
    ("text", "value", "mod"),
    [
        ("It has been nearly seven months.", "P7M", "LESS_THAN"),
        ("It rained for about 10 days.", "P10D", "APPROX"),
        ("It rained for more than two hours.", "PT2H", "MORE_THAN"),
        ("It rained for at least 30 days.", "P30D", "EQUAL_OR_MORE"),
        ("It rained for up to 2,000 years.", "P2000Y", "EQUAL_OR_LESS"),
        ("It rained for twenty-one days.", "P21D", None),
        ("It rained for an hour and a half.", "PT1H30M", None),
        ("She was 20 weeks pregnant.", "P20W", None),
    ],
)
def test_durations(text: str, value: str, mod: str | None) -> None:
    found = only(text)
    assert (found.type, found.value, found.mod, found.interval) == ("DURATION", value, mod, None)


@pytest.mark.parametrize(
    "text",
    [
        "The 34-year-old smith sang.",
        "Ada Brook, 35, sang.",
        "He is 35 years old.",
        "It cost $2015 or €1990.",
        "They won 3-2 and then 10:15.",
        "Call +1 310 555 1999 or 555-2014.",
        "You may sing, and they march on, second to none.",
        "Prices fall while the sun shines.",
        "The Sunday Times wrote it.",
        "Room 2014 was locked.",
        "It was 29 February 2015, he joked.",
        "Theresa May and April Brook sang.",
        "Some 1990 shares changed hands.",
    ],
)
def test_no_times(text: str) -> None:
    assert [
        (each.span.of(text), each.value) for each in find(text, dct=WEDNESDAY) if each.value and len(each.value) > 4
    ] == []
    assert [each.span.of(text) for each in find(text, dct=WEDNESDAY) if each.value not in (None, "2015")] == []


@pytest.mark.parametrize(
    "text", ["It broke yesterday.", "It broke on Monday.", "It broke last week.", "It broke a month ago."]
)
def test_without_a_date_relative_words_are_not_placed(text: str) -> None:
    found = only(text, None)
    assert found.value is None and found.interval is None
    assert found.reason == "the date of this part is unknown"


def test_year_is_taken_over_from_a_full_date_before_in_the_paragraph_only() -> None:
    text = "It sank on Sept. 27, 2011 and was raised on Sept. 30.\n\nThe feast was on Oct. 4."
    assert [each.value for each in find(text)] == ["2011-09-27", "2011-09-30", "XXXX-10-04"]
    raised, feast = find(text)[1:]
    assert raised.inferred and raised.anchor is not None and raised.anchor.of(text) == "Sept. 27, 2011"
    assert feast.interval is None and feast.reason is not None


def test_two_days_in_one_expression() -> None:
    text = "It rained on Sept. 3-5 and from 7 to 9 October."
    assert [(each.span.of(text), each.value) for each in find(text, dct=WEDNESDAY)] == [
        ("Sept. 3", "2014-09-03"),
        ("5", "2014-09-05"),
        ("7", "2014-10-07"),
        ("9 October", "2014-10-09"),
    ]


def test_direction_of_weekday_and_day() -> None:
    assert only("The council will meet on Tuesday.").value == "2015-06-23"
    assert only("The council met on Tuesday.").value == "2015-06-16"
    assert only("It will open on Aug. 3.").value == "2015-08-03"
    assert only("It opened on Aug. 3.").value in ("2014-08-03", "2015-08-03")
    assert only("It opened on April 3.").value == "2015-04-03"


def test_story_blocks_only_and_dates_of_embeds_marked() -> None:
    found = telling(
        ("paragraph", "It broke yesterday."),
        ("embed", "— Ada (@ada) October 27, 2010 yesterday"),
        ("caption", "Ada on May 3, 2009"),
        dct=WEDNESDAY,
    )
    assert [(each.value, each.provenance.rule) for each in found] == [
        ("2015-06-16", "deictic-day"),
        ("2010-10-27", "embed/month-day-year"),
    ]


def test_anniversary_gives_the_year() -> None:
    found = telling(
        ("headline", "Ada Brook Remembers The Mill, Almost 2 Years After Fire"),
        ("paragraph", "Brook wrote on Aug. 14 of her loss."),
        ("paragraph", "The mill burned on Aug. 12, 2011, and its wall fell on Aug. 20."),
        ("paragraph", "The fair is on March 3."),
    )
    assert [(each.value, each.inferred) for each in found] == [
        ("P2Y", False),
        ("2013-08-14", True),
        ("2011-08-12", False),
        ("2011-08-20", True),
        ("XXXX-03-03", False),
    ]
    assert len(found[1].provenance.evidence) == 2


def test_no_anniversary_where_two_years_are_told() -> None:
    found = telling(
        ("headline", "Ada Brook Remembers, 2 Years After Fire"),
        ("paragraph", "Brook wrote on Aug. 14 of her loss."),
        ("paragraph", "The mill burned on Aug. 12, 2011."),
        ("paragraph", "It was rebuilt by Aug. 9, 2012."),
    )
    assert found[1].value == "XXXX-08-14"


def test_bounds_of_an_unknown_part_place_months_not_days_counted_from_it() -> None:
    found = telling(("paragraph", "Earlier in November it broke. It was mended yesterday."), not_after=date(2015, 2, 3))
    assert [(each.value, each.inferred) for each in found] == [("2014-11", True), (None, False)]


@pytest.mark.parametrize("year", ["0001", "9999", "0000", "12345"])
@pytest.mark.parametrize(
    "form", ["It broke on May 3, {}.", "It broke in {}.", "Two years later than {}, a century ago.", "{}-12-31"]
)
def test_far_years_do_not_break(year: str, form: str) -> None:
    for dct in (None, date.min, date.max):
        find(form.format(year) + " Next week, last year, in 900 years from now, 3000 years ago, the next day.", dct=dct)
        find(f"Sales rose in the {year} third quarter, and in the year-ago fourth quarter, from the winter.", dct=dct)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("21", 21),
        ("2,000", 2000),
        ("2 1/2", 2.5),
        ("twenty-one", 21),
        ("two and a half", 2.5),
        ("three hundred and five", 305),
        ("½", 0.5),
        ("many", None),
    ],
)
def test_numbers(written: str, count: float | None) -> None:
    assert numbers.count(written, grammar(language_of("en"))) == count


_WORDS = [
    "last", "week", "Monday", "Sept.", "28", "2020", ",", ".", "the", "a", "two", "years",
    "ago", "later", "next", "day", "8", "p.m.", "early", "Christmas", "weekend", "of", "on", "'80s",
    "to", "-", "May", "second", "half", "’", "é", "31", "fall", "quarter",
]  # fmt: skip
_PIECES = st.lists(st.sampled_from([*_WORDS, "\n\n"]), max_size=30)


@settings(max_examples=150, deadline=None)
@given(_PIECES, st.one_of(st.none(), st.dates()), st.sampled_from([" ", "\u00a0", "\n", ""]))
def test_laws(pieces: list[str], dct: date | None, glue: str) -> None:
    text = glue.join(pieces)
    found = find(text, dct=dct)
    assert found == find(text, dct=dct)
    end = 0
    for each in found:
        words = each.span.of(text)
        assert each.span.start >= end and words and words == words.strip()
        end = each.span.end
        assert each.value is not None or each.reason
        assert each.interval is None or each.type in ("DATE", "TIME")


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 9000,
        "111," * 9000,
        "twenty " * 4000,
        "the last " * 9000,
        "May 3, " * 4000,
        "a" * 300000,
        "9" * 300000,
        "5" + " " * 90000,
    ],
)
def test_long_lines_stay_linear(text: str) -> None:
    grammar(language_of("en"))
    assert grows_linearly(lambda words: find(words, dct=WEDNESDAY), text[: len(text) // 4], text)


HISTORY = (
    "The mill strike of 1891-1893 split the town. In 1890 wages fell. On 3 December 1890 the weavers met. "
    "In January they walked out. By March 1891 forty mills stood idle, and in June 1891 the first shots fell. "
    "In 1892 the owners gave way. The last mill opened in May 1893. By the end of the year all worked. "
    "An act of 1895 made it law, and the hall of 1899 recalls it."
)


def values(text: str, dct: date | None = WEDNESDAY, country: str | None = None) -> dict[str, str | None]:
    return {each.span.of(text): each.value for each in find(text, dct=dct, country=country)}


def test_a_history_is_read_on_from_the_year_it_has_come_to() -> None:
    found = values(HISTORY)
    assert found["January"] == "1891-01"  # after December 1890
    assert found["the end of the year"] == "1893"


@pytest.mark.parametrize(
    ("more", "words", "value"),
    [
        # The first sentence after a heading says where a telling begins.
        ("\n\nThe south\n\nThere the two sides met in 1892 at Varn. In October they parted.", "October", "1892-10"),
        (
            "\n\nThe south was calm.\n\nThere the two sides met in 1892 at Varn. In October they parted.",
            "October",
            "1895-10",
        ),
        # A date that says which thing is meant, that something is likened to, or that lay before, is not come to.
        (" Vane, a leader of the June 1891 rising, spoke. On 4 October he left.", "4 October", "1895-10-04"),
        (" In June 1891 Vane rose. On 4 October he left.", "4 October", "1891-10-04"),
        (" The rules were as in 1614. The 1614 rules forbade it. On 4 October it was law.", "4 October", "1895-10-04"),
        (" This followed a vote in June 1891. On 4 October it was law.", "4 October", "1895-10-04"),
        (" On 4 March 1895 it rained. Vane had spent the summer in Varn.", "the summer", "1894-SU"),
        (" It grew worse until in March 1896 a fire broke out. It spread in April.", "April", "1896-04"),
        # Of one sentence, a later month is of the year of the first, unless it had been before.
        (
            " On 4 January 1895 it fell. Of the mills three in March were idle, and thirty by December.",
            "December",
            "1895-12",
        ),
        (" On 4 March 1895 it fell. In May Vane sold what he had bought in December.", "December", "1894-12"),
        # What something lasts since does not lie ahead.
        (" On 4 September 1895 it fell. Bread had its worst price since February.", "February", "1895-02"),
        (" On 4 September 1895 it fell. In February bread rose.", "February", "1896-02"),
        # A winter alone has the year in which most of its days lie; told with its year, that one.
        (" On 4 November 1893 it fell. It rained over the winter.", "the winter", "1894-WI"),
        (" It rained in the winter of 1893.", "the winter of 1893", "1893-WI"),
        (" On 4 November 1893 it fell. It rained over the autumn.", "the autumn", "1893-FA"),
        # What is made for a season is of no one season.
        (" On 4 November 1893 they took up winter quarters at Varn.", "winter", "XXXX-WI"),
        (" On 4 November 1893 they began a winter campaign at Varn.", "winter", "1894-WI"),
        # What is called after its season is of its own year.
        (" They planned the spring campaign of 1894.", "spring", "1894-SP"),
        # A weekday counts from the day told, never from that of writing.
        (" On 14 September 1893 Vane died. They told of Thursday's burial.", "Thursday", "1893-09-14"),
        ("\n\nThey told of Thursday's burial.", "Thursday", None),
        # What filled a length belongs to it.
        (" After two months of hard fighting, it ended.", "two months of hard fighting", "P2M"),
        (" It lasted for two months in the hills of Varn.", "two months", "P2M"),
        (" In the first days of the strike that ended it rained.", "the first days of the strike", "PXD"),
        # A day or week of a known year.
        (" In May 1891 it fell; four days later it rose.", "four days later", "1891-XX-XX"),
        (" In May 1891 it fell. Nine months later it rose.", "Nine months later", "1892-02"),
        (" On 5 December 1891 it fell. A few weeks later it rose.", "A few weeks later", None),
    ],
)
def test_where_a_history_has_come_to(more: str, words: str, value: str | None) -> None:
    assert values(HISTORY + more)[words] == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The fleet sailed in 492 BC. The following year it sank.", "The following year", "BC0491"),
        ("The fleet sailed in 492 BC. It had been built a decade earlier.", "a decade earlier", "BC0502"),
        ("The fleet sailed in 492 BC, and 14 years later it sank.", "14 years later", "BC0478"),
        ("The treaty of 387 BC undid the gains of the previous century.", "the previous century", "BC04"),
        ("The fleet sailed in 492 BC, and grew over the following decade.", "the following decade", "BC048"),
        (
            "In 492 BC it sailed, as it had done since 513 BC. The following year it sank.",
            "The following year",
            "BC0491",
        ),
        ("In 2 BC it sailed. Four years later it sank.", "Four years later", None),
        ("In 481 BC it sailed. They passed the winter at Varn. Early in spring it sank.", "the winter", "BC0480-WI"),
        (
            "In 481 BC it sailed. They passed the winter at Varn. Early in spring it sank.",
            "Early in spring",
            "BC0480-SP",
        ),
        ("In 481 BC it sailed. They passed the summer at Varn.", "the summer", "BC0481-SU"),
        (
            "In 492 BC it sailed. In May 2014 it was found. The following year it was raised.",
            "The following year",
            "2015",
        ),
    ],
)
def test_years_before_the_common_era_are_counted_down(text: str, words: str, value: str | None) -> None:
    assert values(text)[words] == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It was 3 May 2014, the third day of the strike.", "the third day", "2014-05-03"),
        ("It shut on 3 May 2014. On the third day of the strike it rained.", "the third day", None),
        ("It is the third day of the strike.", "the third day", "2015-06-17"),
        ("It came on 3 May 2014-the day after the vote.", "the day", "2014-05-03"),
        ("The day after the vote it rained.", "The day", None),
        ("It sank on 3 May 2014. The ropes had torn the day before.", "the day before", "2014-05-02"),
        ("It sank the day after Christmas 2013.", "the day after Christmas 2013", "2013-12-26"),
        ("On 3 May 2014 it sank. It had been raised the previous April.", "the previous April", "2014-04"),
        ("On 3 May 2014 it sank. It was raised the following June.", "the following June", "2014-06"),
        ("It rang at mid-afternoon on Monday.", "mid-afternoon on Monday", "2015-06-15TAF"),
        ("It rang mid evening Monday.", "mid evening Monday", "2015-06-15TEV"),
    ],
)
def test_days_told_beside_what_happened(text: str, words: str, value: str | None) -> None:
    found = values(text)
    assert words in found
    assert found[words] == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It said the meeting would still be held on October 24.", "October 24", "2015-10-24"),
        ("It would be paid on a still unspecified date in January.", "January", "2016-01"),
        ("It was paid on a long agreed date in January.", "January", "2015-01"),
    ],
)
def test_a_modal_a_few_words_before_looks_ahead(text: str, words: str, value: str) -> None:
    assert values(text)[words] == value


def test_a_report_of_the_week_is_no_history() -> None:
    news = "Profits of 1990, 1991, 1992, 1993, 1994, 1995 and 1996 fell. On Monday shares rose. They fell in January. "
    assert values(news + "It shut on Tuesday and last week.")["January"] == "2015-01"


def test_a_day_of_many_countries_is_not_placed_beside_a_day_told() -> None:
    beside = "On 12 May 2015 they marched, as on any National Day."
    assert values("They marched on National Day.", country="SG")["National Day"] is not None
    assert values(beside, country="SG")["National Day"] is None


def test_the_week_is_that_of_the_day_told_in_its_paragraph() -> None:
    monday = date(2015, 6, 15)
    assert values("Wool fell on Friday. For the week, it lost 2%.", dct=monday)["the week"] == "2015-W24"
    assert values("Wool fell on Friday.\n\nFor the week, it lost 2%.", dct=monday)["the week"] == "2015-W25"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The council met Monday and rose Tuesday.", "Tuesday", "2015-06-16"),
        ("She said the ship would sail on Friday.", "Friday", "2015-06-19"),
        ("The vote is scheduled to open Monday.", "Monday", "2015-06-22"),
        ("It had been due to open Monday.", "Monday", "2015-06-15"),
        ("They spoke of Friday's ruling, which will stand.", "Friday", "2015-06-12"),
        ("The sale was put off until Tuesday.", "Tuesday", "2015-06-23"),
        ("Until Tuesday they had not spoken.", "Tuesday", "2015-06-16"),
        ("She said they would sort it through old testing and records Tuesday.", "Tuesday", "2015-06-23"),
        ("He warned as early as November that it would sink.", "November", "2014-11"),
        ("It was announced Wednesday.", "Wednesday", "2015-06-17"),
        ("By Monday, the mayor had resigned.", "Monday", "2015-06-15"),
        # What takes place at a set time, in the present tense, with its day at once.
        ("The council meets again on Friday.", "Friday", "2015-06-19"),
        ("The two meet separately Friday.", "Friday", "2015-06-19"),
        ("The two did not meet Friday.", "Friday", "2015-06-12"),
        ("The shop was open on Friday.", "Friday", "2015-06-12"),
        ("She was allowed to meet them Friday.", "Friday", "2015-06-12"),
        ("The polls open at 7 a.m. Friday.", "7 a.m. Friday", "2015-06-19T07:00"),
        ("The funeral is Friday.", "Friday", "2015-06-19"),
        ("The shop is open Friday.", "Friday", "2015-06-12"),
        # What somebody is called on to do, or what is put to another day.
        ("The union called on weavers to march in Varn on Friday.", "Friday", "2015-06-19"),
        ("The union called on weavers on Friday.", "Friday", "2015-06-12"),
        ("The hearing was moved to Friday.", "Friday", "2015-06-19"),
        ("The family moved to Varn on Friday.", "Friday", "2015-06-12"),
        # A passive after its cue tells no past; nor does a bound.
        ("It is expected to be sold Friday.", "Friday", "2015-06-19"),
        ("It was expected to be sold Friday.", "Friday", "2015-06-12"),
        ("It must leave by Friday.", "Friday", "2015-06-19"),
        ("She said it would be done by Friday.", "Friday", "2015-06-19"),
        ("It had been done by Friday.", "Friday", "2015-06-12"),
        ("The fair runs through Friday.", "Friday", "2015-06-19"),
        ("The line runs through Varn on Friday.", "Friday", "2015-06-12"),
        # What may be is to come, what may have been is not, nor what stands behind a comma.
        ("The vote may come on Friday.", "Friday", "2015-06-19"),
        ("It may have sunk on Friday.", "Friday", "2015-06-12"),
        ("He ruled that she should pay, and set Friday as the last day.", "Friday", "2015-06-12"),
        # A verb far behind its day, where the day opens the sentence.
        (
            "On Friday, the old and rather quarrelsome union of weavers and millers of Varn plans to march.",
            "Friday",
            "2015-06-19",
        ),
        (
            "It rained Friday, the old and rather quarrelsome union of weavers and millers plans to march.",
            "Friday",
            "2015-06-12",
        ),
    ],
)
def test_a_weekday_lies_ahead_only_where_the_verb_surely_says_so(text: str, words: str, value: str) -> None:
    assert values(text)[words] == value


def test_a_report_compares_with_the_same_period_a_year_before() -> None:
    text = (
        "Net income of $3 million in the second quarter of 2014 rose from $2 million a year earlier. Sales of the "
        "quarter rose 4%. In the year-ago quarter they fell 2%, and profit was $1 million a year earlier."
    )
    found = [each.value for each in find(text, dct=date(2014, 8, 1))]
    assert found == ["2014-Q2", "2013-Q2", "2014-Q2", "2013-Q2", "2013-Q2"]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        # A forecast is not the period that is reported, an own fourth quarter that is over is.
        (
            "Sales rose in the third quarter. It expects less in the fourth quarter. In the latest quarter, it sold 3.",
            "the latest quarter",
            "2014-Q3",
        ),
        (
            "It fell in the third quarter, and in the fourth quarter ended Sept. 30. In the latest quarter, it fell.",
            "the latest quarter",
            "2014-Q4",
        ),
        # Nine months are no period of the calendar: a year before is the year before.
        (
            "It fell in the third quarter. In the nine months, it made $3 million, up from $2 million a year earlier.",
            "a year earlier",
            "2013",
        ),
        ("Sales rose 4% in June from the same period last year.", "the same period last year", "2013-06"),
        ("In the year-ago third quarter, it lost $3 million.", "the year-ago third quarter", "2013-Q3"),
        (
            "Sales rose in the third quarter. For the quarter a year ago, it lost $3 million.",
            "the quarter a year ago",
            "2013-Q3",
        ),
    ],
)
def test_which_period_a_report_tells_of(text: str, words: str, value: str) -> None:
    assert values(text, date(2014, 11, 3))[words] == value


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("It ran from 1861 to 1865.", "1861", "1865"),
        ("It shut between Friday and Monday.", "Friday", "Monday"),
        ("It was open 12–13 April 2014.", "12", "13 April 2014"),
        ("It lasted (5 September-12 September 1914).", "5 September", "12 September 1914"),
        ("It rained from 9 a.m. to 5 p.m.", "9 a.m.", "5 p.m."),
    ],
)
def test_the_ends_of_a_range_know_each_other(text: str, first: str, second: str) -> None:
    one, other = find(text, dct=WEDNESDAY)
    assert (one.span.of(text), other.span.of(text)) == (first, second)
    assert (one.end_point, other.begin_point) == (other.span, one.span)
    assert one.interval is not None
    assert other.interval is not None
    assert one.interval.earliest <= other.interval.latest


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("It rained over the last three weeks.", None, "dct"),
        ("It will rain in the next two days.", "dct", None),
        ("It is nearly seven months since the fire.", None, "dct"),
        ("It was shut for two weeks after June 3, 2014.", "June 3, 2014", None),
        ("It rained for ten days before June 3, 2014.", None, "June 3, 2014"),
    ],
)
def test_a_length_of_time_is_tied_to_its_points(text: str, begin: str | None, end: str | None) -> None:
    length = next(each for each in find(text, dct=WEDNESDAY) if each.type == "DURATION")
    points = [point if point in (None, "dct") else point.of(text) for point in (length.begin_point, length.end_point)]  # type: ignore[union-attr]
    assert points == [begin, end]


@pytest.mark.parametrize(
    ("country", "value", "unsure"),
    [("US", "2014-04-03", False), ("GB", "2014-03-04", False), (None, "2014-04-03", True)],
)
def test_figures_are_read_by_the_country_of_the_publisher(country: str | None, value: str, unsure: bool) -> None:
    (found,) = find("Filed on 4/3/2014.", dct=WEDNESDAY, country=country)
    assert (found.value, found.ambiguous) == (value, unsure)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It rang at 15:00 GMT Saturday.", "2015-06-13T15:00Z"),
        ("The 0800 UTC alarm rang.", "2015-06-17T08:00Z"),
        ("It rang at 6:40 p.m. (GMT +8).", "2015-06-17T18:40+08:00"),
        ("It rang at 12 a.m. Saturday.", "2015-06-13T00:00"),
        ("It rang at noon Sunday.", "2015-06-14T12:00"),
    ],
)
def test_clock_times(text: str, value: str) -> None:
    assert [each.value for each in find(text, dct=WEDNESDAY)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "You may march on a second time, and prices may fall.",
        "The sun rose as he sat down.",
        "Room 1984 holds 2010 people.",
        "Call 212-555-1999 or 0161 496 0123.",
        "It cost $1,999 or £2010.",
        "They won 21-17 and lost 3-1.",
        "Mix them in a ratio of 10:30.",
        "The Sunday Times and the Daily Mail ran it.",
        "It is open 24 hours a day.",
        "The 34-year-old is 35 years old.",
        "It was 29 February 2015, week 53 of 2014.",
        "Flight 1701 rose to 1,850 feet.",
        "Chapter 12, verses 10-12.",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "kind", "value", "mod"),
    [
        ("It shut in recent weeks.", "DURATION", "PXW", None),
        ("It will rain over the next decade.", "DURATION", "P10Y", None),
        ("It rained over the last three weeks.", "DURATION", "P3W", None),
        ("It broke more than two years ago.", "DATE", "2013", "BEFORE"),
        ("It broke less than two years ago.", "DATE", "2013", "AFTER"),
        ("It broke at least two years ago.", "DATE", "2013", "ON_OR_BEFORE"),
        ("It took more than two years.", "DURATION", "P2Y", "MORE_THAN"),
        ("It broke in the early 1990s.", "DATE", "199", "START"),
        ("It shut in the latter half of 2008.", "DATE", "2008-H2", None),
        ("Sales rose in FY2012.", "DATE", "2012", None),
        ("The 2014-15 school year was long.", "DATE", "2014", None),
        ("They met in the 4th century BC.", "DATE", "BC03", None),
    ],
)
def test_types_values_and_mods(text: str, kind: str, value: str, mod: str | None) -> None:
    assert next((each.type, each.value, each.mod) for each in find(text, dct=WEDNESDAY)) == (kind, value, mod)

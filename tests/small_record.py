"""A record of two short articles, written by hand: every field that an export tells of is there in both states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from tellings.model.record import (
    FORMAT,
    DateLine,
    DigestLine,
    Evidence,
    FactEntry,
    Head,
    Line,
    Mark,
    OneOriginLine,
    PassageLine,
    PieceLine,
    QuoteEntry,
    Record,
    SpeakerLine,
    Stated,
    TellingLine,
    TimelineEntry,
    ValueLine,
    VariantLine,
    Why,
)
from tellings.model.records import Explanation, Interval, QuoteType, Term

#: Lines of the record cite these; a comma, a semicolon, a mark of Markdown and a formula are among their words.
TEXTS = {
    "A": "Ice shut the quay on Monday; 40 boats, all *old*, stayed in.\n\n“The lamp stays lit,” Ana Vell told the "
    "Osk Gazette on Instagram. “Nobody rows.” She left in March.\n\n=No boat sank, a clerk said.\n\nThe clerk has "
    "not denied cutting the rope. On Monday Oster previously said the *rope* was new. Vell told the Osk Gazette that "
    "any guilt was denied.",
    "B": "Ice shut the quay for 4 boats. “The lamp stays lit,” Vell wrote on Instagram. “Who rows at night?”",
}
WHY = Why("test", "written by hand", None, ())
MONDAY = Interval(date(2019, 3, 4), date(2019, 3, 4))
MARCH = Interval(date(2019, 3, 1), date(2019, 3, 31))


def at(label: str, words: str) -> Evidence:
    """Where words stand in a text."""
    start = TEXTS[label].index(words)
    return Evidence(label, start, start + len(words), words)


def line(words: Evidence, marked: str = "", role: Literal["value", "head", "time"] = "value") -> Line:
    """A line with words marked in it."""
    start = words.start + words.exact.index(marked)
    return Line(words, (Mark(start, start + len(marked), role),) if marked else (), why=WHY)


def telling(label: str, day: date | None, **stated: str) -> TellingLine:
    """An article; what is not stated of it is not known."""
    known = {name: Stated(value, "meta") for name, value in stated.items()}
    return TellingLine(
        label=label,
        id=f"id-{label.lower()}",
        name=f"{label.lower()}.txt",
        origin=f"{label.lower()}.txt",
        media_type="text/plain",
        digest=label.lower() * 8,
        date=DateLine(day, "head" if day else "unknown"),
        title=known.get("title"),
        publisher=known.get("publisher"),
        author=known.get("author"),
        url=known.get("url"),
        language="en",
        detected=None,
        text=TEXTS[label],
        edits=(),
        blocks=(),
        parts=(),
        words=len(TEXTS[label].split()),
        shared=4,
    )


def variant(label: str, kind: QuoteType, sentence: str, *stretches: str, **told: Evidence) -> VariantLine:
    """What an article prints of an utterance; `told` are the source, cue, medium, audience and lead."""
    return VariantLine(
        telling=label,
        type=kind,
        stretches=tuple(at(label, words) for words in stretches),
        source=told.get("source"),
        cue=told.get("cue"),
        medium=told.get("medium"),
        audience=told.get("audience"),
        lead=told.get("lead"),
        circumstances=(told["medium"],) if "medium" in told else (),
        said=MARCH if "medium" in told else None,
        sentence=at(label, sentence),
        why=WHY,
    )


def small_record() -> Record:
    """The record."""
    shut, shut_b = at("A", "Ice shut the quay on Monday; 40 boats, all *old*, stayed in."), at("B", TEXTS["B"][:30])
    left = at("A", "She left in March.")
    lamp = variant(
        *("A", "direct", "“The lamp stays lit,” Ana Vell told the Osk Gazette on Instagram."),
        *("The lamp stays lit,", "Nobody rows."),
        **{"source": at("A", "Ana Vell"), "cue": at("A", "told"), "medium": at("A", "Instagram")},
        audience=at("A", "the Osk Gazette"),
    )
    said = {"source": at("B", "Vell"), "cue": at("B", "wrote"), "medium": at("B", "Instagram")}
    denied = {"source": at("A", "The clerk"), "cue": at("A", "denied"), "lead": at("A", "has not denied")}
    return Record(
        format=FORMAT,
        version="test",
        head=Head(2, 1, 1, 2, date(2019, 3, 5), date(2019, 3, 5), 1, at("A", "Ice shut the quay")),
        tellings=(
            telling(
                *("A", date(2019, 3, 5)),
                **{"title": "Ice", "publisher": "Osk_Gazette", "author": "Jo Prake", "url": "https://osk.example/ice"},
            ),
            telling("B", None),
        ),
        people=(),
        timeline=(
            TimelineEntry("t-1", MONDAY, False, True, False, (line(shut), line(shut_b)), 2, 1.5, why=WHY),
            TimelineEntry(
                "t-2", MARCH, True, False, True, (line(left, "in March", "time"),), 1, 0.5, "Ana Vell", why=WHY
            ),
            TimelineEntry("t-3", Interval(date.max, date.max), False, False, False, (line(shut_b),), 1, why=WHY),
        ),
        quotes=(
            QuoteEntry(
                *("q-1", SpeakerLine("a clerk", None), "shown", None),
                (variant("A", "indirect", "=No boat sank, a clerk said.", "=No boat sank"),),
                *((), 1),
                why=WHY,
            ),
            QuoteEntry(
                *("q-2", SpeakerLine("Ana Vell", "p-1"), "shown", None),
                (
                    lamp,
                    variant(
                        "B", "direct", "“The lamp stays lit,” Vell wrote on Instagram.", "The lamp stays lit,", **said
                    ),
                ),
                *((PieceLine(at("A", "The lamp stays lit,")),), 1),
                why=WHY,
                from_one=(OneOriginLine("post", ("A", "B"), (at("A", "Instagram"), at("B", "Instagram"))),),
            ),
            QuoteEntry(
                *("q-3", SpeakerLine("Ana Vell", "p-1"), "shown", None),
                (variant("A", "mixed", "“Nobody rows.”", "Nobody rows."),),
                *((), 1),
                why=WHY,
            ),
            QuoteEntry(
                *("q-4", SpeakerLine(None, None, "unsure"), "unsure", "nobody is told"),
                (replace(variant("B", "direct", "“Who rows at night?”", "Who rows at night?"), stance="asks"),),
                *((), 1),
                why=WHY,
            ),
            QuoteEntry(
                *("q-6", SpeakerLine("The clerk", None), "shown", None),
                (
                    replace(
                        variant(
                            "A", "indirect", "The clerk has not denied cutting the rope.", "cutting the rope", **denied
                        ),
                        stance="unsure",
                    ),
                ),
                *((), 1),
                why=WHY,
            ),
            QuoteEntry(
                *("q-7", SpeakerLine("Oster", None, "probably", ("Ana Vell", "a clerk")), "shown", None),
                (
                    replace(
                        variant(
                            *(
                                "A",
                                "indirect",
                                "On Monday Oster previously said the *rope* was new.",
                                "the *rope* was new",
                            ),
                            lead=at("A", "previously said"),
                        ),
                        earlier=True,
                        circumstances=(at("A", "On Monday"),),
                        said=MONDAY,
                    ),
                ),
                *((), 1),
                why=WHY,
            ),
            QuoteEntry(
                *("q-8", SpeakerLine("Ana Vell", "p-1"), "shown", None),
                (
                    replace(
                        variant(
                            "A",
                            "indirect",
                            "Vell told the Osk Gazette that any guilt was denied.",
                            "any guilt was denied",
                        ),
                        stance="denies",
                        marker=at("A", "guilt was denied"),
                    ),
                ),
                *((), 1),
                why=WHY,
            ),
            QuoteEntry(
                *("q-5", SpeakerLine(None, None, "unsure"), "shown", None),
                (variant("B", "direct", "“The lamp stays lit,” Vell wrote on Instagram.", "The lamp stays lit,"),),
                *((), 1),
                why=WHY,
            ),
        ),
        facts=(
            FactEntry(
                *("f-1", "count", "boat", "the quay", "old", "differs"),
                Explanation(
                    "several-values-in-one-telling", (Term("value", "40", date(2019, 3, 5), date(2019, 3, 5)),)
                ),
                (
                    ValueLine("40", "exact", (line(shut, "40"),), 1, why=WHY),
                    ValueLine("4", "at least", (line(shut_b, "boats", "head"),), 1, why=WHY),
                ),
                why=WHY,
            ),
            FactEntry(
                "f-2",
                "date",
                "leaving",
                None,
                "",
                "same",
                None,
                (ValueLine("March", "exact", (line(left),), 2, why=WHY),),
                why=WHY,
            ),
            FactEntry(
                "f-3",
                "age",
                "Vell",
                None,
                "",
                "single",
                None,
                (ValueLine("34", "exact", (line(left),), 1, why=WHY),),
                why=WHY,
            ),
        ),
        passages=(
            PassageLine("s-1", at("A", "Ice shut the quay"), at("B", "Ice shut the quay"), 4, "reporting", why=WHY),
            PassageLine(
                "s-2", at("A", "The lamp stays lit,"), at("B", "The lamp stays lit,"), 14, "quotation", why=WHY
            ),
        ),
        near_duplicates=(),
        origins=(("B",), ("A",)),
        brief=(
            DigestLine("b-1", shut, MONDAY, (shut_b,), 1, 2, why=WHY),
            DigestLine("b-2", left, None, (), 0, 1, why=WHY, who="Ana Vell"),
        ),
    )

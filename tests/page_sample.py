"""An invented story about a stuck bridge, as a record built by hand: every difficulty a page can meet.

Emoji and combining marks before the cited words, zero-width characters, a right-to-left telling, mark-up
and script in titles and bodies, CR LF line ends, empty spans, gaps, overlapping marks.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import date, timedelta

from tellings.model.record import (
    FORMAT,
    BlockLine,
    DateLine,
    Difference,
    Evidence,
    FactEntry,
    Head,
    Line,
    Mark,
    NearDuplicateLine,
    PartLine,
    PassageLine,
    PersonLine,
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
from tellings.model.records import Explanation, Interval, Problem, Term

ATTACK = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"

A = [
    ("headline", "Bridge at Port Ellery jams open for a third day 🌉"),
    (
        "paragraph",
        "👩‍🚒🇳🇿 Port Ellery, 12 September 2020. The Lantern Bridge stuck open on Saturday at dusk, "
        "and 41 cars stood on the causeway.",
    ),
    (
        "paragraph",
        "“We heard a groan, then nothing at all, and the deck would not move,” said the mayor, Ana "
        "Brandt, in a statement.",
    ),
    ("paragraph", "Engineers will try the spare motor on 20 October. The bridge was built in the 1990s."),
    ("related", "Read also: ten harbour walks for a wet weekend"),
    ("credit", "Additional reporting by the Harbour Wire desk"),
]
B = [
    ("headline", "Forty cars wait as bridge stays up"),
    (
        "paragraph",
        "The Lantern Bridge stuck open on Saturday at dusk, and about 40 cars stood on the "
        "causeway, the harbour office said.",
    ),
    ("paragraph", "“We heard a groan, then nothing … the deck would not budge!” Mayor Brandt told the Gull."),
    (
        "paragraph",
        "Somewhere between 20 and 30 September the hinge had been greased. 🛠️ A second closure is "
        "“likely”, an engineer feels.",
    ),
    ("caption", "The bridge on Sunday. 📷"),
]
C = [
    ("headline", f"What we know {ATTACK}"),
    (
        "paragraph",
        "The deck\u200b had not moved\u2060 since Saturday;\r\nthe count of waiting cars was 38 by "
        "noon on 14 September. e\u0301te\u0301",
    ),
    (
        "paragraph",
        "</script><!-- The mayor said the deck would not move. The repair costs £2,000 a day, so "
        "£6,000 for three days.",
    ),
    ("paragraph", "Tom\u00e1s Okoye, 61, has run the bridge for 30 years. ﷽ “It is only iron,” he said."),
]
D = [
    ("headline", "הגשר תקוע 🚧"),
    ("paragraph", "ביום 12 בספטמבר 2020 נתקע הגשר, ו-41 מכוניות חיכו. “זה רק ברזל”, אמר אוקויה."),
]
#: Why the lines of the sample stand there.
WHY = Why("test", "by hand", None, ())
_STORY = {"headline", "subheading", "paragraph", "list-item"}


def _telling(label: str, blocks: list[tuple[str, str]], when: DateLine, publisher: str | None) -> TellingLine:
    text, lines = "", []
    for kind, words in blocks:
        start = len(text)
        text += words + "\n\n"
        lines.append(BlockLine(start, len(text), kind, kind in _STORY, f"test {kind}"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return TellingLine(
        label=label,
        id=f"id-{label}",
        name=f"{label.lower()}.txt",
        origin=f"tellings/{label.lower()}.txt",
        media_type="text/plain",
        digest=digest,
        date=when,
        title=Stated(blocks[0][1], "first block"),
        publisher=Stated(publisher, "masthead") if publisher else None,
        author=Stated("R. Vane <b>", "byline") if label == "A" else None,
        url=Stated("javascript:alert(1)", "feed") if label == "C" else Stated("https://example.org/a", "feed"),
        language="he" if label == "D" else "en",
        detected=None,
        text=text,
        edits=(),
        blocks=tuple(lines),
        parts=(),
        words=len(text.split()),
        shared=17 if label in "AB" else 0,
    )


def build(*, texts: bool = True) -> Record:
    """The record; `texts=False` gives it as written without the texts of its tellings."""
    tellings = {
        "A": _telling("A", A, DateLine(date(2020, 9, 14), "first line: 14 September"), "The Ellery Post"),
        "B": _telling("B", B, DateLine(date(2020, 9, 16), "json-ld datePublished"), "The Gull"),
        "C": _telling("C", C, DateLine(None, "no date found", date(2020, 9, 14), None), None),
        "D": _telling("D", D, DateLine(date(2020, 9, 14), "feed"), "נמל היום"),
    }
    text_c = tellings["C"].text or ""
    cut = tellings["C"].blocks[2].start
    tellings["C"] = replace(
        tellings["C"],
        parts=(
            PartLine(0, cut, DateLine(date(2020, 9, 14), "the part names its day")),
            PartLine(cut, len(text_c), DateLine(None, "a later addition without a day")),
        ),
    )

    def at(label: str, words: str, after: str = "") -> Evidence:
        text = tellings[label].text or ""
        start = text.index(words, text.index(after) + len(after) if after else 0)
        return Evidence(label, start, start + len(words), words)

    def nothing(label: str, before: str) -> Evidence:
        found = at(label, before)
        return Evidence(label, found.start, found.start, "")

    def line(label: str, words: str, **marks: str) -> Line:
        found = at(label, words)
        placed = []
        for role, piece in marks.items():
            start = found.start + words.index(piece)
            placed.append(Mark(start, start + len(piece), role))  # type: ignore[arg-type]
        return Line(found, tuple(placed), why=WHY)

    stuck_a = "The Lantern Bridge stuck open on Saturday at dusk, and 41 cars stood on the causeway."
    stuck_b = B[1][1]
    stuck_d = "ביום 12 בספטמבר 2020 נתקע הגשר, ו-41 מכוניות חיכו."
    count_c = "the count of waiting cars was 38 by noon on 14 September."
    saturday = Interval(date(2020, 9, 12), date(2020, 9, 12))
    timeline = (
        TimelineEntry(
            "t1",
            Interval(date(1990, 1, 1), date(1999, 12, 31)),
            True,
            False,
            False,
            (line("A", "The bridge was built in the 1990s.", time="the 1990s"),),
            1,
            why=WHY,
        ),
        TimelineEntry(
            "t2",
            saturday,
            False,
            True,
            False,
            (
                line("A", stuck_a, time="Saturday"),
                line("B", stuck_b, time="on Saturday at dusk"),
                line("D", stuck_d, time="12 בספטמבר 2020"),
            ),
            2,
            why=WHY,
        ),
        TimelineEntry(
            "t3",
            Interval(date(2020, 9, 14), date(2020, 9, 14)),
            False,
            False,
            False,
            (line("C", count_c, time="14 September"), line("C", "The deck\u200b had not moved\u2060 since Saturday;")),
            1,
            why=WHY,
        ),
        TimelineEntry(
            "t4",
            Interval(date(2020, 9, 20), date(2020, 9, 30)),
            True,
            True,
            False,
            (
                line(
                    "B",
                    "Somewhere between 20 and 30 September the hinge had been greased.",
                    time="between 20 and 30 September",
                ),
            ),
            1,
            why=WHY,
        ),
        TimelineEntry(
            "t5",
            Interval(date(2020, 10, 20), date(2020, 10, 20)),
            False,
            True,
            True,
            (line("A", "Engineers will try the spare motor on 20 October.", time="20 October", head="spare motor"),),
            1,
            why=WHY,
        ),
    )
    groan_a = at("A", "We heard a groan, then nothing at all, and the deck would not move,")
    groan_b = at("B", "We heard a groan, then nothing … the deck would not budge!")
    sentence_b = at("B", "“We heard a groan, then nothing … the deck would not budge!” Mayor Brandt told the Gull.")
    quotes = (
        QuoteEntry(
            "q1",
            SpeakerLine("Ana Brandt", "p1"),
            "shown",
            None,
            (
                VariantLine(
                    "A",
                    "direct",
                    (groan_a,),
                    at("A", "the mayor, Ana Brandt"),
                    at("A", "said"),
                    at("A", "in a statement"),
                    saturday,
                    at("A", A[2][1]),
                    why=WHY,
                ),
                VariantLine(
                    "B",
                    "direct",
                    (groan_b,),
                    at("B", "Mayor Brandt"),
                    at("B", "told"),
                    None,
                    None,
                    sentence_b,
                    (
                        Difference("marked omission", at("B", "…"), at("A", "at all, and")),
                        Difference("changed", at("B", "budge"), at("A", "move")),
                        Difference("punctuation", at("B", "!"), at("A", ",", "would not move")),
                    ),
                    why=WHY,
                ),
                VariantLine(
                    "C",
                    "indirect",
                    (at("C", "the deck would not move"),),
                    at("C", "The mayor"),
                    at("C", "said"),
                    None,
                    None,
                    at("C", "The mayor said the deck would not move."),
                    (
                        Difference(
                            "omission",
                            nothing("C", "the deck would"),
                            at("A", "We heard a groan, then nothing at all, and"),
                        ),
                    ),
                    why=WHY,
                ),
            ),
            (PieceLine(groan_a), PieceLine(None), PieceLine(at("B", "budge!"))),
            2,
            why=WHY,
        ),
        QuoteEntry(
            "q2",
            SpeakerLine("Tomás Okoye", "p2"),
            "shown",
            None,
            (
                VariantLine(
                    "C",
                    "direct",
                    (at("C", "It is only iron,"),),
                    at("C", "he"),
                    at("C", "said", "iron,"),
                    None,
                    None,
                    at("C", "“It is only iron,” he said."),
                    why=WHY,
                ),
                VariantLine(
                    "D",
                    "direct",
                    (at("D", "זה רק ברזל"),),
                    at("D", "אוקויה"),
                    at("D", "אמר"),
                    None,
                    None,
                    at("D", "“זה רק ברזל”, אמר אוקויה."),
                    why=WHY,
                ),
            ),
            (PieceLine(at("C", "It is only iron,")),),
            2,
            why=WHY,
        ),
        QuoteEntry(
            "q3",
            SpeakerLine(None, None),
            "shown",
            None,
            (
                VariantLine(
                    "B",
                    "indirect",
                    (at("B", "about 40 cars stood on the causeway"),),
                    at("B", "the harbour office"),
                    at("B", "said", "office "),
                    None,
                    None,
                    at("B", stuck_b),
                    why=WHY,
                ),
            ),
            (PieceLine(at("B", "about 40 cars stood on the causeway")),),
            1,
            why=WHY,
        ),
        QuoteEntry(
            "q4",
            SpeakerLine(None, None, "unsure"),
            "unsure",
            "one word only: it may be a scare quote",
            (
                VariantLine(
                    "B",
                    "mixed",
                    (at("B", "likely"),),
                    at("B", "an engineer"),
                    at("B", "feels"),
                    None,
                    None,
                    at("B", "A second closure is “likely”, an engineer feels."),
                    why=WHY,
                ),
            ),
            (PieceLine(at("B", "likely")),),
            1,
            why=WHY,
        ),
    )
    facts = (
        FactEntry(
            "f1",
            "count",
            "car",
            None,
            "waiting",
            "differs",
            None,
            (
                ValueLine(
                    "41",
                    "exact",
                    (line("A", stuck_a, value="41", head="cars"), line("D", stuck_d, value="41")),
                    2,
                    why=WHY,
                ),
                ValueLine("40", "about", (line("B", stuck_b, value="about 40"),), 1, why=WHY),
                ValueLine("38", "exact", (line("C", count_c, value="38"),), 1, why=WHY),
            ),
            why=WHY,
        ),
        FactEntry(
            "f2",
            "money",
            "repair",
            None,
            "",
            "does not add up",
            Explanation(
                "elapsed-time",
                (
                    Term("from", earliest=date(2022, 9, 12), latest=date(2022, 9, 12)),
                    Term("to", earliest=date(2022, 9, 16), latest=date(2022, 9, 16)),
                    Term("measured", low=4, high=4),
                    Term("value", "three days", low=3, high=3),
                ),
            ),
            (
                ValueLine(
                    "£6,000",
                    "exact",
                    (line("C", "The repair costs £2,000 a day, so £6,000 for three days.", value="£6,000"),),
                    1,
                    why=WHY,
                ),
            ),
            why=WHY,
        ),
        FactEntry(
            "f3",
            "age",
            "age",
            "Tomás Okoye",
            "",
            "single",
            None,
            (
                ValueLine(
                    "61",
                    "exact",
                    (line("C", "Tomás Okoye, 61, has run the bridge for 30 years.", value="61"),),
                    1,
                    why=WHY,
                ),
            ),
            why=WHY,
        ),
    )
    passages = (
        PassageLine("s1", at("A", stuck_a), at("B", stuck_b), 14, "reporting", why=WHY),
        PassageLine("s2", groan_a, groan_b, 9, "quotation", why=WHY),
    )
    people = (
        PersonLine("p1", "Ana Brandt", (at("A", "Ana Brandt"), at("B", "Brandt")), why=WHY),
        PersonLine("p2", "Tomás Okoye", (at("C", "Tomás Okoye"), at("D", "אוקויה")), why=WHY),
    )
    head = Head(4, 3, 0, 3, date(2020, 9, 14), date(2020, 9, 16), 1, at("A", A[0][1]))
    problems = (
        Problem("tellings/e.txt", "encoding", "bytes that are no UTF-8 at 120", "save it as UTF-8", True),
        Problem(f"tellings/{ATTACK}.html", "no-article", "no article was found", "give the text alone", False),
    )
    shown = tellings.values() if texts else (replace(item, text=None) for item in tellings.values())
    return Record(
        FORMAT,
        "0.0.test",
        head,
        tuple(shown),
        people,
        timeline,
        quotes,
        facts,
        passages,
        (NearDuplicateLine("n1", "A", "B", 0.62, 0.41, "test rule", why=WHY),),
        (("A", "B"), ("C",), ("D",)),
        problems,
    )


#: What a parser, a browser or a line end could change: controls, CR, NUL, lone surrogates, non-characters,
#: joiners, marks that turn the direction, characters beyond the first plane, white space at both ends.
NASTY = (
    "\n\r\n \t"
    + "".join(map(chr, range(0x20)))
    + "".join(map(chr, range(0x7F, 0xA1)))
    + "\u200b\u200d\u200f\u2028\u2029\u202e\u2066\ufeff\ufffe\uffff\ud83d\udc00\U0001f469\U0001fffe\U0010ffff"
    + "&amp;&#0;&lt<!--]]><\\u003c\"'`{{ 7*7 }}{% raw %}e\u0301\r\r\n\x0c"
)


def nasty() -> Record:
    """One telling of NASTY, cited character by character."""
    digest = hashlib.sha256(NASTY.encode("utf-8", "surrogatepass")).hexdigest()
    unknown = DateLine(None, NASTY)
    telling = TellingLine(
        "A", "a", NASTY, NASTY, "text/plain", digest, unknown, None, None, None, None, "en", None, NASTY, (),
        (BlockLine(0, 40, "paragraph", True, NASTY), BlockLine(60, len(NASTY), "credit", False, NASTY)), (), 0, 0,
    )  # fmt: skip
    names = tuple(Evidence("A", place, place + 1, character) for place, character in enumerate(NASTY))
    person = PersonLine("p1", NASTY, names, why=WHY)
    head = Head(1, 1, 0, 1, None, None, 1, Evidence("A", 0, len(NASTY), NASTY))
    return Record(FORMAT, "0", head, (telling,), (person,), (), (), (), (), (), (("A",),))


def explained() -> Record:
    """The record, with an entry of the timeline that says why."""
    record = build()
    first, *rest = record.timeline
    why = Why("dating", "<a clause>", 0.51234, (first.lines[0].words,))
    return replace(record, timeline=(replace(first, why=why), *rest))


def long(many: int = 250) -> Record:
    """The record with so many entries of each kind that no view shows them all at once."""
    record = build()
    first = record.timeline[1]

    def day(number: int) -> Interval:
        found = date(2020, 1, 1) + timedelta(days=number)
        return Interval(found, found)

    return replace(
        record,
        timeline=tuple(replace(first, id=f"t{at}", when=day(at), weight=float(at % 7)) for at in range(many)),
        quotes=tuple(replace(record.quotes[at % 3], id=f"q{at}") for at in range(many)),
        facts=tuple(replace(record.facts[2], id=f"f{at}") for at in range(many)),
        passages=tuple(replace(record.passages[at % 2], id=f"s{at}") for at in range(many)),
    )


#: Words that make passages hard to align: they come again and again, in both cases, with emoji between.
_AGAIN = "the The quay 🌉 was shut, shut; then 👩\u200d🚒 it’s it opened at 4 and 41 ferries Quay".split(" ")  # noqa: SIM905


def rewritten(seed: int = 7, many: int = 40) -> Record:
    """Two tellings that share `many` passages, each written anew with words moved, dropped and repeated."""
    chance = random.Random(seed)
    texts = {"A": "", "B": ""}
    passages = []
    for number in range(many):
        words = [chance.choice(_AGAIN) for _ in range(chance.randrange(1, 60))]
        other = [word for word in words if chance.random() > 0.2]
        for _ in range(chance.randrange(6)):
            other.insert(chance.randrange(len(other) + 1), chance.choice(_AGAIN))
        sides = []
        for label, chosen in (("A", words), ("B", other)):
            start, said = len(texts[label]), " ".join(chosen)
            texts[label] += said + "\n\n"
            sides.append(Evidence(label, start, start + len(said), said))
        passages.append(PassageLine(f"s{number}", sides[0], sides[1], 1, "reporting", why=WHY))
    record = build()
    tellings = tuple(
        replace(telling, text=texts[telling.label], blocks=(), parts=()) for telling in record.tellings[:2]
    )
    head = replace(record.head, title=None)
    return Record(
        FORMAT, "0", head, tellings, (), (), (), (), tuple(passages), (), (("A",), ("B",)),
    )  # fmt: skip

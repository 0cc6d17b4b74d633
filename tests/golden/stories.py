"""What is found in the invented stories, as text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir
from dataclasses import replace
from functools import cache
from pathlib import Path

from golden.lines import lines

import tellings
from tellings import pipeline
from tellings.across.questions.answers import readings
from tellings.across.questions.asked import ROOM as QUESTIONS
from tellings.across.questions.company import Company
from tellings.across.questions.together import Things, likely
from tellings.language.base import language_of
from tellings.library.finding import quotes
from tellings.library.records import tell
from tellings.model.record import Record
from tellings.model.records import MODEL, Decided, DocumentDate, PersonDecision, Place, ValueDecision
from tellings.model.regression import shipped
from tellings.model.report import Finding
from tellings.model.text import Span, View
from tellings.tell.changes import between

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
STORIES = tuple(sorted(path.name for path in (FOLDER / "stories").iterdir()))
#: What other tests hold, or what changes with every change of anything.
_LEFT = frozenset(
    {"blocks", "edits", "digest", "given", "version", "origin", "media_type", "received", "text", "detected"}
)
#: What the contents of quotations and their provenance say, too.
LEFT_OF_QUOTATIONS = frozenset({"spans", "score"})
#: Drafts about each story: one written for it, with mistakes, and one of its own sentences, some changed in one place.
#: The findings of the second do not say again what they are called and where they stand in the file.
_DRAFTS = {"draft": frozenset[str](), "draft-planted": frozenset({"at", "id"})}
#: Sentences of the shorter brief, and of the news.
_SENTENCES = 4
#: Articles of one outlet, as if the later one were the earlier revised.
_REVISED = (
    ("bid", "01-market-lines.txt", "04-market-lines-b.txt"),
    ("breach", "01-circuit-daily.txt", "05-circuit-daily-b.txt"),
    ("tram", "01-belmont-desk.txt", "02-belmont-desk-updated.txt"),
)
#: A head that dates a telling, and the date of one without.
_HEAD, _UNKNOWN = re.compile(r"\A\s*date [\d-]+\s*"), DocumentDate(None, "not given", "none")


def text_of(found: Iterable[str]) -> str:
    """Lines as the text of a file."""
    return "".join(f"{line}\n" for line in found)


def articles(story: str) -> str:
    """The folder of a story, as it is from the project's folder."""
    return f"tests/golden/stories/{story}/articles"


@cache
def record(story: str) -> Record:
    """The record of a story, its version left out."""
    with chdir(ROOT):
        return replace(tellings.read(articles(story)), version="")


def told(story: str) -> str:
    """All that is found in a story: its record, what the trained model adds to the quotations, a shorter brief, what is
    new in its last telling, and what is said of drafts about it."""
    known = record(story)
    days = sorted(telling.date.value for telling in known.tellings if telling.date.value)
    with chdir(ROOT):
        said = quotes(articles(story), model=True)
        short = tellings.brief(articles(story), sentences=_SENTENCES)
        late = tellings.news(articles(story), since=days[-2], sentences=_SENTENCES)
        reports = [
            tellings.check(f"tests/golden/stories/{story}/{draft}.md", against=[articles(story)])[0]
            for draft in _DRAFTS
        ]
    sections = {
        "record": lines(known, "record", leave=_LEFT),
        "quotations that only the model finds": (
            line
            for document, found in said.articles
            for each in found
            if each.why.rule == MODEL
            for line in lines(each, document.name, document.text, leave=LEFT_OF_QUOTATIONS)
        ),
        f"brief of {_SENTENCES} sentences": lines(short.lines, "sentence"),
        f"news since {days[-2]}": lines(late.lines, "sentence"),
        **{
            draft: lines(
                replace(
                    report, version="", path="", articles=(), findings=tuple(filter(_is_kept(draft), report.findings))
                ),
                *("report", report.text),
                leave=_LEFT | left,
            )
            for (draft, left), report in zip(_DRAFTS.items(), reports, strict=True)
        },
    }
    return "\n".join(f"# {name}\n{text_of(found)}" for name, found in sections.items())


def _is_kept(draft: str) -> Callable[[Finding], bool]:
    """Of the second draft, names that are told so are left out: they are most of it, and the first has such."""
    return lambda each: draft == "draft" or (each.kind, each.verdict) != ("name", "agrees")


def readings_of(story: str) -> Iterator[str]:
    """The values of a story that may be compared, each with how many it was held against, and how likely these answer
    its question, all together: a question that is not told for that it is unlikely shows nowhere else."""
    with chdir(ROOT):
        found = tellings.story(articles(story))
    told = [each for each in found.tellings if each.sentences]
    values = readings(told, found.people)
    language = language_of(told[0].document.read_as)
    company = Company(values, language)
    pairs = likely(values, company, shipped(language.code, QUESTIONS, "pairs"), Things(told))
    names = {each.id: each.document.name for each in told}
    for place, value in enumerate(values):
        mine = [likelihood for both, likelihood in pairs.items() if place in both]
        at, around = value.answer, value.around
        said = f"{at.kind} {at.head} {at.unit} {at.scope} {around.asked} {around.part}".split()
        yield f"{names[at.telling][:2]}[{at.span.start}] {' '.join(said)}: {at.low:g} {len(mine)} pairs {sum(mine):.5f}"


def compared() -> str:
    """The values of all stories that may be compared."""
    return text_of(line for story in STORIES for line in (f"{story}:", *readings_of(story)))


def decided() -> str:
    """What is otherwise in the quake's record once a person has decided of values, persons and a speaker in it."""
    with chdir(ROOT):
        found = tellings.story(articles("quake"))
    by_name = {each.document.name: each for each in found.tellings}

    def place(name: str, words: str) -> Place:
        start = by_name[name].text.index(words)
        return Place(by_name[name].id, Span(start, start + len(words)))

    wire, post, times, radio = (each for each in sorted(by_name) if each[:2] in ("01", "03", "04", "05"))
    values = (
        ValueDecision(place(wire, "At least 11"), place(post, "Twenty-seven")),
        ValueDecision(place(times, "About 250"), place(radio, "252"), same=True),
        ValueDecision(place(wire, "18 kilometres"), place(post, "21 kilometres")),
    )
    persons = (
        PersonDecision(place(wire, "Halvard Quist"), place(times, "Halvard Kvist"), True),
        PersonDecision(place(wire, "Dora Halle"), place(times, "Dora Halle"), False),
    )
    spoken = place(radio, "We go home when the last dog goes home")
    speaker = replace(by_name[radio].document, decided=(Decided(spoken.span, "speaker", "Mirela Tosk"),))
    others = [each for each in found.tellings if each.document.name != radio]
    after = pipeline.relate((*others, pipeline.annotate(speaker)), (), values, persons)
    old, new = ([*lines(tell(each), "record", leave=_LEFT)] for each in (found, after))
    return text_of(line for line in difflib.ndiff(old, new) if line[0] in "+-")


def revised() -> str:
    """What changed in substance from the first article of some stories to a later one of the same outlet."""
    found = []
    for story, before, after in _REVISED:
        with chdir(ROOT):
            by_name = {each.document.name: each for each in tellings.story(articles(story)).tellings}
        found += [f"{story}: {before} → {after}", *lines(tuple(between(by_name[before], by_name[after])), "change")]
    return text_of(found)


def undated() -> str:
    """The timelines of all stories where no telling but one says when it was written, so that others date it."""
    return text_of(line for story in STORIES for line in (f"{story}:", *_timeline_of_undated(story)))


def _timeline_of_undated(story: str) -> Iterator[str]:
    with chdir(ROOT):
        found = tellings.story(articles(story))
    known, *others = (each for each in found.tellings if each.sentences)
    texts = {each.document: View.plain(_HEAD.sub("", each.text)) for each in others}
    bare = [replace(document, view=view, date=_UNKNOWN, hints=()) for document, view in texts.items()]
    names = {each.document.id: each.document.name[:2] for each in found.tellings}
    related = pipeline.relate((known, *map(pipeline.annotate, bare)))
    for event in related.events:
        days = f"{event.when.earliest}…{event.when.latest}"
        places = (f"{names[each.place.telling]}[{each.place.span.start}]" for each in event.statements)
        rules = sorted({each.provenance.rule for each in event.statements})
        yield f"{days} {event.part} {event.weight:.4f} {' '.join(places)} <{event.provenance.rule}: {', '.join(rules)}>"


def pile() -> str:
    """All stories as one pile: sorted into stories, and who shares text with whom."""
    paths = [articles(story) for story in STORIES]
    with chdir(ROOT):
        sorted_in = tellings.stories(*paths, "examples/ferry-fire/articles")
        anew = tellings.stories(
            *paths,
            known={each: story.id for story in sorted_in.stories[:3] for each in story.tellings[1:]},
            same=[("01-valley-star.txt", "01-tarn-wire.txt")],
            apart=[("05-election.txt", "03-norvale-today.txt")],
        )
        shared, _ = tellings.copies(*paths, "examples/ferry-fire/articles")
    found = {"story": sorted_in.stories, "story as decided": anew.stories, "copies": shared}
    return text_of(line for name, each in found.items() for line in lines(each, name))


def side_by_side(a: str, b: str) -> str:
    """Two tellings beside one another."""
    with chdir(ROOT):
        found, _ = tellings.diff(a, b)
    return text_of(lines(found, "diff", leave=_LEFT))

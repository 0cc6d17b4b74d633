"""Rewrite the golden records: `python3 run.py golden`. CONTRIBUTING.md says when that is right."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(FOLDER.parent))

from browser_text import browser_text  # noqa: E402
from golden.lines import lines  # noqa: E402

import tellings  # noqa: E402
from tellings import pipeline  # noqa: E402
from tellings.edge.exports import EXPORTS, find  # noqa: E402
from tellings.edge.writers.html import render  # noqa: E402
from tellings.edge.writers.json import encode  # noqa: E402
from tellings.library.finding import quotes  # noqa: E402
from tellings.library.records import tell  # noqa: E402
from tellings.model.record import Record  # noqa: E402
from tellings.model.records import MODEL, Decided, PersonDecision, Place, ValueDecision  # noqa: E402
from tellings.model.rules import load  # noqa: E402
from tellings.model.text import Span  # noqa: E402
from tellings.quotes import find as find_quotations  # noqa: E402
from tellings.tell.changes import between  # noqa: E402

#: The record of the example, as JSON.
TARGET = FOLDER / "ferry-fire.json"
STORIES = tuple(sorted(path.name for path in (FOLDER / "stories").iterdir()))
#: Stories whose exports are kept, and the one whose page and annotations are.
EXPORTED, SHOWN = ("breach", "quake"), "breach"
#: What other tests hold, or what changes with every change of anything.
_LEFT = frozenset(
    {"blocks", "edits", "digest", "given", "version", "origin", "media_type", "received", "text", "source", "detected"}
)
#: What their contents and their provenance say, too.
_LEFT_OF_QUOTATIONS = frozenset({"spans", "score"})
#: Drafts about each story: one written for it, with mistakes, and one of its own sentences, some changed in one place.
#: The findings of the second do not say again what they are called and where they stand in the file.
DRAFTS = {"draft": frozenset[str](), "draft-planted": frozenset({"at", "id"})}
#: Sentences of the shorter brief, and of the news.
_SENTENCES = 4
#: Entries of each view whose annotations are kept.
_FIRST = 5
#: Articles of one outlet, as if the later one were the earlier revised.
REVISED = (
    ("bid", "01-market-lines.txt", "04-market-lines-b.txt"),
    ("breach", "01-circuit-daily.txt", "05-circuit-daily-b.txt"),
    ("tram", "01-belmont-desk.txt", "02-belmont-desk-updated.txt"),
)
#: Cases of the quotations room, and the day on which they are told.
CASES, _DAY = FOLDER.parent / "cases" / "quotes", date(2019, 3, 6)


def current() -> str:
    """The record of the example story without texts, paths as they are from the project's folder."""
    with chdir(ROOT):
        return encode(tellings.read("examples/ferry-fire/articles", texts=False)).decode("utf-8")


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
            tellings.check(f"tests/golden/stories/{story}/{draft}.md", against=[articles(story)])[0] for draft in DRAFTS
        ]
    sections = {
        "record": lines(known, "record", leave=_LEFT),
        "quotations that only the model finds": (
            line
            for document, found in said.articles
            for each in found
            if each.why.rule == MODEL
            for line in lines(each, document.name, document.text, leave=_LEFT_OF_QUOTATIONS)
        ),
        f"brief of {_SENTENCES} sentences": lines(short.lines, "sentence"),
        f"news since {days[-2]}": lines(late.lines, "sentence"),
        **{
            draft: lines(replace(report, version="", path="", articles=()), "report", report.text, leave=_LEFT | left)
            for (draft, left), report in zip(DRAFTS.items(), reports, strict=True)
        },
    }
    return "\n".join(f"# {name}\n{_text(found)}" for name, found in sections.items())


def cases() -> str:
    """All that is known of each quotation in the cases of the quotations room, which say less of it themselves."""
    return _text(
        line
        for case in sorted(CASES.glob("*.txt"))
        for line in (f"{case.stem}:", *_quotations(case.read_text(encoding="utf-8")))
    )


def rules() -> str:
    """The same for the examples of its rules, those that a rule must find and those that it must pass over."""
    return _text(
        line
        for rule in load("en", "quote").rules
        for words in (*(words for words, _ in rule.yes), *rule.no)
        for line in (f"{rule.name}: {words}", *_quotations(words))
    )


def _quotations(text: str) -> Iterator[str]:
    return lines(find_quotations(text, dct=_DAY), "quotation", text, 1, leave=_LEFT_OF_QUOTATIONS)


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
    return _text(line for line in difflib.ndiff(old, new) if line[0] in "+-")


def revised() -> str:
    """What changed in substance from the first article of some stories to a later one of the same outlet."""
    found = []
    for story, before, after in REVISED:
        with chdir(ROOT):
            by_name = {each.document.name: each for each in tellings.story(articles(story)).tellings}
        found += [f"{story}: {before} → {after}", *lines(tuple(between(by_name[before], by_name[after])), "change")]
    return _text(found)


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
    return _text(line for name, each in found.items() for line in lines(each, name))


def side_by_side(a: str, b: str) -> str:
    """Two tellings beside one another."""
    with chdir(ROOT):
        found, _ = tellings.diff(a, b)
    return _text(lines(found, "diff", leave=_LEFT))


def annotations(story: str) -> str:
    """The annotations of the first entries of each view of a story, one a line."""
    known = record(story)
    firsts = {view: getattr(known, view)[:_FIRST] for view in ("people", "timeline", "quotes", "facts", "passages")}
    whole = json.loads(exported(replace(known, **firsts), "record", "annotations"))
    return _text(_json_lines(whole))


def _json_lines(whole: Mapping[str, object]) -> Iterator[str]:
    for key, value in whole.items():
        for each in value if isinstance(value, list) else [value]:
            yield f"{key} {json.dumps(each, ensure_ascii=False)}"


def page(story: str) -> str:
    """The words that stand in the page of a story before its script makes more of them."""
    runs = browser_text(render(record(story))).runs
    found = " ".join("".join(text if is_shown else "\n" for text, is_shown in runs).split(" "))
    return _text(line.strip() for line in found.splitlines() if line.strip())


def exported(known: Record, view: str, form: str) -> str:
    """A view of a record in a form."""
    return find(form, view).write(known)


def _exported(story: str, view: str, form: str) -> str:
    return exported(record(story), view, form)


def _text(found: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in found)


def _goldens() -> Iterator[tuple[str, Callable[[], str]]]:
    for story in STORIES:
        yield f"stories/{story}/found.txt", partial(told, story)
    yield "quotations/cases.txt", cases
    yield "quotations/rules.txt", rules
    yield "pile.txt", pile
    yield "decided.txt", decided
    yield "revised.txt", revised
    quake = articles("quake")
    yield "diff.txt", partial(side_by_side, f"{quake}/01-tarn-wire.txt", f"{quake}/02-dunmarch-herald.txt")
    for story in EXPORTED:
        for each in EXPORTS:
            if each.form != "annotations":
                yield (
                    f"exports/{story}-{each.view}-{each.form}{each.suffix}",
                    partial(_exported, story, each.view, each.form),
                )
    yield f"exports/{SHOWN}-annotations.txt", partial(annotations, SHOWN)
    yield f"exports/{SHOWN}-page.txt", partial(page, SHOWN)


#: Each golden file by its path in this folder, and what makes it anew.
GOLDENS: Mapping[str, Callable[[], str]] = dict(_goldens())


def main() -> None:
    """Rewrite what is otherwise now, and say which."""
    for target, make in ((TARGET, current), *((FOLDER / path, make) for path, make in GOLDENS.items())):
        now = make()
        if not target.exists() or target.read_bytes() != now.encode():
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(now.encode())
            print(f"changed: {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

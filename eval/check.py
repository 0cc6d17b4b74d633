"""Score `tellings check` on drafts with planted changes, beside other ways to look for them.

    python eval/check.py --data DIR [--only NAME,…] [--drafts 36] [--seed 1] [--list]

DIR/NAME/docs.jsonl holds the articles of a story, one a line. From each story drafts are made (eval/drafts.py): lines
of its articles, as they stand or honestly recast, of which some are changed in one place. A change is *caught* where a
verdict that speaks against the draft lies on it (of a quotation anywhere in its line); an *alarm* is a line that was
not changed with such a verdict. The same lines are looked for by other means, each of which passes a line or not:

exact     the line, or what it has in quotation marks, stands in an article, but for case, marks and white space
rapidfuzz the best partial ratio of the same in any article is at least 90 (of 100)
overlap   a sentence of an article has at least 80 % of its words that say something
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import drafts as planted  # eval/drafts.py
from rapidfuzz import fuzz

from tellings.across.checking import checked
from tellings.across.checking.sources import Sources, sentences_of
from tellings.across.keys import word_table
from tellings.across.people import people
from tellings.edge.readers import read_paths
from tellings.library.annotate import each
from tellings.library.records import WITHIN
from tellings.model.checked import Checked
from tellings.model.records import Document, DocumentDate, Story, Telling
from tellings.model.text import Span, Text, View
from tellings.model.verdicts import AGAINST
from tellings.pipeline import annotate, with_origins

#: What the other ways pass.
RATIO, SHARE = 90, 0.8
#: Characters between a number and its unit.
BESIDE = 2
_RECAST = {True: "recast", False: "as it stands"}
_QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True, slots=True)
class Looked:
    """A line with what each way says of it: whether it speaks against it."""

    story: str
    line: planted.Line
    against: dict[str, bool]
    found: tuple[Checked, ...]


class Others:
    """The other ways to look for a line in the articles of a story."""

    def __init__(self, sources: Sources) -> None:
        self._texts = [" ".join(sources.words[telling.id].normal) for telling in sources.tellings]
        self._padded = [f" {text} " for text in self._texts]
        self._sources = sources

    def against(self, line: planted.Line, stems: frozenset[str]) -> dict[str, bool]:
        """Whether each way finds no such line."""
        match = _QUOTED.search(line.text)
        looked = " ".join(word_table(match[1] if match else line.text).normal)
        near = self._sources.near(stems, 1)
        return {
            "exact": not any(f" {looked} " in text for text in self._padded),
            "rapidfuzz": max(fuzz.partial_ratio(looked, text) for text in self._texts) < RATIO,
            "overlap": not near or near[0].covers < SHARE,
        }


def read_story(place: Path) -> Story:
    """The story of a folder, with what checking asks of it."""
    documents, _ = read_paths([place / "docs.jsonl" if (place / "docs.jsonl").exists() else place])
    tellings, _ = each(documents, WITHIN)
    story = with_origins(tellings)
    return replace(story, people=people(story.tellings))


def telling_of(text: str) -> Telling:
    """A draft as it is read."""
    undated = DocumentDate(None, "no date found", "none")
    return annotate(Document("draft", "draft.txt", "draft.txt", "text/plain", View(Text.of(text)), undated))


def looked(name: str, story: Story, elsewhere: Sequence[str], number: int, seed: int) -> Iterator[Looked]:
    """The lines of the drafts of a story, each looked at in all ways."""
    sources = Sources(story)
    others = Others(sources)
    for draft in planted.drafts(story, elsewhere, number, seed):
        telling = telling_of(draft.text)
        found = checked(telling, sources)
        stems = [(one.place.span, one.stems) for one in sentences_of(telling)]
        for span, line in draft.lines:
            here = tuple(one for one in found if one.span.overlaps(span))
            changed = Span(span.start + line.span.start, span.start + line.span.end) if line.span else span
            against = [one for one in here if one.verdict in AGAINST]
            if line.change in planted.OF_VALUES:
                against = [one for one in against if _touches(one, changed)]
            said = frozenset[str]().union(*(some for place, some in stems if place.overlaps(span)))
            yield Looked(name, line, {"check": bool(against), **others.against(line, said)}, here)


def _touches(one: Checked, changed: Span) -> bool:
    """Whether a verdict is on what was changed: the word, or a value or a name that it is part of, or the unit of."""
    return one.span.start <= changed.end + BESIDE and changed.start <= one.span.end + BESIDE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--drafts", type=int, default=36)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="every change that was missed, and every alarm")
    given = parser.parse_args()
    only = set(filter(None, given.only.split(",")))
    folders = [place for place in sorted(given.data.iterdir()) if (place / "docs.jsonl").exists()]
    stories = {place.name: read_story(place) for place in folders if not only or place.name in only}
    said = {name: planted.quotations(story) for name, story in stories.items()}
    changed: dict[str, Counter[str]] = defaultdict(Counter)
    alarms: dict[str, Counter[str]] = defaultdict(Counter)
    start = time.process_time()
    for name, story in stories.items():
        elsewhere = [words for other, all_words in said.items() if other != name for words in all_words]
        for one in looked(name, story, elsewhere, given.drafts, given.seed):
            line = one.line
            kind = line.change or f"{'quotation' if line.quoted else 'sentence'}, {_RECAST[line.recast]}"
            table = changed if line.change else alarms
            table[kind]["lines"] += 1
            table[kind].update(way for way, against in one.against.items() if against)
            if given.list and one.against["check"] != bool(line.change):
                verdicts = "; ".join(f"{each.kind} {each.verdict} [{each.provenance.rule}]" for each in one.found)
                print(f"{'MISSED' if line.change else 'ALARM'} {name} {kind}: {line.text}\n    {verdicts}")
    seconds = time.process_time() - start
    ways = ("check", "exact", "rapidfuzz", "overlap")
    print(f"\n{'':32}{'lines':>7}" + "".join(f"{way:>11}" for way in ways))
    for title, kinds, table in (
        ("caught, quotations", planted.OF_QUOTES, changed),
        ("caught, values", planted.OF_VALUES, changed),
        ("alarms", tuple(sorted(alarms)), alarms),
    ):
        total: Counter[str] = Counter()
        for kind in kinds:
            _row(f"  {kind}", table[kind], ways)
            total.update(table[kind])
        _row(title, total, ways)
    print(f"{seconds:.0f} s of processor time")


def _row(title: str, counts: Counter[str], ways: Sequence[str]) -> None:
    lines = counts["lines"]
    shares = "".join(f"{counts[way] / lines:11.3f}" if lines else f"{'':>11}" for way in ways)
    print(f"{title:32}{lines:7}{shares}")


if __name__ == "__main__":
    main()

"""Count how often the language of a text is told right, and how often an English text is taken for a foreign one.

    python eval/language.py DATA [--list]

DATA holds, as far as they are there: stories/*/docs.jsonl and real/**/docs.jsonl {"text", "title", "lang"}, lang/time/
LANG-NAME.jsonl and lang/quotes/LANG-NAME.docs.jsonl {"text"}, time/*.jsonl and quotes/*.docs.jsonl (English) {"text"},
pages/gold.jsonl {"page", "language"} with pages/pages/PAGE.html.gz. Without DATA the folder is $TELLINGS_DATA. The
language of a page whose gold says none is unknown ("?"): what was detected for it is counted apart.

"sure" are texts whose language was told; "silent" the rest, which are read in the language declared. `--list` prints
every text told to be in another language than the gold says.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tellings.edge.readers import read_bytes
from tellings.language.detect import detect, story_spans

#: From so many words on a text counts as long.
LONG = 40
#: Codes that gold uses for what counts as one language here.
_SAME = {"nb": "no", "nn": "no", "ms": "id", "bs": "hr"}


@dataclass(frozen=True, slots=True)
class Case:
    """A text (of a collection, with its name there), its gold language ("" where unknown) and what was detected."""

    collection: str
    name: str
    gold: str
    found: str | None
    words: int


def cases(data: Path) -> Iterator[Case]:
    """Every text of the folders of DATA."""
    for pattern in ("stories/*/docs.jsonl", "real/**/docs.jsonl"):
        for file in sorted(data.glob(pattern)):
            for number, entry in enumerate(_lines(file)):
                whole = "\n\n".join(filter(None, (entry.get("title"), entry["text"])))
                yield _case(
                    file.relative_to(data).parts[0], f"{file.parent.name}#{number}", entry.get("lang") or "en", whole
                )
    for pattern in ("lang/time/*.jsonl", "lang/quotes/*.docs.jsonl", "time/*.jsonl", "quotes/*.docs.jsonl"):
        for file in sorted(data.glob(pattern)):
            gold = _code(file.name.split(".")[0]) if pattern.startswith("lang") else "en"
            for number, entry in enumerate(_lines(file)):
                yield _case(str(file.parent.relative_to(data)), f"{file.name}#{number}", gold, entry["text"])
    yield from _pages(data / "pages")


def _code(stem: str) -> str:
    """The language in a file's name: "de-wikinews", "recognizers-de"."""
    return next(piece for piece in stem.split("-") if len(piece) == 2)


def _pages(folder: Path) -> Iterator[Case]:
    gold = folder / "gold.jsonl"
    for entry in _lines(gold) if gold.is_file() else ():
        page = folder / "pages" / f"{entry['page']}.html.gz"
        for telling in read_bytes("page.html", gzip.decompress(page.read_bytes())).tellings:
            text = telling.view.text
            found = detect(text, story_spans(text, telling.hints))
            code = found.language if found else None
            yield Case("pages", entry["page"], entry["language"] or "", code, len(text.split()))


def _lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _case(collection: str, name: str, gold: str, text: str) -> Case:
    found = detect(text)
    return Case(collection, name, gold, found.language if found else None, len(text.split()))


def table(found: list[Case]) -> Iterator[str]:
    """One line for each collection and gold language: texts, told right, told wrong, silent."""
    head = ("collection", "gold", "texts", "right", "other foreign", "as English", "as foreign", "silent")
    yield f"{head[0]:<14}{head[1]:>6}{head[2]:>8}{head[3]:>8}{head[4]:>15}{head[5]:>12}{head[6]:>12}{head[7]:>8}"
    for collection, gold in sorted({(case.collection, case.gold) for case in found}):
        group = [case for case in found if (case.collection, case.gold) == (collection, gold)]
        kinds = Counter(_kind(case) for case in group)
        yield (
            f"{collection:<14}{gold or '?':>6}{len(group):>8}{kinds['right']:>8}{kinds['other foreign']:>15}"
            f"{kinds['as English']:>12}{kinds['as foreign']:>12}{kinds['silent']:>8}"
        )
    english = [case for case in found if case.gold == "en"]
    foreign = [case for case in found if case.gold not in ("", "en")]
    taken = sum(_kind(case) == "as foreign" for case in english)
    read = sum(_kind(case) == "as English" for case in foreign)
    left = [case for case in foreign if case.found is None]
    yield f"English texts taken for foreign: {taken} of {len(english)}"
    yield f"foreign texts taken for English: {read} of {len(foreign)}"
    long = sum(case.words >= LONG for case in left)
    yield f"foreign texts of which nothing is said: {len(left)}, {long} of them of {LONG} words or more"


def _kind(case: Case) -> str:
    if case.found is None:
        return "silent"
    if case.gold == "":
        return "as English" if case.found == "en" else "as foreign"
    if case.found == _SAME.get(case.gold, case.gold):
        return "right"
    if case.found == "en":
        return "as English"
    return "as foreign" if case.gold == "en" else "other foreign"


def main() -> int:
    """Print the table; exit code 2 where there is no data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("TELLINGS_DATA"))
    parser.add_argument("--list", action="store_true", help="print every text told wrong")
    options = parser.parse_args()
    found = list(cases(Path(options.data))) if options.data else []
    if not found:
        print("no texts: give DATA, or set TELLINGS_DATA", file=sys.stderr)
        return 2
    for line in table(found):
        print(line)
    if options.list:
        for case in found:
            if _kind(case) not in ("right", "silent") and not (case.gold == "" and case.found == "en"):
                print(f"{case.collection} {case.name}: gold {case.gold or '?'}, found {case.found}, {case.words} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Rewrite the golden records: `python3 run.py golden`. CONTRIBUTING.md says when that is right."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from functools import partial
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(FOLDER.parent))

from golden import exported, quotations, stories, tables  # noqa: E402

import tellings  # noqa: E402
from tellings.edge.exports import EXPORTS  # noqa: E402
from tellings.edge.writers.json import encode  # noqa: E402

#: The record of the example, as JSON.
TARGET = FOLDER / "ferry-fire.json"
#: Stories whose exports are kept, and the one whose page and annotations are.
EXPORTED, SHOWN = ("breach", "quake"), "breach"


def current() -> str:
    """The record of the example story without texts, paths as they are from the project's folder."""
    with chdir(ROOT):
        return encode(tellings.read("examples/ferry-fire/articles", texts=False)).decode("utf-8")


def _goldens() -> Iterator[tuple[str, Callable[[], str]]]:
    for story in stories.STORIES:
        yield f"stories/{story}/found.txt", partial(stories.told, story)
    yield "quotations/cases.txt", quotations.cases
    yield "quotations/rules.txt", quotations.rules
    for table in tables.TABLES:
        yield f"tables/{table}", partial(tables.anew, table)
    yield "compared.txt", stories.compared
    yield "undated.txt", stories.undated
    yield "pile.txt", stories.pile
    yield "decided.txt", stories.decided
    yield "revised.txt", stories.revised
    quake = stories.articles("quake")
    yield "diff.txt", partial(stories.side_by_side, f"{quake}/01-tarn-wire.txt", f"{quake}/02-dunmarch-herald.txt")
    for story in EXPORTED:
        for each in EXPORTS:
            if each.form != "annotations":
                yield (
                    f"exports/{story}-{each.view}-{each.form}{each.suffix}",
                    partial(exported.exported, story, each.view, each.form),
                )
    yield f"exports/{SHOWN}-annotations.txt", partial(exported.annotations, SHOWN)
    yield f"exports/{SHOWN}-page.txt", partial(exported.page, SHOWN)


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

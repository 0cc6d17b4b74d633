"""How long `tellings check` takes: a draft of a thousand words against fifty articles.

    python bench/check.py [--articles N] [--words N] [--data DIR] [--json]

The articles are made from the example story (bench/pile.py), all of them one story; the draft is made the same way and
is none of them. With `--data` they are real ones, of DIR/STORY/docs.jsonl, cut to 3,500 characters, and the draft is
the words of one that is left out, and of another. The command runs in a process of its own, start of Python included,
with its modules compiled, as those of an installed program are: with nothing kept; a first time with `--stages`, which
keeps what was found; again with what was kept; and against a library that keeps it. Times are processor time of one
core, in seconds; on another machine only their ratios hold.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pile

import tellings

#: Characters of a real article: at least, and at most.
_LEAST, _LENGTH = 2000, 3500


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=50, metavar="N", help="articles of the story (default 50)")
    options.add_argument("--words", type=int, default=1000, metavar="N", help="words of the draft (default 1000)")
    options.add_argument("--data", type=Path, metavar="DIR", help="real articles: DIR/STORY/docs.jsonl")
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles, draft, stages = (Path(folder) / name for name in ("articles.jsonl", "draft.txt", "stages"))
        if given.data is None:
            pile.write(articles, given.articles, given.articles)
            draft.write_text(made_draft(given.articles, given.words), encoding="utf-8")
        else:
            draft.write_text(real(given.data, given.articles, given.words, articles), encoding="utf-8")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
        timed(draft, articles)  # compiles the modules
        kept = ("--stages", str(stages))
        seconds = {
            "nothing kept": timed(draft, articles),
            "first, keeping": timed(draft, articles, *kept),
            "again, kept": timed(draft, articles, *kept),
        }
        library = Path(folder) / "library.db"
        with tellings.Library(library) as keeping:
            keeping.add(articles)
        seconds["against a library"] = timed(draft, library)
    if given.json:
        print(json.dumps({"articles": given.articles, "words": given.words, "seconds": seconds}))
        return
    length = pile.LENGTH if given.data is None else _LENGTH
    print(f"A draft of {given.words} words, {given.articles} articles of {length} characters")
    for name, took in seconds.items():
        print(f"{name:<18} {took:5.1f} s")


def real(data: Path, articles: int, words: int, into: Path) -> str:
    """Write so many real articles; returns a draft of the words of one that is none of them, and of others."""
    read = [json.loads(line) for each in sorted(data.glob("*/docs.jsonl")) for line in each.open(encoding="utf-8")]
    chosen = [{**each, "text": each["text"][:_LENGTH]} for each in read if len(each["text"]) > _LEAST][: articles + 1]
    if len(chosen) <= articles:
        raise SystemExit(f"{data}: no {articles + 1} articles of {_LEAST} characters")
    other = chosen.pop(articles // 2)
    into.write_text("".join(json.dumps(each) + "\n" for each in chosen), encoding="utf-8")
    text = "\n\n".join(each["text"] for each in (other, *chosen[articles // 2 :]))
    return "".join(re.findall(r"\S+\s*", text)[:words])


def made_draft(articles: int, words: int) -> str:
    """`words` words about the story of the first `articles` articles, made as the next ones of it are."""
    given, text, number = pile.paragraphs(), "", articles
    while len(text.split()) < words:
        text += pile.article(number, given, number + 1)["text"] + "\n\n"
        number += 1
    return "".join(re.findall(r"\S+\s*", text)[:words])


def timed(draft: Path, articles: Path, *options: str) -> float:
    """Processor time of one run of the command, in seconds."""
    command = [sys.executable, "-m", "tellings", "check", str(draft), "--against", str(articles), "--quiet", *options]
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return round(after.children_user - before.children_user + after.children_system - before.children_system, 2)


if __name__ == "__main__":
    main()

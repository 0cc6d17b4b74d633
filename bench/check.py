"""How long `tellings check` takes: a draft of a thousand words against fifty articles.

    python bench/check.py [--articles N] [--words N] [--json]

The articles are made from the example story (bench/pile.py), all of them one story; the draft is made the same way and
is none of them. The command runs in a process of its own, start of Python included: with nothing kept; a first time
with `--stages`, which keeps what was found; and again with what was kept. Times are processor time of one core, in
seconds; on another machine only their ratios hold.
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


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=50, metavar="N", help="articles of the story (default 50)")
    options.add_argument("--words", type=int, default=1000, metavar="N", help="words of the draft (default 1000)")
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles, draft, stages = (Path(folder) / name for name in ("articles.jsonl", "draft.txt", "stages"))
        pile.write(articles, given.articles, given.articles)
        draft.write_text(made_draft(given.articles, given.words), encoding="utf-8")
        kept = ("--stages", str(stages))
        seconds = {
            "nothing kept": timed(draft, articles),
            "first, keeping": timed(draft, articles, *kept),
            "again, kept": timed(draft, articles, *kept),
        }
    if given.json:
        print(json.dumps({"articles": given.articles, "words": given.words, "seconds": seconds}))
        return
    print(f"A draft of {given.words} words, {given.articles} articles of {pile.LENGTH} characters")
    for name, took in seconds.items():
        print(f"{name:<16} {took:5.1f} s")


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

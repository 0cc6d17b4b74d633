"""What a new telling costs as a library of stories grows: tellings a second and memory, thousand by thousand.

    python bench/stories.py [--tellings N] [--batch N]

The pile is made from the example story (bench/pile.py), with other words in each story of a dozen; times are processor
time of one core, for sketches, for comparing them, and for comparing and linking (the stories are asked for after each
batch), memory the most the process held.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import pile

from tellings.across.stories import Stories
from tellings.across.stories.sketch import sketch


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tellings", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=1_000)
    options = parser.parse_args(arguments)
    given = pile.paragraphs()
    stories = Stories()
    print("tellings  sketches/s  compared/s  sorted in/s  stories  memory MB")
    for start in range(0, options.tellings, options.batch):
        articles = [pile.article(number, given) for number in range(start, start + options.batch)]
        began = time.process_time()
        sketches = [
            sketch(str(start + index), "", told["text"], date.fromisoformat(told["date"][:10]))
            for index, told in enumerate(articles)
        ]
        made = time.process_time()
        stories.add(sketches)
        compared = time.process_time()
        found = stories.groups()
        done = time.process_time()
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rates = f"{options.batch / (made - began):10,.0f}  {options.batch / (compared - made):10,.0f}"
        rates += f"  {options.batch / (done - made):11,.0f}"
        print(f"{start + options.batch:8}  {rates}  {len(found):7}  {held:9,.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How long hostile repetitions take within one telling: words, marks and examples of our own lists and rules, alone
and in pairs, repeated to 100,000 characters.

    python bench/growth.py [--size N] [--pairs N] [--seed N] [--limit SECONDS]

No text may take long, or longer than in proportion: a page made to stop the program must not. Prints what is slowest
in processor time, and how much longer it takes than a quarter of itself (4 is in proportion, 16 the square).
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date

from tellings import pipeline
from tellings.model.records import Document, DocumentDate
from tellings.model.rules import load
from tellings.model.text import View

#: What texts are made of, and what once took longer than in proportion to its length.
MARKS = (
    *"“”\"‘’'«».,;:!?()[]-–—…/@#*&%$£€|·•_=+<>`´~^\n\t \u00a0",
    "``",
    "''",
    "--",
    "...",
    ". ",
    "? ",
    '."',
    ",” ",
    "\n\n",
)
NAMES = (
    *("J. ", "Ana ", "Ana Vell ", "Ana Vell, ", "Dr. Vell ", "U.S. ", "AA ", "a", "Vell’s ", "iPhone ", "Ana and "),
    *("ANA VELL ", "O’Neil ", "Ana Vell, 34, ", "Ana of ", "@ana ", "the singer ", "her brother ", "she ", "the "),
)
NUMBERS = (
    *("1", "1 ", "12, ", "12.5 ", "1,000 ", "2019 ", "2019-", "1/2/2019 ", "12:30 ", "5 people were killed, ", "$5 "),
    *("5% ", "3rd ", "34-year-old ", "twenty-one ", "one of ", "Monday ", "May 5 ", "5 May ", "Oct. ", "last week "),
    *("in 2019 ", "two days ago ", "at least "),
)
SPEECH = (
    *(
        "said ",
        "told ",
        "said, ",
        "she said ",
        "“a ",
        "a” ",
        "“a,” she said. ",
        '"a ',
        "‘a ",
        "he said that ",
        "who said ",
    ),
    *("according to Ana, ", "and that ", "which, ", "Q: a\n", "Ana: a b c\n", "the note read ", "— Ana (@ana) "),
    *("Ana Vell, who said ", "Read more\n", "By Ana Vell\n", "Photo: ", "http://a.b/c ", "<b>", "and ", "a\n"),
)
ROOMS = ("dating", "fact", "name", "quote", "residue", "segment", "time")


def units(seed: int, pairs: int, per_list: int = 6) -> list[str]:
    """What is to be repeated: all of the above, words of every list, an example of every rule, and pairs of them."""
    chance = random.Random(seed)
    made = [*MARKS, *NAMES, *NUMBERS, *SPEECH]
    for room in ROOMS:
        rules = load("en", room)
        for name in sorted(rules.lists):
            words = sorted(map(str, rules.lists[name]))
            made += [f"{word} " for word in chance.sample(words, min(per_list, len(words)))]
        made += [f"{_example(rule.yes[0])} " for rule in rules.rules if rule.yes]
    return [*made, *(chance.choice(made) + chance.choice(made) for _ in range(pairs))]


def _example(yes: object) -> str:
    if isinstance(yes, dict):
        return str(yes.get("text", next(iter(yes.values()))))
    return str(yes[0]) if isinstance(yes, list) else str(yes)


def repeated(unit: str, size: int) -> str:
    """`unit` again and again, `size` characters in all."""
    return (unit * (size // len(unit) + 1))[:size]


def seconds(text: str) -> float:
    """Processor time of the stages within a telling of this text."""
    day = DocumentDate(date(2020, 5, 4), "given", "given")
    document = Document("x", "x", "x", "text/plain", View.plain(text), day)
    began = time.process_time()
    pipeline.annotate(document)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=100_000, metavar="N", help="characters (default 100,000)")
    options.add_argument("--pairs", type=int, default=200, metavar="N", help="pairs tried (default 200)")
    options.add_argument("--seed", type=int, default=1, metavar="N", help="which words and pairs (default 1)")
    options.add_argument("--limit", type=float, default=2.0, metavar="SECONDS", help="what is too long (default 2)")
    chosen = options.parse_args()
    seconds("She said “a b c” on May 5. " * 20)
    tried = units(chosen.seed, chosen.pairs)
    spent = sorted(((seconds(repeated(unit, chosen.size)), unit) for unit in tried), reverse=True)
    long = sum(each > chosen.limit for each, _ in spent)
    print(f"{len(tried)} repetitions, {long} of them over {chosen.limit} s; the slowest:\n")
    for each, unit in spent[:20]:
        print(f"{each:7.2f} s{each / seconds(repeated(unit, chosen.size // 4)):7.1f} times a quarter  {unit!r}")


if __name__ == "__main__":
    main()

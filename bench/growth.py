"""How long hostile texts take within one telling: words, marks and examples of our own lists and rules, alone and in
pairs, repeated to 100,000 characters; a few short words of the lists again and again in any order; and sentences each
with another name.

    python bench/growth.py [--size N] [--pairs N] [--mixtures N] [--only-mixtures] [--seed N] [--limit SECONDS]

No text may take long, or longer than in proportion: a page made to stop the program must not. Prints what is slowest
in processor time, and how much longer it takes than a quarter of itself (4 is in proportion, 16 the square).
Exit codes: 0 none took longer than the limit, 1 some did.
"""

from __future__ import annotations

import argparse
import random
import sys
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
    *("in 2019 ", "two days ago ", "at least ", "1\n", "5%\n", "1 a ", "5 people were\n", "1 1 1 1 1 1 1\n"),
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


#: Sentences of which no two are the same: each stands with another name and another number. What looks through all that
#: was found before is told by these alone, as a repetition finds the same again and again.
SENTENCES = (
    *(
        "{} Vell left. Vell said it. ",
        "Ana {} left. Ana said so. She did. ",
        "The singer {} Vell spoke. The singer left. ",
    ),
    *(
        "{} Vell, {n}, left. The {n}-year-old said no. ",
        "{} Vell, a singer, left. ",
        "He said that {} was cold. ",
        "She told {} that it was cold. {} said no. ",
    ),
    *("The {} trust left. It said that it was cold. ", "“It was {} that sank there,” {} Vell said. She left. "),
    *("“She said ‘it was {}’ and left,” he said. ", "“It was {} cold here.\n\n", "“It was cold here”\n— {} Vell\n\n"),
    *(
        "{} Vell: it was cold\n",
        "In a post {} wrote that it was cold. The post said more. ",
        "{} Vell and {} Holm said so. ",
    ),
    *(
        "{n} people were killed near {} in {n}. ",
        "On {day} May {year} {} sank. A week later it rose. ",
        "In {year} {} left. ",
    ),
    *("{} paid ${n} to {} Vell. ", "Ana Vell{} left. Vall{} said so. ", "Her brother {} left. He said it. "),
    *("According to {}, it was cold. ", "By {} Vell\n", "Photo: {} Vell\n", "{} Ltd closed. {} opened again. "),
)


def different(sentence: str, size: int) -> str:
    """`size` characters of a sentence, each time with another name and other numbers."""
    made, length, number = [], 0, 0
    while length < size:
        name = "A" + "".join(chr(97 + number // 26**place % 26) for place in range(3))
        made.append(sentence.replace("{}", name).format(n=number + 2, day=number % 27 + 1, year=1800 + number % 220))
        length += len(made[-1])
        number += 1
    return "".join(made)[:size]


#: Characters of a short word, and what may stand behind one.
SHORT_WORD = 6
_BEHIND = (" ",) * 6 + (", ", ". ", "\n", " “", "” ", " Ana ", " 5 ")


def mixtures(seed: int, many: int, size: int) -> list[tuple[str, str]]:
    """`many` texts of `size` characters, each of two to seven short words of any lists in any order, with what it is
    made of: the words of our lists are what costs most, and short ones stand most often in so many characters."""
    words = sorted(
        {
            word
            for room in ROOMS
            for name, listed in load("en", room).lists.items()
            if name not in ("phrase", "macro")
            for word in map(str, listed)
            if 0 < len(word) <= SHORT_WORD
        }
    )
    made = []
    for number in range(many):
        chance = random.Random(f"mixture {seed} {number}")
        chosen = chance.sample(words, chance.randint(2, 7))
        text = "".join(chance.choice(chosen) + chance.choice(_BEHIND) for _ in range(size // 2))
        made.append((" + ".join(chosen), text[:size]))
    return made


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


def main() -> int:
    """Measure and print; the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=100_000, metavar="N", help="characters (default 100,000)")
    options.add_argument("--pairs", type=int, default=200, metavar="N", help="pairs tried (default 200)")
    options.add_argument("--mixtures", type=int, default=60, metavar="N", help="mixtures tried (default 60)")
    options.add_argument("--only-mixtures", action="store_true", help="no repetitions")
    options.add_argument("--seed", type=int, default=1, metavar="N", help="which words and pairs (default 1)")
    options.add_argument("--limit", type=float, default=2.0, metavar="SECONDS", help="what is too long (default 2)")
    chosen = options.parse_args()
    seconds("She said “a b c” on May 5. " * 20)
    tried = mixtures(chosen.seed, chosen.mixtures, chosen.size)
    tried += [(sentence, different(sentence, chosen.size)) for sentence in SENTENCES]
    if not chosen.only_mixtures:
        tried += [(unit, repeated(unit, chosen.size)) for unit in units(chosen.seed, chosen.pairs)]
    spent = sorted(((seconds(text), unit, text) for unit, text in tried), reverse=True)
    long = sum(each > chosen.limit for each, _, _ in spent)
    print(f"{len(tried)} texts, {long} of them over {chosen.limit} s; the slowest:\n")
    for each, unit, text in spent[:20]:
        print(f"{each:7.2f} s{each / seconds(text[: chosen.size // 4]):7.1f} times a quarter  {unit!r}")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit(main())

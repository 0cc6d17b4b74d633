"""Count the background of words and train the pair model of stories (src/tellings/across/stories).

    python train/stories.py --data DIR [--words] [--out FOLDER]

DIR holds a folder for each corpus, with docs.jsonl ({"id", "title", "text", "date"}) and gold.json ({id: story}). With
`--words` the background is counted anew (texts of all corpora, a word in fewer than 5 left out). The model is trained
on candidate pairs of all corpora, each corpus weighing the same, and printed with leave-one-corpus-out figures: how
well a model trained on the others tells that corpus' pairs apart. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from datetime import date
from math import sqrt
from operator import mul
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from tellings.across.stories import pairs
from tellings.across.stories.index import candidate_pairs
from tellings.across.stories.sketch import Sketch, sketch
from tellings.model.regression import logistic

CORPORA = ("allsides_dated", "basil", "ecbplus", "handpicked_galaxy", "neus_allsides", "newswcl50", "wikinews_galaxy")
#: Texts of one corpus that are used, from its beginning; texts a word must stand in.
MOST, LEAST = 3000, 5
#: Rounds of AdaGrad, its step, and the pull towards zero.
ROUNDS, STEP, PULL = 4, 0.3, 1e-4

Pair = tuple[tuple[float, ...], int]


def corpus(folder: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The English texts of a corpus, and their stories."""
    texts = [json.loads(line) for line in (folder / "docs.jsonl").read_text("utf-8").splitlines()]
    return [told for told in texts if told.get("lang") in (None, "en")][:MOST], json.loads(
        (folder / "gold.json").read_text("utf-8")
    )


def day_of(told: dict[str, Any]) -> date | None:
    """The day of a text, where it has one that can be read."""
    found = re.match(r"\d{4}-\d\d-\d\d", told.get("date") or "")
    return date.fromisoformat(found.group()) if found else None


def count_words(data: Path, out: Path) -> None:
    """Write the background."""
    texts, counts = 0, Counter[str]()
    for name in CORPORA:
        for told in corpus(data / name)[0]:
            texts += 1
            words = {
                word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
                for word in re.findall(r"[^\W_]+(?:[’'][^\W_]+)?", f"{told['title']} {told['text']}")
            }
            counts.update(words | {word[:-1] for word in words if len(word) > 4 and word.endswith("s")})
    kept = {word: count for word, count in sorted(counts.items()) if count >= LEAST and len(word) > 1}
    about = f"texts a word stands in, of {texts} news texts; counted by train/stories.py; no text is kept"
    (out / "words.json").write_bytes(msgspec.json.encode({"about": about, "texts": texts, "words": kept}) + b"\n")
    print(f"{texts} texts, {len(kept)} words")


def pairs_of(data: Path, name: str) -> list[Pair]:
    """The candidate pairs of a corpus with what they are."""
    texts, gold = corpus(data / name)
    sketches: list[Sketch] = [sketch(told["id"], told["title"], told["text"], day_of(told)) for told in texts]
    found = []
    for a, b in candidate_pairs(sketches):
        same = int(gold[sketches[a].id] == gold[sketches[b].id])
        found.append((pairs.features(sketches[a], sketches[b]), same))
    return found


def train(groups: list[list[Pair]]) -> tuple[float, list[float]]:
    """Bias and weights, by gradient descent with each group weighing the same."""
    size = len(pairs.NAMES)
    means = [sum(f[i] for group in groups for f, _ in group) / sum(map(len, groups)) for i in range(size)]
    spread = [
        max(1e-6, (sum((f[i] - means[i]) ** 2 for group in groups for f, _ in group) / sum(map(len, groups))) ** 0.5)
        for i in range(size)
    ]
    data = [
        (
            [(value - mean) / width for value, mean, width in zip(found, means, spread, strict=True)],
            same,
            1 / len(group),
        )
        for group in groups
        for found, same in group
    ]
    heaviest = max(weight for _, _, weight in data)
    weights, squares = [0.0] * (size + 1), [1e-6] * (size + 1)
    order = Random(0)
    for _ in range(ROUNDS):
        order.shuffle(data)
        for found, same, weight in data:
            logit = weights[size] + sum(map(mul, weights, found))
            error = (logistic(logit) - same) * weight / heaviest
            for i, value in enumerate((*found, 1.0)):
                slope = error * value + PULL * weights[i] * weight / heaviest
                squares[i] += slope * slope
                weights[i] -= STEP * slope / sqrt(squares[i])
    plain = [weight / width for weight, width in zip(weights[:size], spread, strict=True)]
    return weights[size] - sum(weight * mean for weight, mean in zip(plain, means, strict=True)), plain


def rightness(bias: float, weights: list[float], group: list[Pair]) -> float:
    """The best F1 of any threshold on a group's pairs."""
    ranked = sorted(((bias + sum(map(mul, weights, found)), same) for found, same in group), reverse=True)
    right, best, total = 0, 0.0, sum(same for _, same in group)
    for count, (_, same) in enumerate(ranked, 1):
        right += same
        best = max(best, 2 * right / (count + total))
    return best


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with a folder for each corpus")
    parser.add_argument("--words", action="store_true", help="count the background of words, too")
    parser.add_argument("--out", type=Path, default=Path("src/tellings/data/en/story"))
    options = parser.parse_args(arguments)
    absent = [name for name in CORPORA if not (options.data / name / "docs.jsonl").is_file()]
    if absent:
        print(f"data absent: no {', '.join(absent)} in {options.data}", file=sys.stderr)
        return 2
    if options.words:
        count_words(options.data, options.out)
    groups = {name: pairs_of(options.data, name) for name in CORPORA}
    for name, group in groups.items():
        bias, weights = train([other for key, other in groups.items() if key != name])
        same = sum(each for _, each in group)
        print(f"{name}: {len(group)} pairs, {same} of one story, F1 {rightness(bias, weights, group):.3f}")
    bias, weights = train(list(groups.values()))
    model = {
        "about": f"logistic pair model of stories, trained by train/stories.py on {', '.join(CORPORA)}",
        "bias": round(bias, 4),
        "weights": [round(weight, 4) for weight in weights],
    }
    (options.out / "pairs.json").write_bytes(msgspec.json.encode(model) + b"\n")
    print({name: round(weight, 2) for name, weight in zip(pairs.NAMES, weights, strict=True)})
    return 0


if __name__ == "__main__":
    sys.exit(main())

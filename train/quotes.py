"""Train the model of reported clauses (src/tellings/within/quotes/learned.py) on annotated quotations.

    python train/quotes.py --data DIR [--name polnear-train] [--out FILE] [--epochs N] [--hold N]

DIR holds NAME.docs.jsonl and NAME.gold.jsonl as `eval/quotes.py` reads them. The model learns what the rules leave
over: words that no rule takes for a cue. It writes single words, pairs of words beside each other and what position
they have, each with a weight; a feature seen fewer than `SEEN` times is left out. With `--hold N`, every Nth text is
kept out, to see how often each step is right on it. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec

from tellings.model.records import Document, DocumentDate
from tellings.model.regression import softmax
from tellings.model.text import Span, View
from tellings.pipeline import named
from tellings.within.quotes import by_rule, learned, occupied
from tellings.within.quotes.context import Context, Draft
from tellings.within.quotes.cues import source_at

#: Times a word must have been a cue, and the share of its uses, to be looked at as one; times a feature must be seen.
CUES, SHARE, SEEN = 3, 0.04, 4
#: Step size of AdaGrad (Duchi et al. 2011), pull towards zero, and the least weight kept.
STEP, PULL, LEAST = 0.1, 1e-3, 0.02

#: One decision: the features of each candidate, and which of them is right.
Decision = tuple[list[list[str]], int]


@dataclass(slots=True)
class Examples:
    """Decisions by step; `held` those of the texts kept out."""

    train: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    held: dict[str, list[Decision]] = field(default_factory=lambda: defaultdict(list))


def cue_words(contexts: list[Context], gold: list[list[dict[str, Any]]]) -> tuple[frozenset[str], dict[str, float]]:
    """The words that may be cues, and how often a word is one when it stands there."""
    used: Counter[str] = Counter()
    cued: Counter[str] = Counter()
    for context, items in zip(contexts, gold, strict=True):
        used.update(m.group().casefold() for m in learned.TOKEN.finditer(context.text))
        for item in items:
            if item["type"] != "attitude" and item.get("cue_start") is not None:
                cued.update(
                    {
                        m.group().casefold()
                        for m in learned.TOKEN.finditer(context.text, item["cue_start"], item["cue_end"])
                        if m.group().isalpha()
                    }
                )
    shares = {word: count / used[word] for word, count in cued.items() if count >= CUES}
    return frozenset(word for word, share in shares.items() if share >= SHARE), shares


def collect(
    context: Context, items: list[dict[str, Any]], lexicon: frozenset[str], shares: dict[str, float]
) -> dict[str, list[Decision]]:
    """The decisions that one text teaches."""
    ruled = by_rule(context)
    found_by_rule = occupied(ruled)
    out: dict[str, list[Decision]] = defaultdict(list)
    out["end"].extend(_ends_of_ruled(context, ruled, items))
    anchors: dict[int, dict[str, Any]] = {}
    unclear: list[Span] = []
    for item in items:
        if item.get("cue_start") is None:
            continue
        cue = Span(item["cue_start"], item["cue_end"])
        tokens = [
            m for m in learned.TOKEN.finditer(context.text, cue.start, cue.end) if m.group().casefold() in lexicon
        ]
        if item["type"] == "attitude" or not tokens:
            unclear.append(cue)
            continue
        anchor = max(tokens, key=lambda m: (shares[m.group().casefold()], -m.start()))
        anchors[anchor.start()] = item
        unclear.append(cue)
    for sentence in context.story:
        near = [span for span in found_by_rule if span.start < sentence.end and sentence.start < span.end]
        for found, cue in learned.candidate_cues(context, sentence, lexicon):
            place = found.spans[cue]
            if any(span.overlaps(place) for span in near):
                continue
            gold = anchors.get(place.start)
            if gold is None and any(span.overlaps(place) for span in unclear):
                continue
            _teach(context, sentence, found, cue, gold, out)
    return out


def _ends_of_ruled(context: Context, ruled: list[Draft], items: list[dict[str, Any]]) -> list[Decision]:
    """Where the clauses that rules found should have ended."""
    decisions: list[Decision] = []
    by_start = {start: item for item in items for start in (item["start"] + shift for shift in range(-5, 6))}
    for draft in ruled:
        place = learned.clause_words(context, draft)
        gold = by_start.get(draft.span.start)
        if place is None or gold is None or len(gold["spans"]) > 1:
            continue
        found, cue, start, _ = place
        finals = learned.ends(found, start)
        last = [i for i, index in enumerate(finals) if found.spans[index].end <= gold["end"]]
        if last and gold["end"] - found.spans[finals[last[-1]]].end <= 3:
            decisions.append(([learned.end_features(found, cue, start, index) for index in finals], last[-1]))
    return decisions


def _teach(
    context: Context,
    sentence: Span,
    found: learned.Words,
    cue: int,
    gold: dict[str, Any] | None,
    out: dict[str, list[Decision]],
) -> None:
    place = found.spans[cue]
    source = source_at(context, sentence, place)
    features = learned.cue_features(found, cue, learned.source_kind(context, source))
    where = _where(place, sentence, gold)
    out["cue"].append(
        ([[f"{name}:{feature}" for feature in features] for name in learned.WHERE], learned.WHERE.index(where))
    )
    if gold is None or where == "none":
        return
    spans = sorted((max(a, sentence.start), min(b, sentence.end)) for a, b in gold["spans"])
    if where in ("after", "around"):
        begin, finish = next((a, b) for a, b in spans if a >= place.end)
        if where == "after":
            finish = spans[-1][1]
        begins = learned.starts(found, cue)
        right = next((i for i, index in enumerate(begins) if found.spans[index].start >= begin), None)
        if right is None or abs(found.spans[begins[right]].start - begin) > 2:
            return
        out["start"].append(([learned.start_features(found, cue, index) for index in begins], right))
        finals = learned.ends(found, begins[right])
        last = [i for i, index in enumerate(finals) if found.spans[index].end <= finish]
        if last and finish - found.spans[finals[last[-1]]].end <= 3:
            out["end"].append(([learned.end_features(found, cue, begins[right], index) for index in finals], last[-1]))
    else:
        begin, finish = spans[0][0], max(b for a, b in spans if b <= place.start)
        stop = sum(1 for span in found.spans if span.end <= finish)
        while stop > 0 and found.lower[stop - 1] in learned.MARKS and not found.closes[stop - 1]:
            stop -= 1
        begins = learned.befores(found, stop)
        right = next((i for i, index in enumerate(begins) if found.spans[index].start >= begin), None)
        if right is not None and found.spans[begins[right]].start - begin <= 2:
            out["before"].append(([learned.before_features(found, stop, index) for index in begins], right))


def _where(place: Span, sentence: Span, gold: dict[str, Any] | None) -> str:
    if gold is None:
        return "none"
    spans = [(a, b) for a, b in gold["spans"] if a < sentence.end and sentence.start < b]
    before, after = any(b <= place.start for _, b in spans), any(a >= place.end for a, _ in spans)
    return "around" if before and after else "after" if after else "before" if before else "none"


def learn(decisions: list[Decision], epochs: int) -> dict[str, float]:
    """Weights of a softmax over candidates, by AdaGrad, in the order given."""
    seen = Counter(feature for candidates, _ in decisions for features in candidates for feature in features)
    index = {feature: i for i, feature in enumerate(sorted(f for f, n in seen.items() if n >= SEEN))}
    data = [
        ([[index[f] for f in features if f in index] for features in candidates], right)
        for candidates, right in decisions
    ]
    weights, squares = [0.0] * len(index), [1e-8] * len(index)
    for _ in range(epochs):
        for candidates, right in data:
            scores = softmax([sum(weights[f] for f in features) for features in candidates])
            for place, features in enumerate(candidates):
                slope = scores[place] - (place == right)
                if abs(slope) < 1e-3:
                    continue
                for f in features:
                    pulled = slope + PULL * weights[f]
                    squares[f] += pulled * pulled
                    weights[f] -= STEP * pulled / sqrt(squares[f])
    return {feature: round(weights[i], 3) for feature, i in index.items() if abs(weights[i]) >= LEAST}


def table(weights: dict[str, float]) -> dict[str, list[float]]:
    """The weights of the first step by feature: one for each place of what is reported."""
    rows: dict[str, list[float]] = {}
    for name, weight in weights.items():
        where, feature = name.split(":", 1)
        rows.setdefault(feature, [0.0] * len(learned.WHERE))[learned.WHERE.index(where)] = weight
    return dict(sorted(rows.items()))


def rightness(decisions: list[Decision], weights: dict[str, float]) -> float:
    """The share of decisions for which the best candidate is the right one."""
    right = 0
    for candidates, gold in decisions:
        scores = [sum(weights.get(feature, 0.0) for feature in features) for features in candidates]
        right += scores.index(max(scores)) == gold
    return right / max(len(decisions), 1)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora")
    parser.add_argument("--name", default="polnear-train", help="which corpus  [default: polnear-train]")
    parser.add_argument("--out", type=Path, default=Path("src/tellings/data/en/quote/model.json"))
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--hold", type=int, default=0, help="keep every Nth text out")
    options = parser.parse_args(arguments)
    texts, annotated = (options.data / f"{options.name}.{kind}.jsonl" for kind in ("docs", "gold"))
    if not texts.is_file() or not annotated.is_file():
        print(f"data absent: no {texts.name} and {annotated.name} in {options.data}", file=sys.stderr)
        return 2
    by_text: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in annotated.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        by_text[item["doc_id"]].append(item)
    contexts, gold = [], []
    for line in texts.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        view = View.plain(told["text"])
        document = Document("text", "text", "text", "text/plain", view, DocumentDate(None, "not given", "none"))
        contexts.append(named(document)[1])
        gold.append(by_text[told["doc_id"]])
    kept_out = {i for i in range(len(contexts)) if options.hold and i % options.hold == 0}
    lexicon, shares = cue_words(
        [c for i, c in enumerate(contexts) if i not in kept_out], [g for i, g in enumerate(gold) if i not in kept_out]
    )
    examples = Examples()
    for i, (context, items) in enumerate(zip(contexts, gold, strict=True)):
        for step, decisions in collect(context, items, lexicon, shares).items():
            (examples.held if i in kept_out else examples.train)[step].extend(decisions)
    steps: dict[str, dict[str, list[float]]] = {}
    for step, decisions in sorted(examples.train.items()):
        found = learn(decisions, options.epochs)
        steps[step] = table(found) if step == "cue" else {feature: [weight] for feature, weight in found.items()}
        held = examples.held[step]
        report = f", right on those kept out {rightness(held, found):.3f} of {len(held)}" if held else ""
        print(
            f"{step}: {len(decisions)} decisions, {len(found)} weights, right {rightness(decisions, found):.3f}{report}"
        )
    about = f"log-linear model of reported clauses, trained by train/quotes.py on {options.name}; weights of words only"
    model = {"about": about, "cues": sorted(lexicon), "steps": steps}
    options.out.write_bytes(msgspec.json.encode(model) + b"\n")
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

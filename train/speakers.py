"""Train how sure it is who speaks (src/tellings/within/quotes/certainty.py) on texts whose speakers are annotated.

    python train/speakers.py --real DIR --quotes DIR [--out FILE] [--print]

`--real` holds stories read by hand, as `eval/speakers.py` reads them, `--quotes` polnear-train.docs.jsonl and
polnear-train.gold.jsonl, as `eval/quotes.py` reads them. Three kinds of examples: attributions in the stories; those in
PolNeAR that are no pronoun, right where the annotated source is the same; and pronouns made of names: a source that
is a name, of somebody named before, is put as "he" or "she", and the answer is right where it is the same person.

A logistic regression with a pull towards zero; scores of each story by a model that never saw it, and of each fifth of
the others, are what it is calibrated on, what the thresholds are set on, and what is printed. The same input gives the
same file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from regression import calibrated  # train/regression.py
from speakers import same, scored  # eval/speakers.py

from tellings.language.detect import detected
from tellings.library.inputs import documents_of
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.regression import logistic
from tellings.model.text import View
from tellings.pipeline import named
from tellings.within.quotes import by_rule
from tellings.within.quotes.certainty import Surrounding, Weights, features, source_kind
from tellings.within.quotes.context import Context, Draft
from tellings.within.quotes.pronouns import candidates, pronoun_of, resolve_pronouns

#: Rounds of training, step of AdaGrad (Duchi et al. 2011), pull towards zero, least times a feature is seen and weight.
ROUNDS, STEP, PULL, SEEN, LEAST = 6, 0.15, 2e-3, 5, 0.01
#: Share right that "said by" and "probably" must reach, out of fold.
SAID_BY = {"pronoun": 0.97, "other": 0.981}
PROBABLY = {"pronoun": 0.8, "other": 0.92}
#: Least probability of who is said to speak, and of who is named at all. Where several outlets tell one thing, the sure
#: ones among the likely are known from another, and the rest are right less often than in one article.
LEAST_SURE = {"pronoun": 0.86, "other": 0.9}
LEAST_LIKELY = {"pronoun": 0.8, "other": 0.25}


@dataclass(frozen=True, slots=True)
class Example:
    """One attribution: the text or story that is kept out together, its features, whether it is right."""

    fold: str
    corpus: str
    kind: str
    features: tuple[str, ...]
    right: bool


def read(document: Document, pronouns: dict[str, float] | None = None) -> tuple[Context, list[Draft], Telling]:
    """A text with its drafts, in the order of the quotations of its telling; with a model of pronouns, its answers."""
    parts, context = named(document)
    drafts = sorted(by_rule(context), key=lambda d: (d.span.start, -d.span.end, d.rule))
    if pronouns is not None:
        resolve_pronouns(context, drafts, pronouns)
    telling = Telling(
        *(document, context.blocks, parts, context.sentences, context.timexes, context.mentions, context.chains),
        context.arrange(drafts),
    )
    return context, drafts, telling


def stories(
    folder: Path, models: dict[str, dict[str, float]] | None = None
) -> Iterator[tuple[str, Context, list[Draft], list[tuple[Draft, dict[str, Any], bool]]]]:
    """Each article of the stories read by hand: its story, its drafts, and those that the gold has, with its entry and
    whether the speaker is right."""
    for story in sorted(path.parent for path in folder.glob("*/gold.json")):
        gold = json.loads((story / "gold.json").read_text(encoding="utf-8"))["quotes"]
        ids = [json.loads(line)["id"] for line in (story / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
        for document in documents_of([story / "docs.jsonl"])[0]:
            line = re.search(r"#(\d+)$", document.name)
            name = ids[int(line[1]) - 1] if line else ids[0]
            model = models[story.name] if models is not None else None
            context, drafts, telling = read(replace(document, detected=detected(document)), model)
            place = {id(quote): index for index, quote in enumerate(telling.quotes)}
            found = scored(telling, [item for item in gold if item["doc"] == name], name)[2]
            yield story.name, context, drafts, [(drafts[place[id(q)]], item, right) for q, item, right in found]


def of_stories(folder: Path, models: dict[str, dict[str, float]]) -> Iterator[Example]:
    """The attributions in stories read by hand; pronouns are answered by the model of `models` that never saw the
    story."""
    for name, context, drafts, pairs in stories(folder, models):
        around = Surrounding(context, drafts)
        for draft, _, right in pairs:
            yield Example(name, "stories", source_kind(context, draft), tuple(features(around, draft)), right)


def documents(folder: Path) -> Iterator[Document]:
    """The texts of PolNeAR's train part."""
    for line in (folder / "polnear-train.docs.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield plain(entry["doc_id"], entry["text"])


def plain(name: str, text: str) -> Document:
    """A text as a document."""
    return Document(name, name, name, "text/plain", View.plain(text), DocumentDate(None, "train", "no date"))


def of_annotated(texts: Sequence[Document], folder: Path) -> Iterator[Example]:
    """The attributions of PolNeAR that are no pronouns."""
    gold: dict[str, list[dict[str, Any]]] = {}
    for line in (folder / "polnear-train.gold.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if item["type"] != "attitude" and item.get("speaker_start") is not None:
            gold.setdefault(item["doc_id"], []).append(item)
    for index, document in enumerate(texts):
        context, drafts, _ = read(document)
        around = Surrounding(context, drafts)
        for draft in drafts:
            if draft.status != "shown" or draft.source is None or source_kind(context, draft) == "pronoun":
                continue
            best = max(gold.get(document.name, ()), key=lambda item: _shared(draft, item), default=None)
            if best is None or _shared(draft, best) < 0.5:
                continue
            right = draft.source.start < best["speaker_end"] and best["speaker_start"] < draft.source.end
            if not right and best.get("speaker_type") == "pronoun":
                continue  # the annotation has a pronoun for whom the rule has a name: it may be the same
            yield Example(f"fold {index % 5}", "polnear", "other", tuple(features(around, draft)), right)


def _shared(draft: Draft, item: dict[str, Any]) -> float:
    common = min(draft.content.end, item["end"]) - max(draft.content.start, item["start"])
    return max(0, common) / max(len(draft.content), item["end"] - item["start"], 1)


def of_made_pronouns(made: Sequence[Made], models: dict[str, dict[str, float]]) -> Iterator[Example]:
    """Whether the answers to made pronouns are right."""
    for index, context, drafts, place, name in made:
        resolve_pronouns(context, drafts, models[f"fold {index % 5}"])
        answer = next(d for d in drafts if d.source is not None and d.source.start == place)
        if answer.speaker is not None:
            right = same(context.chains[answer.speaker].name, name, "")
            found = tuple(features(Surrounding(context, drafts), answer))
            yield Example(f"fold {index % 5}", "made", "pronoun", found, right)


#: The place of a text, its records, where the pronoun stands, and whom it means.
Made = tuple[int, Context, list[Draft], int, str]


def made_pronouns(texts: Sequence[Document]) -> Iterator[Made]:
    """Texts in which a source that is the name of somebody named before is put as "he" or "she"."""
    for index, document in enumerate(texts):
        context, drafts, _ = read(document)
        for draft in drafts:
            mention = context.mention_in(draft.source) if draft.source is not None else None
            if draft.status != "shown" or draft.cue is None or mention is None or mention.span != draft.source:
                continue
            if mention.kind != "name" or mention.chain is None or draft.continues is not None:
                continue
            chain = context.chains[mention.chain]
            before = [context.mentions[m] for m in chain.mentions if context.mentions[m].span.end < mention.span.start]
            if chain.kind != "person" or chain.gender not in ("male", "female") or not before:
                continue
            text = document.text
            opens = not text[: mention.span.start].rstrip() or text[: mention.span.start].rstrip()[-1] in ".!?\n"
            word = "he" if chain.gender == "male" else "she"
            made = text[: mention.span.start] + (word.title() if opens else word) + text[mention.span.end :]
            again, others, _ = read(plain(document.name, made))
            answer = next((d for d in others if d.source is not None and d.source.start == mention.span.start), None)
            if answer is not None and answer.status == "shown":
                yield index, again, others, mention.span.start, chain.name


@dataclass(frozen=True, slots=True)
class Choice:
    """One pronoun: the features of each candidate, and which of them are right."""

    fold: str
    corpus: str
    candidates: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def choices_of_stories(folder: Path) -> Iterator[Choice]:
    """Pronouns in stories read by hand."""
    for name, context, drafts, pairs in stories(folder):
        by_source: dict[int, str] = {}
        for draft, item, _ in pairs:
            if draft.source is not None and pronoun_of(context, draft.source):
                by_source[draft.source.start] = item["speaker"]
        yield from _choices(name, "stories", context, drafts, by_source)


def _choices(
    fold: str, corpus: str, context: Context, drafts: Sequence[Draft], speakers: dict[int, str]
) -> Iterator[Choice]:
    told: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.source.start if d.source else d.span.start, d.span.start)):
        if draft.status != "shown" or draft.source is None:
            continue
        wanted = speakers.pop(draft.source.start, None)
        if wanted is not None:
            found = list(candidates(context, draft, told))
            right = tuple(same(context.chains[each.chain].name, wanted, "") for each, _ in found)
            if any(right):
                yield Choice(fold, corpus, tuple(tuple(features) for _, features in found), right)
        told.append(draft)


def choices_made(made: Sequence[Made]) -> Iterator[Choice]:
    """Pronouns made of names."""
    for index, context, drafts, place, name in made:
        yield from _choices(f"fold {index % 5}", "made", context, drafts, {place: name})


def fit_choices(choices: Sequence[Choice]) -> dict[str, float]:
    """Weights of the softmax over candidates."""
    seen = Counter(f for choice in choices for found in choice.candidates for f in set(found))
    weights = {feature: 0.0 for feature, count in seen.items() if count >= SEEN}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        for choice in choices:
            rows = [[f for f in found if f in weights] for found in choice.candidates]
            sums = [sum(weights[f] for f in row) for row in rows]
            top = max(sums)
            raised = [exp(each - top) for each in sums]
            total, good = sum(raised), sum(r for r, right in zip(raised, choice.right, strict=True) if right)
            for row, each, right in zip(rows, raised, choice.right, strict=True):
                error = (each / good if right else 0.0) - each / total
                for f in row:
                    slope = error - PULL * weights[f]
                    squares[f] += slope * slope
                    weights[f] += STEP * slope / sqrt(squares[f])
    return {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= LEAST}


def chosen_right(weights: dict[str, float], choice: Choice) -> bool:
    """Whether the likeliest candidate is right."""
    sums = [sum(weights.get(f, 0.0) for f in found) for found in choice.candidates]
    return choice.right[max(range(len(sums)), key=sums.__getitem__)]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Weights by feature."""
    seen = Counter(feature for example in examples for feature in set(example.features))
    weights = {feature: 0.0 for feature, count in seen.items() if count >= SEEN}
    squares = dict.fromkeys(weights, 1e-6)
    rows = [([f for f in example.features if f in weights], float(example.right)) for example in examples]
    for _ in range(ROUNDS):
        for found, right in rows:
            score = sum(weights[f] for f in found)
            error = right - logistic(score)
            for f in found:
                slope = error - PULL * weights[f]
                squares[f] += slope * slope
                weights[f] += STEP * slope / sqrt(squares[f])
    return {f: round(w, 3) for f, w in sorted(weights.items()) if abs(w) >= LEAST}


def scores(weights: dict[str, float], examples: Sequence[Example]) -> list[float]:
    """The raw score of each example."""
    return [sum(weights.get(f, 0.0) for f in example.features) for example in examples]


def threshold(ranked: Sequence[tuple[float, bool]], share: float) -> float:
    """The least probability from which on at least `share` are right."""
    right, best = 0, 1.0
    for count, (probability, is_right) in enumerate(sorted(ranked, reverse=True), 1):
        right += is_right
        if right / count >= share:
            best = probability
    return round(best, 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--quotes", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/tellings/data/en/quote"), help="folder")
    parser.add_argument("--print", action="store_true", help="the weights, largest first")
    arguments = parser.parse_args()
    texts = list(documents(arguments.quotes))
    made = list(made_pronouns(texts))
    choices = [*choices_of_stories(arguments.real), *choices_made(made)]
    folds = sorted({path.parent.name for path in arguments.real.glob("*/gold.json")}) + [f"fold {n}" for n in range(5)]
    models = {fold: fit_choices([each for each in choices if each.fold != fold]) for fold in folds}
    for corpus in ("stories", "made"):
        some = [each for each in choices if each.corpus == corpus]
        right = sum(chosen_right(models[each.fold], each) for each in some)
        nearest = sum(each.right[0] for each in some)
        print(f"pronouns, {corpus:8}: right {right}/{len(some)} out of fold, the nearest name {nearest}")
    examples = [
        *of_stories(arguments.real, models),
        *of_annotated(texts, arguments.quotes),
        *of_made_pronouns(made, models),
    ]
    held: list[tuple[Example, float]] = []
    for fold in sorted({example.fold for example in examples}):
        kept = [example for example in examples if example.fold == fold]
        held.extend(zip(kept, scores(fit([e for e in examples if e.fold != fold]), kept), strict=True))
    slope, offset = calibrated([(score, example.right) for example, score in held])
    ranked = [(example, logistic(slope * score + offset)) for example, score in held]
    loss = -sum(log(max(1e-9, p if e.right else 1 - p)) for e, p in ranked) / len(ranked)
    print(f"{len(examples)} examples, log loss out of fold {loss:.3f}, slope {slope:.2f}, offset {offset:.2f}")
    said_by: dict[str, float] = {}
    probably: dict[str, float] = {}
    for kind in ("pronoun", "other"):
        own = [(p, e.right) for e, p in ranked if e.kind == kind and e.corpus == "stories"]
        said_by[kind] = max(threshold(own, SAID_BY[kind]), LEAST_SURE[kind])
        rest = [(p, right) for p, right in own if p < said_by[kind]]
        probably[kind] = min(max(threshold(rest, PROBABLY[kind]), LEAST_LIKELY[kind]), said_by[kind])
        for corpus in ("stories", "polnear", "made"):
            some = [(p, e.right) for e, p in ranked if e.kind == kind and e.corpus == corpus]
            if some:
                parts = (
                    [right for p, right in some if p >= said_by[kind]],
                    [right for p, right in some if probably[kind] <= p < said_by[kind]],
                    [right for p, right in some if p < probably[kind]],
                )
                shares = ", ".join(f"{sum(part)}/{len(part)}" for part in parts)
                print(f"{kind:8} {corpus:8} {len(some):5}: said by, probably, unsure: {shares}")
    weights = fit(examples)
    if arguments.print:
        for feature, weight in sorted(weights.items(), key=lambda pair: pair[1]):
            print(f"{weight:7.2f} {feature}")
    model = Weights(weights, round(slope, 3), round(offset, 3), said_by, probably)
    pronouns = fit_choices(choices)
    for file, content in (("speakers.json", model), ("pronouns.json", pronouns)):
        (arguments.out / file).write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=0) + b"\n")
    print(f"{len(weights)} weights of certainty, {len(pronouns)} of pronouns")


if __name__ == "__main__":
    main()

"""Score links between event mentions of several tellings: same word, and the sentences tell one event.

    python eval/links.py --data DIR

DIR holds ecbplus.docs.jsonl, ecbplus.mentions.jsonl (ECB+, Cybulska & Vossen 2014) and gvc_dev.json (Gun Violence
Corpus, Vossen et al. 2018). On gold mentions of one sub-topic or incident, pairs of two documents: precision and recall
of pairs linked by the same stem alone, by the same stem and a shared name, and by the same stem in sentences that the
timeline takes to be of one theme (`tellings.across.chronology.themes`), on one day besides.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from tellings.across.chronology.themes import FEWEST_SHARED, SAME_THEME
from tellings.across.word_vectors import shared_words, stems

#: A word in more than this share of a group's sentences tells no event of it apart.
STORY_WIDE = 0.25


@dataclass(frozen=True, slots=True)
class Mention:
    """An event mention: document, chain, stem of its words, the other stems of its sentence, names in it."""

    doc: str
    chain: str
    stem: str
    words: frozenset[str]
    names: frozenset[str]


def mention(doc: str, chain: str, text: str, tokens: list[str]) -> Mention:
    """A mention in its sentence."""
    own = stems(text)
    names = {token.lower() for token in tokens[1:] if token[:1].isupper() and len(token) > 2}
    return Mention(
        doc, chain, own[-1] if own else text.lower(), frozenset(stems(" ".join(tokens))) - set(own), frozenset(names)
    )


def ecb(folder: Path) -> Iterator[list[Mention]]:
    """The mentions of each sub-topic of ECB+."""
    sentences, topics = {}, {}
    with (folder / "ecbplus.docs.jsonl").open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            sentences[told["id"]], topics[told["id"]] = told["sentences"], told["sub_topic"]
    groups: dict[str, list[Mention]] = defaultdict(list)
    with (folder / "ecbplus.mentions.jsonl").open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            if told["kind"] == "event" and told["doc"] in sentences and told["sentence"] < len(sentences[told["doc"]]):
                tokens = sentences[told["doc"]][told["sentence"]]
                groups[topics[told["doc"]]].append(mention(told["doc"], told["chain"], told["text"], tokens))
    yield from groups.values()


def gun_violence(folder: Path) -> Iterator[list[Mention]]:
    """The mentions of each topic of the Gun Violence Corpus."""
    corpus = json.loads((folder / "gvc_dev.json").read_text("utf-8"))
    tokens = {(doc["doc"], sent["id"]): sent["tokens"] for doc in corpus["docs"] for sent in doc["sents"]}
    topics = {doc["doc"]: doc["topic"] for doc in corpus["docs"]}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for told in corpus["mentions"]:
        sentence = tokens.get((told["doc_id"], told["sent_id"]), [])
        groups[topics[told["doc_id"]]].append(
            mention(told["doc_id"], str(told["gold_tag"]), told["mention_str"], sentence)
        )
    yield from groups.values()


def score(
    groups: list[list[Mention]], linked: Callable[[Mention, Mention, frozenset[str]], bool]
) -> tuple[int, int, int]:
    """Pairs rightly linked, linked, and of one chain."""
    right = given = wanted = 0
    for group in groups:
        counts = Counter(word for one in group for word in one.words)
        common = frozenset(word for word, count in counts.items() if count > max(3, STORY_WIDE * len(group)))
        for a, b in combinations(group, 2):
            if a.doc == b.doc:
                continue
            same = a.chain == b.chain
            wanted += same
            if a.stem == b.stem and linked(a, b, common):
                given += 1
                right += same
    return right, given, wanted


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args(arguments)
    if not (options.data / "ecbplus.docs.jsonl").is_file() or not (options.data / "gvc_dev.json").is_file():
        print(f"data absent: no ecbplus.docs.jsonl and gvc_dev.json in {options.data}", file=sys.stderr)
        return 2
    rules: dict[str, Callable[[Mention, Mention, frozenset[str]], bool]] = {
        "same stem": lambda a, b, common: True,
        "and a shared name": lambda a, b, common: bool(a.names & b.names),
        "and one theme": lambda a, b, common: (
            shared_words(a.words - common, b.words - common, FEWEST_SHARED) >= SAME_THEME
        ),
    }
    for name, groups in (("ECB+", list(ecb(options.data))), ("gun violence", list(gun_violence(options.data)))):
        print(f"{name}: {sum(map(len, groups))} mentions in {len(groups)} groups")
        for label, rule in rules.items():
            right, given, wanted = score(groups, rule)
            print(f"  {label:20} P {right / max(1, given):.3f} ({right} of {given})  R {right / max(1, wanted):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

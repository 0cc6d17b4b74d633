"""Score the people behind pronouns that are sources ("she said") against labels made by reading.

    python eval/pronouns.py [--data DIR] [--errors]

The labels (eval/pronouns/NAME.jsonl) hold places only: a pronoun, and a mention by name of the person it means. The
texts are NAME.docs.jsonl in DIR (default: $TELLINGS_DATA/quotes). An answer is right when the chain that the pronoun
was put into holds that mention, or one with the same words. Beside it, the plain rule: the last source before it with a
name.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.text import Span, View
from tellings.pipeline import spoken

LABELS = Path(__file__).parent / "pronouns"


def last_named_source(telling: Telling, position: int) -> int | None:
    """The chain of the last source before `position` that is a name."""
    best: tuple[int, int] | None = None
    for quote in telling.quotes:
        if quote.source is None or quote.source.end > position:
            continue
        for mention in telling.mentions:
            if mention.kind == "name" and mention.chain is not None and quote.source.contains(mention.span):
                best = max(best or (-1, -1), (mention.span.start, mention.chain))
    return best[1] if best else None


def means(telling: Telling, chain: int | None, antecedent: Span) -> bool:
    """Whether a chain is of the person whom the mention at `antecedent` names."""
    if chain is None:
        return False
    wanted = antecedent.of(telling.text)
    if " " not in wanted and telling.chains[chain].name.split()[-1] == wanted:
        return True
    for index in telling.chains[chain].mentions:
        mention = telling.mentions[index]
        if mention.kind == "name" and (mention.span.overlaps(antecedent) or mention.span.of(telling.text) == wanted):
            return True
    return False


def answered(telling: Telling, pronoun: Span) -> int | None:
    """The chain that a pronoun was put into; `None` where it was left open."""
    quoted = next(
        (q.speaker for q in telling.quotes if q.source and q.source.overlaps(pronoun) and q.speaker is not None), None
    )
    if quoted is not None:
        return quoted
    return next((m.chain for m in telling.mentions if m.kind == "pronoun" and m.span.overlaps(pronoun)), None)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the corpora  [default: $TELLINGS_DATA/quotes]")
    parser.add_argument("--errors", action="store_true", help="list what is wrong or open")
    options = parser.parse_args(arguments)
    folder = options.data or Path(os.environ.get("TELLINGS_DATA", "")) / "quotes"
    counts: Counter[str] = Counter()
    for labels in sorted(LABELS.glob("*.jsonl")):
        texts = folder / f"{labels.stem}.docs.jsonl"
        if not texts.is_file():
            print(f"data absent: no {texts.name} in {folder}; give --data DIR", file=sys.stderr)
            return 2
        documents = {told["doc_id"]: told["text"] for told in map(json.loads, texts.read_text("utf-8").splitlines())}
        tellings: dict[str, Telling] = {}
        for label in map(json.loads, labels.read_text("utf-8").splitlines()):
            name = label["doc_id"]
            if name not in tellings:
                view = View.plain(documents[name])
                document = Document(
                    name, name, name, "text/plain", view, DocumentDate(date(2016, 6, 1), "given", "given")
                )
                tellings[name] = spoken(document, model=False)
            telling = tellings[name]
            pronoun, antecedent = Span(label["start"], label["end"]), Span(*label["antecedent"])
            ours, plain = answered(telling, pronoun), last_named_source(telling, pronoun.start)
            counts["all"] += 1
            counts["answered"] += ours is not None
            counts["right"] += means(telling, ours, antecedent)
            counts["plain"] += means(telling, plain, antecedent)
            if options.errors and not means(telling, ours, antecedent):
                given = telling.chains[ours].name if ours is not None else "open"
                before = telling.text[max(0, pronoun.start - 260) : pronoun.start].replace("\n", "¶")
                print(f"{antecedent.of(telling.text)} | {given} | {before}[{pronoun.of(telling.text)}]")
    total = counts["all"]
    print(
        f"{total} pronouns: right {counts['right'] / total:.3f}, open {1 - counts['answered'] / total:.3f}, "
        f"right of those answered {counts['right'] / max(counts['answered'], 1):.3f}; "
        f"the last named source: right {counts['plain'] / total:.3f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

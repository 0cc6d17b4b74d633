"""Score `tellings check` on drafts whose lines were judged by reading: summaries by a reporter, or by a language model.

    python eval/summaries.py --data DIR --drafts FOLDER [--list]

DIR/NAME/docs.jsonl holds the articles of a story, one a line. FOLDER holds drafts, FOLDER/*.json, each about one story:

    {"story": NAME, "lines": [{"text": "…", "flaw": null}, {"text": "…", "flaw": "wrong-speaker", "flawed": "…"}]}

Each line is a paragraph of its own, or, where `goes_on` is true, goes on in the one before it. A line is sound (`flaw`
null), or has one flaw, of any kind, in the words `flawed`. A flaw is *caught* where a verdict
that speaks against the draft lies on those words, or, of a quotation and its speaker, anywhere in the line; with a
verdict that names what the articles have instead (all but "not found") it is *told*. An *alarm* is such a verdict on a
sound line; those that say only "not found" are counted by themselves, too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from check import read_story, telling_of  # eval/check.py

from tellings.across.checking import checked
from tellings.across.checking.sources import Sources
from tellings.model.text import Span
from tellings.model.verdicts import AGAINST

#: Kinds of flaws that lie on a line as a whole, by a word of theirs.
OF_A_LINE = ("speaker", "quot")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--drafts", type=Path, required=True)
    parser.add_argument("--list", action="store_true", help="every flaw that was missed, and every alarm")
    given = parser.parse_args()
    sources: dict[str, Sources] = {}
    lines, caught, told = Counter[str](), Counter[str](), Counter[str]()
    alarms, without, lesser = Counter[str](), 0, 0
    for file in sorted(given.drafts.glob("*.json")):
        draft = json.loads(file.read_text("utf-8"))
        if draft["story"] not in sources:
            sources[draft["story"]] = Sources(read_story(given.data / draft["story"]))
        text, spans = "", []
        for line in draft["lines"]:
            text += "" if not text else " " if line.get("goes_on") else "\n\n"
            spans.append(Span(len(text), len(text) + len(line["text"])))
            text += line["text"]
        found = [one for one in checked(telling_of(text), sources[draft["story"]]) if one.verdict in AGAINST]
        for span, line in zip(spans, draft["lines"], strict=True):
            here = [one for one in found if one.span.overlaps(span)]
            flaw = line.get("flaw")
            if flaw is None:
                lines["sound"] += 1
                without += not here
                lesser += bool(here) and all(one.verdict == "not found" for one in here)
                alarms.update(f"{one.kind}: {one.verdict}" for one in here)
            else:
                at = line["text"].find(line.get("flawed") or "\0")
                words = Span(span.start + at, span.start + at + len(line["flawed"])) if at >= 0 else span
                whole = any(word in flaw for word in OF_A_LINE)
                hits = [one for one in here if whole or one.span.overlaps(words)]
                lines[flaw] += 1
                caught[flaw] += bool(hits)
                told[flaw] += any(one.verdict != "not found" for one in hits)
            if given.list and (bool(here) if flaw is None else not hits):
                verdicts = "; ".join(
                    f"{one.kind} {one.verdict} [{one.provenance.rule}]: {one.span.of(text)}" for one in here
                )
                print(f"{'ALARM' if flaw is None else 'MISSED'} {file.stem} [{flaw}] {line['text']}\n    {verdicts}")
    flaws = [flaw for flaw in sorted(lines) if flaw != "sound"]
    print(f"{'':28}{'lines':>7}{'caught':>8}{'told':>7}")
    for flaw in flaws:
        print(f"{flaw:28}{lines[flaw]:7}{caught[flaw]:8}{told[flaw]:7}")
    number = sum(lines[flaw] for flaw in flaws)
    print(f"{'all flaws':28}{number:7}{caught.total():8}{told.total():7}")
    print(f"{'sound lines with an alarm':28}{lines['sound']:7}{lines['sound'] - without:8}")
    print(f"{'  with no more than not found':28}{'':7}{lesser:7}")
    for alarm, times in alarms.most_common():
        print(f"  {alarm}: {times}")


if __name__ == "__main__":
    main()

"""All that is known of each quotation in the cases and rules of its room, as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from golden.lines import lines
from golden.stories import FOLDER, LEFT_OF_QUOTATIONS, text_of

from tellings.model.rules import load
from tellings.quotes import find

#: Who speaks in which words, and by which cue, stands in the cases, and where in what each quotation rests on.
_LEFT = LEFT_OF_QUOTATIONS | {"source", "cue"}
#: Cases of the quotations room, and the day on which they are told.
_CASES, _DAY = FOLDER.parent / "cases" / "quotes", date(2019, 3, 6)


def cases() -> str:
    """All that is known of each quotation in the cases of the quotations room, which say less of it themselves."""
    return text_of(
        line
        for case in sorted(_CASES.glob("*.txt"))
        for line in (f"{case.stem}:", *_quotations(case.read_text(encoding="utf-8")))
    )


def rules() -> str:
    """The same for the examples of its rules, those that a rule must find and those that it must pass over."""
    return text_of(
        line
        for rule in load("en", "quote").rules
        for words in (*(words for words, _ in rule.yes), *rule.no)
        for line in (f"{rule.name}: {words}", *_quotations(words))
    )


def _quotations(text: str) -> Iterator[str]:
    return lines(find(text, dct=_DAY), "quotation", text, 1, leave=_LEFT)

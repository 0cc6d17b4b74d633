"""Exports of press databases: many articles in one file, each made a telling of its own, with its outlet and day.

They come as text, RTF, DOCX, HTML and PDF alike. So they are told by the text that a reader sees, after the file was
read: one that is no such export stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tellings.edge.readers.press.cutting import Cut, cut_out
from tellings.edge.readers.press.formats import factiva, nexis, proquest
from tellings.edge.readers.telling import Outcome, Read, left_out
from tellings.model.counted import count
from tellings.model.records import Problem

#: Name of the database → what finds its articles in a text.
_FORMATS: dict[str, Callable[[str], list[Cut]]] = {"nexis": nexis, "factiva": factiva, "proquest": proquest}
#: What every export has: no other text is looked at closely.
_SIGNS = ("End of Document", "DOCUMENTS", "DOKUMENT", "Document ")


#: Characters outside of the articles, of a cover page or a search, that are told of; fewer are lines between articles.
_TOLD = 200


def articles_of(outcome: Outcome) -> Outcome:
    """`outcome` with each telling that is an export parted into its articles, and what stands outside of them named."""
    tellings: list[Read] = []
    problems = list(outcome.problems)
    for read in outcome.tellings:
        text = read.view.text
        found: tuple[str, list[Cut]] | None = None
        if any(sign in text for sign in _SIGNS):
            found = next(((name, cuts) for name, find in _FORMATS.items() if (cuts := find(text))), None)
        if found is None:
            tellings.append(read)
            continue
        name, cuts = found
        tellings.extend(cut_out(read, cuts, name))
        problems.extend(_outside(read, cuts))
    return replace(outcome, tellings=tuple(tellings), problems=tuple(problems))


def _outside(read: Read, cuts: list[Cut]) -> Iterator[Problem]:
    """What of a file is in none of its articles."""
    starts, ends = [*(cut.start for cut in cuts), len(read.view.text)], [0, *(cut.end for cut in cuts)]
    rest = [read.view.text[end:start].strip() for end, start in zip(ends, starts, strict=True)]
    letters = sum(len(each) for each in rest)
    if letters > _TOLD:
        begins = " ".join(max(rest, key=len).split())[:60]
        yield left_out(read.name, f"{letters:,} characters outside of its {count(len(cuts), 'article')}: “{begins} …”")

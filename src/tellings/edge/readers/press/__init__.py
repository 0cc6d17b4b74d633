"""Exports of press databases: many articles in one file, each made a telling of its own, with its outlet and day.

They come as text, RTF, DOCX, HTML and PDF alike. So they are told by the text that a reader sees, after the file was
read: one that is no such export stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tellings.edge.readers.press.cutting import Cut, cut_out, outside
from tellings.edge.readers.press.formats import factiva, nexis, proquest
from tellings.edge.readers.telling import Outcome, Read

#: Name of the database → what finds its articles in a text.
_FORMATS: dict[str, Callable[[str], list[Cut]]] = {"nexis": nexis, "factiva": factiva, "proquest": proquest}
#: What every export has: no other text is looked at closely.
_SIGNS = ("End of Document", "DOCUMENTS", "DOKUMENT", "Document ")


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
        starts, ends = [*(cut.start for cut in cuts), len(text)], [0, *(cut.end for cut in cuts)]
        problems.extend(
            outside(read.name, [text[end:start] for end, start in zip(ends, starts, strict=True)], len(cuts))
        )
    return replace(outcome, tellings=tuple(tellings), problems=tuple(problems))

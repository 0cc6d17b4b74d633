"""Exports of press databases: many articles in one file, each made a telling of its own, with its outlet and day.

They come as text, RTF, DOCX, HTML and PDF alike. So they are told by the text that a reader sees, after the file was
read: one that is no such export stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tellings.edge.readers.press.cutting import Cut, cut_out, outside
from tellings.edge.readers.press.formats import factiva, nexis, proquest
from tellings.edge.readers.press.numbered import europresse_text, pressreader
from tellings.edge.readers.telling import Outcome, Read

#: Name of the database → what finds its articles in a text.
_FORMATS: dict[str, Callable[[str], list[Cut]]] = {
    "nexis": nexis,
    "factiva": factiva,
    "proquest": proquest,
    "europresse": europresse_text,
    "pressreader": pressreader,
}
#: What every export has one of: no other text is looked at closely.
_SIGNS = ("End of Document", "DOCUMENTS", "DOKUMENT", "Document ", "·", "pressreader.com/", "Article Name")

#: Kinds of problems of a page: what of it is shown as residue, and that it is no article.
_OF_A_PAGE = ("left-out", "no-article")


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
        if read.media_type == "text/html":  # what was said of it as a page does not hold for its articles
            problems = [each for each in problems if each.place != read.name or each.kind not in _OF_A_PAGE]
        tellings.extend(cut_out(read, cuts, name))
        starts, ends = [*(cut.start for cut in cuts), len(text)], [0, *(cut.end for cut in cuts)]
        problems.extend(
            outside(read.name, [text[end:start] for end, start in zip(ends, starts, strict=True)], len(cuts))
        )
    return replace(outcome, tellings=tuple(tellings), problems=tuple(problems))

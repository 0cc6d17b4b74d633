"""The lines of a brief, or of news: every sentence cited, none written."""

from __future__ import annotations

from collections.abc import Iterable

from tellings.across.standing_alone import who_is_meant
from tellings.model.record import DigestLine
from tellings.model.records import DigestSentence
from tellings.tell.cite import Citations
from tellings.tell.line_ids import named


def digest_lines(citations: Citations, sentences: Iterable[DigestSentence]) -> tuple[DigestLine, ...]:
    """The lines of `sentences`, in their order."""
    lines = [
        DigestLine(
            id=f"b{number}",
            words=citations.at(each.place),
            when=each.when,
            also=tuple(citations.at(place) for place in each.alike),
            same=each.same,
            origins=each.origins,
            who=who_is_meant(citations.tellings[each.place.telling], each.place.span),
            why=citations.why(each.provenance),
        )
        for number, each in enumerate(sentences, start=1)
    ]
    return named(citations.anchors, lines)

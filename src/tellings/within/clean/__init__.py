"""Which parts of a telling tell the story, and which are residue: the blocks that tile its text.

Precision before recall: what no rule names is story. Residue is never cut away, only named, with the
rule that named it (`data/<language>/residue/*.toml`).
"""

from __future__ import annotations

from functools import lru_cache

from tellings.language.base import UNDECLARED, Language, language_of
from tellings.model.records import DECIDED, Block, BlockKind, Document, Provenance
from tellings.model.text import Span
from tellings.within.clean.authors import mark_about_the_author
from tellings.within.clean.headings import mark_headings
from tellings.within.clean.inline import Piece, cut
from tellings.within.clean.lines import Line, join_columns, join_wrapped, split_lines
from tellings.within.clean.marks import mark_by_neighbours, mark_by_rules

__all__ = ["clean"]

#: What white space alone is.
_WHITE: tuple[BlockKind, str] = ("boilerplate", "white space")

#: From so many paragraphs on a story has got going, and at the latest behind so many lines.
_GOING, _EARLIEST = 2, 12


def clean(document: Document, language: Language | None = None) -> tuple[Block, ...]:
    """The blocks of `document`, in order; together they are its text. None for an empty text.

    `language`: whose rules name the residue; by default that of texts that declare none.

    1. split the text into lines, each with what mark-up says of it; columns are one; 2. name lines by rules;
    3. name lines by their neighbours (credit blocks, names over captions, lists of links);
    4. name headlines, subheadings and list items; 5. put wrapped lines together, and name what is said of the author
    below the story; 6. cut residue out
    of paragraphs (datelines, signatures of embeds, headlines of other stories); 7. tile; 8. what a person decided.
    """
    text, language = document.text, language or language_of(UNDECLARED)
    # 1. lines
    lines = join_columns(split_lines(text, document.hints))
    # 2. rules
    mark_by_rules(lines, language)
    # 3. neighbours
    mark_by_neighbours(lines, language)
    # 4. headings
    mark_headings(lines, document.title.value if document.title else "", hinted=_paragraphs_known(document))
    # 5. wrapped lines
    paragraphs = join_wrapped(lines)
    mark_about_the_author(paragraphs, document.author.value if document.author else None, language)
    # 6. residue inside
    early = _early(paragraphs)
    pieces = [
        piece
        for place, line in enumerate(paragraphs)
        for piece in cut(text, line, language, first=place == 0, early=place < early)
    ]
    # 7. tile, 8. decided
    return tuple(_as_decided(block, document) for block in _tiled(text, pieces))


def _paragraphs_known(document: Document) -> bool:
    """Whether mark-up tells which lines are paragraphs, so that the others need no guess."""
    return any(hint.kind == "paragraph" for hint in document.hints)


def _early(lines: list[Line]) -> int:
    """How many lines come before the story has got going, where datelines stand."""
    paragraphs = 0
    for place, line in enumerate(lines[:_EARLIEST]):
        if paragraphs == _GOING:
            return place
        paragraphs += line.kind == "paragraph"
    return _EARLIEST


def _tiled(text: str, pieces: list[Piece]) -> tuple[Block, ...]:
    if not text:
        return ()
    if not pieces:
        return (_block(Span(0, len(text)), *_WHITE),)
    starts = [0, *(piece.start for piece in pieces[1:]), len(text)]
    return tuple(
        _block(Span(start, end), piece.kind, piece.rule)
        for start, end, piece in zip(starts, starts[1:], pieces, strict=False)
    )


def _as_decided(block: Block, document: Document) -> Block:
    for each in document.decided:
        if each.kind != "speaker" and each.span.overlaps(block.span) and (each.kind == "story") != block.story:
            return _block(block.span, "paragraph" if each.kind == "story" else "boilerplate", DECIDED)
    return block


def _block(span: Span, kind: BlockKind, rule: str) -> Block:
    return Block(span, kind, _why(rule))


@lru_cache(maxsize=1024)
def _why(rule: str) -> Provenance:
    return Provenance("clean", rule)

"""A newsletter that tells several stories: each one a telling of its own.

A story begins with a headline that leads to it and has a text behind it; a newsletter that is one article has no more
than one such headline. What stands between the stories, and lines that only lead elsewhere, are no text of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tellings.edge.readers.html.scan import Stretch, scan
from tellings.edge.readers.html.weighed import LEFT_OUT, size_of
from tellings.edge.readers.press.cutting import Cut, cut_out, outside
from tellings.edge.readers.telling import Outcome, Read
from tellings.model.records import STORY_KINDS, Attested, BlockKind

#: Words of a headline, and fewest words of the text behind it: those of a brief.
_SHORTEST, _LONGEST, _BRIEF = 3, 25, 15
#: Share of the letters of a headline that are a link, and of a line that leads elsewhere.
_LINK = 0.8
#: Fewest stories of a newsletter of several, and the share of its words that are theirs.
_FEWEST, _SHARE = 2, 0.5
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_ENDS = (".", "!", "…", ":", ";", ",")


def each_story(outcome: Outcome, content: str) -> Outcome:
    """`outcome`, the telling of the HTML `content` of a newsletter, parted into its stories where it has several."""
    if len(outcome.tellings) != 1:
        return outcome
    (read,) = outcome.tellings
    cuts = _stories(read, content)
    if len(cuts) < _FEWEST:
        return outcome
    text = read.view.text
    starts, ends = [*(cut.start for cut in cuts), len(text)], [0, *(cut.end for cut in cuts)]
    rest = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    # What was said of the whole as one page does not hold for its stories.
    problems = [each for each in outcome.problems if each.kind not in ("left-out", "no-article")]
    return replace(
        outcome,
        tellings=cut_out(read, cuts, "newsletter"),
        problems=(*problems, *outside(read.name, rest, len(cuts))),
    )


def _stories(read: Read, content: str) -> list[Cut]:
    page = scan(content)
    if page.view.text != read.view.text:
        return []
    text, stretches = read.view.text, page.stretches
    heads = [place for place, stretch in enumerate(stretches) if _is_headline(stretch, text)]
    if len(heads) < _FEWEST:
        return []
    sizes = [0 if _leads_on(stretch, text) else size_of(stretch.span.of(text)) for stretch in stretches]
    sections = [
        (head, end)
        for head, end in zip(heads, [*heads[1:], len(stretches)], strict=True)
        if _has_text(sizes, head, end)
    ]
    if sum(sum(sizes[head:end]) for head, end in sections) < _SHARE * sum(sizes):
        return []
    return [_cut(read, stretches[head:end]) for head, end in sections]


def _has_text(sizes: Sequence[int], head: int, end: int) -> bool:
    return sum(sizes[head + 1 : end]) >= _BRIEF


def _leads_on(stretch: Stretch, text: str) -> bool:
    """Whether a line is little else than a link."""
    return stretch.linked >= _LINK * stretch.characters(text)


def _is_headline(stretch: Stretch, text: str) -> bool:
    own = stretch.span.of(text).strip()
    if not _leads_on(stretch, text) or not _SHORTEST <= len(own.split()) <= _LONGEST:
        return False
    return bool(_HEADINGS & {each.tag for each in stretch.element.ancestors(4)}) or not own.endswith(_ENDS)


def _cut(read: Read, stretches: Sequence[Stretch]) -> Cut:
    text = read.view.text
    head, rest = stretches[0], stretches[1:]
    hints = {hint.span.start: hint for hint in read.hints}
    marks: list[tuple[int, int, BlockKind]] = [(head.start, head.end, "headline")]
    for each in rest:
        hint = hints.get(each.start)
        if _leads_on(each, text):
            marks.append((each.start, each.end, "related"))
        elif hint is not None and hint.kind not in STORY_KINDS and hint.rule != f"html: {LEFT_OUT}":
            marks.append((each.start, each.end, hint.kind))
    title = " ".join(head.span.of(text).split())
    told = replace(read.metadata, title=Attested(title, "headline in the newsletter"), url=None)
    return Cut(head.start, rest[-1].end, told, tuple(marks), (head.end, rest[-1].end))

"""Runs of capitalised words, cut where one holds two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tellings.model.text import Span
from tellings.within.mentions.lists import NameLists

#: Words that a name behind an office, or of a photo agency, has at most.
_MOST_WORDS, _MOST_OF_AGENCY = 4, 2
#: Words before the joint of a body's name that begin with the country it is of.
_COUNTRY_AND_FIELD = 2
#: Characters before a run in which an office and what it is of stand.
_OFFICE = 90
#: … in which an article stands.
_ARTICLE = 5
_HYPHEN = re.compile("[-–]")
#: What stands between a photographer, or another agency, and an agency.
_BEFORE_AGENCY = ("/ ", "/", "• ", "| ")
_APOSTROPHES = ("’", "'", "‘")


class Run(NamedTuple):
    """Capitalised words, one space or non-breaking space apart, and where the first begins."""

    start: int
    words: list[str]

    @property
    def span(self) -> Span:
        """Where they stand."""
        return Span(self.start, self.start + sum(map(len, self.words)) + len(self.words) - 1)

    def cut(self, first: int, last: int) -> Run:
        """The words from number `first` up to `last`, not included."""
        if first == 0 and last == len(self.words):
            return self
        return Run(self.start + sum(map(len, self.words[:first])) + first, self.words[first:last])


def runs_in(text: str, span: Span, lists: NameLists) -> Iterator[Run]:
    """The runs of a sentence, in order.

    Cut 1. where two names are joined: "Quill and Holm"; 2. where one stands twice; 3. behind whose credit it begins
    with; 4. behind an outlet that was told what follows; 5. behind an office, and behind a body that an office is of.
    """
    for match in lists.run.finditer(text, span.start, span.end):
        for joined in _split(match, lists):  # 1
            if len(joined.words) == 1:
                yield joined
                continue
            for single in _twice(joined):  # 2
                for credited in _credits(text, single, lists):  # 3
                    for run in _listeners(text, credited, lists):  # 4
                        for held in _offices(run, lists):  # 5
                            yield from _holders(text, held, lists)


def is_outlet_word(word: str, lists: NameLists) -> bool:
    """Whether outlets' names end with a word, or with a part of it: "Times-News"."""
    folded = word.casefold().strip(".")
    return folded in lists.outlet_words or ("-" in folded and not lists.outlet_words.isdisjoint(_HYPHEN.split(folded)))


def _split(found: re.Match[str], lists: NameLists) -> list[Run]:
    """A run, cut where it joins two names: "Quill and Holm", possessives."""
    start, stretch = found.start(), found[0]
    if " " not in stretch:
        return [_run(start, stretch, lists)]
    pieces: list[tuple[int, int]] = []
    begin = 0
    for joint in lists.joint.finditer(stretch):
        left, right = stretch[begin : joint.start()], stretch[joint.end() :]
        owns = joint.group().startswith(_APOSTROPHES)
        article = not owns and not begin and _behind_an_article(found, lists)
        one = _owned(left, right, lists) if owns else _one_organisation(left, right, lists, article)
        if joint.group().strip() == "&" or one:
            continue
        pieces.append((begin, joint.start()))
        begin = joint.end()
    pieces.append((begin, len(stretch)))
    return [_run(start + begin, stretch[begin:end], lists) for begin, end in pieces if end > begin]


def _run(start: int, written: str, lists: NameLists) -> Run:
    """The run that stands at `start`, without the ending of a possessive."""
    words = written.replace("\u00a0", " ").split(" ")
    if tail := lists.possessive.search(words[-1]):
        words[-1] = words[-1][: tail.start()]
    return Run(start, words)


def _behind_an_article(found: re.Match[str], lists: NameLists) -> bool:
    """Whether an article stands right before a run."""
    start = found.start()
    return lists.article_before.search(found.string, max(0, start - _ARTICLE), start) is not None


def _owned(left: str, right: str, lists: NameLists) -> bool:
    """Whether what stands before a possessive is a part of the name: "the People's |Daily"."""
    return left.split()[-1] in lists.owners and right.split()[0] in lists.owned


def _one_organisation(left: str, right: str, lists: NameLists, article: bool) -> bool:
    """Whether what stands before a joint and behind it is the name of one body: "Sound and Isles Ferries", where the
    last word says what both are; behind an article any later word may: "the |Old and New Boats| Society of Osk"."""
    words = lists.organisations
    before, behind = left.split(), [word.casefold() for word in right.split()]
    if any(word.casefold() in words for word in before) or before[-1] in lists.completed:
        return True
    if len(before) > 1 and before[0].casefold() in lists.articles:
        before, article = before[1:], True
    if len(before) == _COUNTRY_AND_FIELD and (
        before[0].isupper() or before[0].casefold() in lists.peoples | lists.openers
    ):
        before = before[1:]  # "the US |Roads| and Bridges Agency"
    if len(before) != 1 or before[0] in lists.given or before[0].casefold() in lists.bodies_alone:
        return False
    return behind[-1] in words or (article and not words.isdisjoint(behind[1:]))


def _twice(run: Run) -> Iterator[Run]:
    """A run cut in its middle where both halves are one name: a caption and the sentence behind it."""
    half, odd = divmod(len(run.words), 2)
    if half and not odd and run.words[:half] == run.words[half:]:
        yield run.cut(0, half)
        yield run.cut(half, len(run.words))
    else:
        yield run


def _credits(text: str, run: Run, lists: NameLists) -> Iterator[Run]:
    """A run cut behind a photo agency that it begins with: "Getty Images |Ana Vell said"; behind a slash or a
    dot, which parts it from a photographer, an agency of news is one: "Karl Moe / Reuters |The Merrin Council said"."""
    is_parted = text[max(0, run.start - 2) : run.start].endswith(_BEFORE_AGENCY)
    agencies = lists.crediting if is_parted else lists.photo_agencies
    for length in range(min(_MOST_OF_AGENCY, len(run.words) - 1), 0, -1):
        if " ".join(run.words[:length]).casefold() in agencies:
            yield run.cut(0, length)
            yield run.cut(length, len(run.words))
            return
    yield run


def _listeners(text: str, run: Run, lists: NameLists) -> Iterator[Run]:
    """A run cut behind the outlet that was told what the rest is the subject of: "told Osk Herald |Vell had left"."""
    words = run.words
    at = _outlet_end(words, lists)
    if (
        at
        and lists.told_before.search(text, max(0, run.start - 20), run.start)
        and lists.clause_after.match(text, run.span.end)
    ):
        yield run.cut(0, at)
        yield run.cut(at, len(words))
    else:
        yield run


def _outlet_end(words: list[str], lists: NameLists) -> int:
    """Number of words of the outlet that a run begins with; 0 where it begins with none, or is nothing else."""
    ends = (number for number in range(len(words) - 1, 1, -1) if is_outlet_word(words[number - 1], lists))
    return next(ends, 1 if words[0].casefold() in lists.outlets else 0)


def _offices(run: Run, lists: NameLists) -> Iterator[Run]:
    """A run cut behind an office that stands inside it: "Merrin Port Director |Ana Vell"; what the office is of comes
    before."""
    offices, office_words = lists.titles, lists.office_words
    words = run.words
    last = len(words) - 1
    if last < 2:
        yield run
        return
    held = [lists.held(word) for word in words]
    at = next((i for i in range(last - 1, 0, -1) if held[i] in offices or held[i].casefold() in lists.office_ends), 0)
    if (
        not at
        or words[-1].casefold().strip(".") in lists.things
        or words[at + 1] in lists.links
        or last - at > _MOST_WORDS
    ):
        yield run
        return
    before = at
    while before > 0 and (words[before].casefold() in office_words or words[before] in offices):
        before -= 1
    if before > 0 or words[0].casefold() not in office_words:
        yield run.cut(0, max(1, min(before + 1, at)))
    yield run.cut(at, last + 1)


def _holders(text: str, run: Run, lists: NameLists) -> Iterator[Run]:
    """A run cut behind the body that an office before it is of: "Director of Merrin's Roads Committee |Ana Vell"."""
    words = run.words
    folded = [word.casefold() for word in words]
    ends = (number for number in range(len(words) - 2, 0, -1) if folded[number - 1] in lists.organisations)
    at = next(ends, 0)
    if not at and len(words) > 2 and words[1] in lists.given and words[0] not in lists.given:
        at = 1  # "Attorney for Merrin |Ana Vell"
    held = at and lists.things.isdisjoint(folded[at:]) and lists.links.isdisjoint(words[at:])
    before = text[max(0, run.start - _OFFICE) : run.start]
    if held and len(words) - at <= _MOST_WORDS and lists.office_before.search(before):
        yield run.cut(0, at)
        yield run.cut(at, len(words))
    else:
        yield run

"""Runs of capitalised words that name something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tellings.language.base import Language
from tellings.model.records import Block, EntityKind, Gender, Sentence
from tellings.model.rules import DIGITS, WORD, words_in
from tellings.model.text import Span
from tellings.within.mentions.lists import NameLists, name_lists

_NO_SMALL_LETTER = re.compile(r"[^\W\d_a-z]")
_APOSTROPHE = re.compile("[’'‘]")
#: Characters before a name within which a role may stand.
_ROLE_REACH = 30


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised run: `span` without titles or possessive, its words, and what its neighbours say of it."""

    span: Span
    words: tuple[str, ...]
    kind: EntityKind
    gender: Gender
    titled: bool
    role: str | None
    speaks: bool = False


class _Run(NamedTuple):
    """Capitalised words, one space or non-breaking space apart, and where the first begins."""

    start: int
    words: list[str]

    @property
    def span(self) -> Span:
        """Where they stand."""
        return Span(self.start, self.start + sum(map(len, self.words)) + len(self.words) - 1)

    def cut(self, first: int, last: int) -> _Run:
        """The words from number `first` up to `last`, not included."""
        if first == 0 and last == len(self.words):
            return self
        return _Run(self.start + sum(map(len, self.words[:first])) + first, self.words[first:last])


class Inside:
    """Whether a position lies in one of some sorted spans, nested ones among them: `position in inside`."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        # Nested stretches lie inside their outer one; looking back a few covers them.
        return any(position < span.end for span in self._spans[max(0, index - 3) : index + 1])


def find_names(
    text: str,
    blocks: tuple[Block, ...],
    sentences: tuple[Sentence, ...],
    quotations: tuple[Span, ...],
    language: Language,
) -> tuple[Name, ...]:
    """Names in story sentences, sorted by span.

    In Title Case lines only names that also stand in running text are taken: capitals tell nothing there.
    """
    lists = name_lists(language)
    opener_positions = {span.start + 1 for span in quotations}
    plain: list[tuple[_Run, bool]] = []
    titles: list[_Run] = []
    for sentence in sentences:
        title_case = blocks[sentence.block].kind in ("headline", "subheading") or _is_title_case(
            text, sentence.span, lists
        )
        first = sentence.span.start
        while first < sentence.span.end and not text[first].isalnum():
            first += 1
        for match in lists.run.finditer(text, sentence.span.start, sentence.span.end):
            for run in _offices(_split(match.start(), match[0], lists), lists):
                if title_case:
                    titles.append(run)
                else:
                    plain.append((run, run.start == first or run.start in opener_positions))
    inner_words = Counter(word for run, initial in plain for word in run.words[1 if initial else 0 :])
    found: list[Name] = []
    for run, initial in plain:
        if name := _name(text, run, initial, inner_words, lists):
            found.append(name)
    found += _in_titles(text, titles, found, lists)
    return tuple(sorted({name.span: name for name in found}.values(), key=lambda name: name.span))


def _in_titles(text: str, titles: list[_Run], names: list[Name], lists: NameLists) -> Iterator[Name]:
    """The names that also stand in running text, in runs of capitalised words that may be none; the longest first."""
    known = {name.words for name in names} | {(word,) for name in names if name.kind == "person" for word in name.words}
    lengths: dict[str, set[int]] = {}
    for name in known:
        lengths.setdefault(name[0], set()).add(len(name))
    for run in titles:
        words, start = run.words, 0
        while start < len(words):
            fitting = (
                start + length
                for length in sorted(lengths.get(words[start], ()), reverse=True)
                if start + length <= len(words) and tuple(words[start : start + length]) in known
            )
            end = next(fitting, start)
            if end > start:
                yield _describe(text, run.cut(start, end), lists)
            start = max(end, start + 1)


def _is_title_case(text: str, span: Span, lists: NameLists) -> bool:
    small = lists.small_words
    if len(_NO_SMALL_LETTER.findall(text, span.start, span.end)) < 0.8 * len(
        words_in(span.of(text)) - small - {DIGITS}
    ):
        return False  # too few capitals for so many words
    words = [word for word in WORD.findall(text, span.start, span.end) if word.casefold() not in small]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _split(start: int, stretch: str, lists: NameLists) -> list[_Run]:
    """The run `stretch` that stands at `start`, cut where it joins two names: "Teigen and Legend", possessives, words
    that only open."""
    pieces: list[tuple[int, int]] = []
    begin = 0
    for joint in lists.joint.finditer(stretch) if " " in stretch else ():
        left, right = stretch[begin : joint.start()], stretch[joint.end() :]
        if joint.group().strip() == "&" or (
            not joint.group().startswith(("’", "'", "‘")) and _one_organisation(left, right, lists)
        ):
            continue
        pieces.append((begin, joint.start()))
        begin = joint.end()
    pieces.append((begin, len(stretch)))
    runs = []
    for begin, end in pieces:
        if end > begin:
            words = stretch[begin:end].replace("\u00a0", " ").split(" ")
            if tail := lists.possessive.search(words[-1]):
                words[-1] = words[-1][: tail.start()]
            runs.append(_Run(start + begin, words))
    return runs


def _offices(runs: list[_Run], lists: NameLists) -> Iterator[_Run]:
    """Runs cut behind an office that stands inside them: "Merrin Port Director |Ana Vell"; what the office is of comes
    before."""
    offices, office_words, roles = lists.titles, lists.office_words, lists.roles
    for run in runs:
        words = run.words
        last = len(words) - 1
        if last < 2:
            yield run
            continue
        at = next((i for i in range(last - 1, 0, -1) if words[i] in offices or words[i].casefold() in roles), 0)
        if not at or words[-1].casefold().strip(".") in lists.things or words[at + 1] in lists.links or last - at > 4:
            yield run
            continue
        before = at
        while before > 0 and (words[before].casefold() in office_words or words[before] in offices):
            before -= 1
        if before > 0 or words[0].casefold() not in office_words:
            yield run.cut(0, max(1, min(before + 1, at)))
        yield run.cut(at, last + 1)


def _one_organisation(left: str, right: str, lists: NameLists) -> bool:
    words = lists.organisations
    if any(word.casefold() in words for word in left.split()) or left.split()[-1] in lists.completed:
        return True
    # "Sound and Isles Ferries": the last word says what both are.
    return right.split()[-1].casefold() in words and left.split()[0] not in lists.given and len(left.split()) == 1


def _name(text: str, run: _Run, initial: bool, inner_words: Counter[str], lists: NameLists) -> Name | None:
    """The name in a run, without sentence openers and calendar words at its edges; `None` when nothing is left."""
    words = run.words
    first, last, initial = _inner(words, initial, lists)
    if first >= last or (last - first == 1 and initial and words[first].casefold() in lists.roles):
        return None
    name = _describe(text, run.cut(first, last), lists)
    return None if _says_too_little(name, initial, inner_words) else name


def _inner(words: list[str], initial: bool, lists: NameLists) -> tuple[int, int, bool]:
    """First and last word (excluded) of the name in a run, and whether it begins its sentence."""
    first, last = 0, len(words)
    while first < last and (
        _bare(words[first]) in lists.openers
        or words[first] in lists.links
        or (last - first > 1 and words[first] in lists.former)
    ):
        initial = False
        first += 1
    while last > first and (words[last - 1].casefold() in lists.openers or words[last - 1] in lists.links):
        last -= 1
    if initial and last - first > 1 and words[first].casefold() in lists.roles:
        first += 1  # "Model and host Ana Vell": the run has lost "and host" already
    return first, last, initial


def _says_too_little(name: Name, initial: bool, inner_words: Counter[str]) -> bool:
    """Whether a run of one word may be no name: a letter, the first word of a sentence, a word in capitals."""
    word = name.words[0]
    if len(name.words) > 1:
        return False
    if len(word) == 1:
        return True
    return name.kind == "unknown" and ((initial and not inner_words[word]) or (word.isupper() and len(word) > 6))


def _bare(word: str) -> str:
    """The word without a contraction: "I’ve" → "i"."""
    return _APOSTROPHE.split(word.casefold(), maxsplit=1)[0]


def _describe(text: str, run: _Run, lists: NameLists) -> Name:
    """Kind and gender by what stands in and beside the run.

    1. titles and ranks before the name are cut off; 2. a role before it; 3. a given name; 4. the kind
    """
    # 1. titles
    titled = _untitled(run.words, lists)
    if titled.cut:
        run = run.cut(titled.cut, len(run.words))
    span, words = run.span, tuple(run.words)
    gender, role = titled.gender, titled.role
    # 2. a role before
    if said := _role_before(text, span, words, lists):
        role = said
        gender = lists.roles[said] if gender == "unknown" else gender
    # 3. a given name
    if gender == "unknown":
        gender = lists.given.get(words[0], "unknown")
    # 4. kind
    kind = _kind(text, span, words, titled.cut > 0, role, lists)
    return Name(span, words, kind, gender, titled.cut > 0, role, _speaks(text, span, words, lists))


@dataclass(frozen=True, slots=True)
class _Titles:
    """What stands before a name: number of its words, and what they say."""

    cut: int
    gender: Gender
    role: str | None


_NO_TITLES = _Titles(0, "unknown", None)


def _untitled(words: list[str], lists: NameLists) -> _Titles:
    if words[0] not in lists.titles and (len(words) < 3 or words[0].casefold() not in lists.ranks):
        return _NO_TITLES
    if any(word.casefold() in lists.organisations for word in words[1:]):
        return _NO_TITLES
    gender: Gender = "unknown"
    cut, role = 0, None
    while (left := len(words) - cut) > 1 and (
        words[cut] in lists.titles or (left > 2 and words[cut].casefold() in lists.ranks)
    ):
        title, folded = words[cut], words[cut].casefold()
        if gender == "unknown":
            gender = lists.titles.get(title, lists.roles.get(folded, "unknown"))
        if folded in lists.roles:
            role = folded
        cut += 1
        if len(words) - cut > 3 and words[cut] in lists.completes:
            cut += 2  # "Secretary of State Ana Vell": the office ends where the name begins.
    return _Titles(cut, gender, role)


def _role_before(text: str, span: Span, words: tuple[str, ...], lists: NameLists) -> str | None:
    before = text[max(0, span.start - _ROLE_REACH) : span.start]
    if not before[-1:].isspace():
        return None
    before = before[:-1]
    apposition = before.endswith(",")
    if apposition and len(words) == 1:
        return None
    end = len(before) - apposition
    start = end
    while start > 0 and (before[start - 1].isalnum() or before[start - 1] in "_’'-"):
        start -= 1
    folded = before[start:end].casefold()
    return folded if folded in lists.roles else None


def _kind(
    text: str, span: Span, words: tuple[str, ...], titled: bool, role: str | None, lists: NameLists
) -> EntityKind:
    folded = [word.casefold().strip(".") for word in words]
    given = words[0] in lists.given
    if not titled and not lists.organisations.isdisjoint(folded):
        return "organisation"
    if not titled and folded[-1] in lists.places and len(words) > 1 and not given:
        return "place"
    if " ".join(folded) in lists.not_people:
        return "organisation"
    if titled or role or given or lists.age_after.match(text, span.end):
        return "person"
    return "place" if lists.place_before.search(text[max(0, span.start - 10) : span.start]) else "unknown"


def _speaks(text: str, span: Span, words: tuple[str, ...], lists: NameLists) -> bool:
    """Whether a verb of speech, or a relative clause of people, stands right beside a name: so with people, and
    sometimes with a firm."""
    if len(words) > 3 or (len(words) == 1 and words[0].isupper()):
        return False
    return (
        lists.relative_after.match(text, span.end) is not None
        or lists.speaks_after.match(text, span.end, span.end + 60) is not None
        or lists.spoken_before.search(text, max(0, span.start - 16), span.start) is not None
    )

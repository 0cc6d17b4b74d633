"""Runs of capitalised words that name something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tellings.language.base import Language
from tellings.model.records import Block, EntityKind, Gender, Sentence
from tellings.model.rules import DIGITS, WORD, words_in
from tellings.model.text import Span
from tellings.within.mentions.lists import NameLists, name_lists

_NO_SMALL_LETTER = re.compile(r"[^\W\d_a-z]")
_SPACED = re.compile(r"[^ \u00a0]+")
_APOSTROPHE = re.compile("[’'‘]")
_WORD_BEFORE = re.compile(r"([\w’'-]+),?\s\Z")


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


class Inside:
    """Whether a position lies in one of some sorted spans, nested ones among them: `position in inside`."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        # Nested stretches lie inside their outer one; looking back a few covers them.
        return any(position < self._spans[i].end for i in range(max(0, index - 3), index + 1))


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
    plain: list[tuple[Span, bool]] = []
    titles: list[Span] = []
    for sentence in sentences:
        title_case = blocks[sentence.block].kind in ("headline", "subheading") or _is_title_case(
            text, sentence.span, lists
        )
        first = sentence.span.trimmed(text).start
        while first < sentence.span.end and not text[first].isalnum():
            first += 1
        for match in lists.run.finditer(text, sentence.span.start, sentence.span.end):
            for span in _offices(text, _split(text, Span(*match.span()), lists), lists):
                if title_case:
                    titles.append(span)
                else:
                    plain.append((span, span.start == first or span.start in opener_positions))
    inner_words = Counter(word for span, initial in plain for word in _words(text, span)[1 if initial else 0 :])
    found: list[Name] = []
    for span, initial in plain:
        if name := _name(text, span, initial, inner_words, lists):
            found.append(name)
    found += _in_titles(text, titles, found, lists)
    return tuple(sorted({name.span: name for name in found}.values(), key=lambda name: name.span))


def _in_titles(text: str, titles: list[Span], names: list[Name], lists: NameLists) -> Iterator[Name]:
    """The names that also stand in running text, in runs of capitalised words that may be none; the longest first."""
    known = {name.words for name in names} | {(word,) for name in names if name.kind == "person" for word in name.words}
    lengths: dict[str, set[int]] = {}
    for name in known:
        lengths.setdefault(name[0], set()).add(len(name))
    for span in titles:
        places = [Span(*match.span()) for match in _SPACED.finditer(text, span.start, span.end)]
        words = [place.of(text) for place in places]
        start = 0
        while start < len(words):
            fitting = (
                start + length
                for length in sorted(lengths.get(words[start], ()), reverse=True)
                if start + length <= len(words) and tuple(words[start : start + length]) in known
            )
            end = next(fitting, start)
            if end > start:
                stretch = Span(places[start].start, places[end - 1].end)
                yield _describe(text, stretch, tuple(words[start:end]), lists)
            start = max(end, start + 1)


def _is_title_case(text: str, span: Span, lists: NameLists) -> bool:
    small = lists.small_words
    if len(_NO_SMALL_LETTER.findall(text, span.start, span.end)) < 0.8 * len(
        words_in(span.of(text)) - small - {DIGITS}
    ):
        return False  # too few capitals for so many words
    words = [word for word in WORD.findall(text, span.start, span.end) if word.casefold() not in small]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _split(text: str, span: Span, lists: NameLists) -> list[Span]:
    """The run cut where it joins two names: "Teigen and Legend", possessives, words that only open."""
    stretch = span.of(text)
    pieces: list[Span] = []
    start = 0
    for joint in lists.joint.finditer(stretch) if " " in stretch else ():
        left, right = stretch[start : joint.start()], stretch[joint.end() :]
        if joint.group().strip() == "&" or (
            not joint.group().startswith(("’", "'", "‘")) and _one_organisation(left, right, lists)
        ):
            continue
        pieces.append(Span(span.start + start, span.start + joint.start()))
        start = joint.end()
    pieces.append(Span(span.start + start, span.end))
    result = []
    for piece in pieces:
        end = piece.end
        if tail := lists.possessive.search(text, piece.start, piece.end):
            end = tail.start()
        if end > piece.start:
            result.append(Span(piece.start, end))
    return result


def _offices(text: str, spans: list[Span], lists: NameLists) -> Iterator[Span]:
    """Runs cut behind an office that stands inside them: "Merrin Port Director |Ana Vell"; what the office is of comes
    before."""
    offices, office_words, roles = lists.titles, lists.office_words, lists.roles
    for span in spans:
        words = _words(text, span)
        last = len(words) - 1
        if last < 2:
            yield span
            continue
        at = next((i for i in range(last - 1, 0, -1) if words[i] in offices or words[i].casefold() in roles), 0)
        if not at or words[-1].casefold().strip(".") in lists.things or words[at + 1] in lists.links or last - at > 4:
            yield span
            continue
        before = at
        while before > 0 and (words[before].casefold() in office_words or words[before] in offices):
            before -= 1
        if before > 0 or words[0].casefold() not in office_words:
            yield _sub_span(text, span, 0, max(1, min(before + 1, at)))
        yield _sub_span(text, span, at, last + 1)


def _one_organisation(left: str, right: str, lists: NameLists) -> bool:
    words = lists.organisations
    if any(word.casefold() in words for word in left.split()) or left.split()[-1] in lists.completed:
        return True
    # "Sound and Isles Ferries": the last word says what both are.
    return right.split()[-1].casefold() in words and left.split()[0] not in lists.given and len(left.split()) == 1


def _words(text: str, span: Span) -> list[str]:
    return span.of(text).replace("\u00a0", " ").split(" ")


def _sub_span(text: str, span: Span, first: int, last: int) -> Span:
    words = list(_SPACED.finditer(text, span.start, span.end))
    return Span(words[first].start(), words[last - 1].end())


def _name(text: str, span: Span, initial: bool, inner_words: Counter[str], lists: NameLists) -> Name | None:
    """The name in a run, without sentence openers and calendar words at its edges; `None` when nothing is left."""
    words = _words(text, span)
    first, last, initial = _inner(words, initial, lists)
    if first >= last or (last - first == 1 and initial and words[first].casefold() in lists.roles):
        return None
    stretch = _sub_span(text, span, first, last)
    name = _describe(text, stretch, tuple(words[first:last]), lists)
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


def _describe(text: str, span: Span, words: tuple[str, ...], lists: NameLists) -> Name:
    """Kind and gender by what stands in and beside the run.

    1. titles and ranks before the name are cut off; 2. a role before it; 3. a given name; 4. the kind
    """
    # 1. titles
    titled = _untitled(words, lists)
    if titled.cut:
        span = _sub_span(text, span, titled.cut, len(words))
        words = words[titled.cut :]
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


def _untitled(words: tuple[str, ...], lists: NameLists) -> _Titles:
    gender: Gender = "unknown"
    cut, role = 0, None
    if any(word.casefold() in lists.organisations for word in words[1:]):
        return _Titles(cut, gender, role)
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
    before = _WORD_BEFORE.search(text[max(0, span.start - 30) : span.start])
    if before is None or (folded := before.group(1).casefold()) not in lists.roles:
        return None
    apposition = before.group().strip().endswith(",")
    return None if apposition and len(words) == 1 else folded


def _kind(
    text: str, span: Span, words: tuple[str, ...], titled: bool, role: str | None, lists: NameLists
) -> EntityKind:
    folded = [word.casefold().strip(".") for word in words]
    given = words[0] in lists.given
    if not titled and any(word in lists.organisations for word in folded):
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

"""Runs of capitalised words that name something."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tellings.model.records import Block, EntityKind, Gender, Sentence
from tellings.model.rules import DIGITS, WORD, RuleSet, load, words_in
from tellings.model.text import Span

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_WORD = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Capt|Cmdr|Sgt|Lt|Col|Gen|Maj|Sen|Rep|Gov|Rev|Fr|Det|Insp|Supt)\."
    rf"|{_CAPITAL}\.(?:[A-Z]\.)*|{_CAPITAL}[^\W_]*(?:[-’'‘][^\W_]+)*(?<![’'‘]s)|[a-z]+-?[A-Z][a-z]+)"
)
# Lower-case particles join only when a capitalised word follows them.
_PARTICLE = "(?:de|da|di|du|van|von|der|den|bin|ibn|al|el|la|le|of|and|for|the|&)"
_RUN = re.compile(rf"(?<![\w@#/.]){_WORD}(?:(?: |\u00a0)(?:{_PARTICLE} ){{0,2}}{_WORD})*")
_NO_SMALL_LETTER = re.compile(r"[^\W\d_a-z]")
_JOINT = re.compile(r"[’'‘]s (?=[A-Z])| (?:and|for|of|the|&)(?: the)? ")
_SPACED = re.compile(r"[^ \u00a0]+")
_APOSTROPHE = re.compile("[’'‘]")
_WORD_BEFORE = re.compile(r"([\w’'-]+),?\s\Z")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|off|outside|from|to)\s\Z")
_TAIL = re.compile(r"(?:[’'‘]s)\Z")
_AGE_AFTER = re.compile(
    r",? (?:aged )?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?=[,.;)]|\s(?:and|years?)\b)"
)
#: Words that a place or a thing completes with "of": "Duke of Merrin", "Isle of Hallan".
_OF_TITLES = frozenset(
    (
        *(
            "Duke",
            "Duchess",
            "Prince",
            "Princess",
            "Earl",
            "Bishop",
            "Archbishop",
            "King",
            "Queen",
            "Lord",
            "Secretary",
        ),
        *("Chancellor", "Speaker", "Minister", "Isle", "Bay", "Gulf", "Cape", "Strait", "Republic", "Kingdom", "Bank"),
    )
)
_CLASS: tuple[str, ...] = ("of", "and", "for", "the", "&")


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
    text: str, blocks: tuple[Block, ...], sentences: tuple[Sentence, ...], quotations: tuple[Span, ...]
) -> tuple[Name, ...]:
    """Names in story sentences, sorted by span.

    In Title Case lines only names that also stand in running text are taken: capitals tell nothing there.
    """
    opener_positions = {span.start + 1 for span in quotations}
    plain: list[tuple[Span, bool]] = []
    titles: list[Span] = []
    for sentence in sentences:
        title_case = blocks[sentence.block].kind in ("headline", "subheading") or _is_title_case(text, sentence.span)
        first = sentence.span.trimmed(text).start
        while first < sentence.span.end and not text[first].isalnum():
            first += 1
        for match in _RUN.finditer(text, sentence.span.start, sentence.span.end):
            for span in _offices(text, _split(text, Span(*match.span()))):
                if title_case:
                    titles.append(span)
                else:
                    plain.append((span, span.start == first or span.start in opener_positions))
    inner_words = Counter(word for span, initial in plain for word in _words(text, span)[1 if initial else 0 :])
    found: list[Name] = []
    for span, initial in plain:
        if name := _name(text, span, initial, inner_words):
            found.append(name)
    found += _in_titles(text, titles, found)
    return tuple(sorted({name.span: name for name in found}.values(), key=lambda name: name.span))


def _in_titles(text: str, titles: list[Span], names: list[Name]) -> Iterator[Name]:
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
                yield _describe(text, stretch, tuple(words[start:end]))
            start = max(end, start + 1)


def _is_title_case(text: str, span: Span) -> bool:
    small = _name_words().words("small_word")
    if len(_NO_SMALL_LETTER.findall(text, span.start, span.end)) < 0.8 * len(
        words_in(span.of(text)) - small - {DIGITS}
    ):
        return False  # too few capitals for so many words
    words = [word for word in WORD.findall(text, span.start, span.end) if word.casefold() not in small]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _split(text: str, span: Span) -> list[Span]:
    """The run cut where it joins two names: "Teigen and Legend", possessives, words that only open."""
    stretch = span.of(text)
    pieces: list[Span] = []
    start = 0
    for joint in _JOINT.finditer(stretch) if " " in stretch else ():
        left, right = stretch[start : joint.start()], stretch[joint.end() :]
        if joint.group().strip() == "&" or (
            not joint.group().startswith(("’", "'", "‘")) and _one_organisation(left, right)
        ):
            continue
        pieces.append(Span(span.start + start, span.start + joint.start()))
        start = joint.end()
    pieces.append(Span(span.start + start, span.end))
    result = []
    for piece in pieces:
        end = piece.end
        if tail := _TAIL.search(text, piece.start, piece.end):
            end = tail.start()
        if end > piece.start:
            result.append(Span(piece.start, end))
    return result


def _offices(text: str, spans: list[Span]) -> Iterator[Span]:
    """Runs cut behind an office that stands inside them: "Merrin Port Director |Ana Vell"; what the office is of comes
    before."""
    lists = _name_words()
    offices = lists.meanings("title").keys()
    things, office_words, roles = _things(), lists.words("office_word"), lists.words("role")
    for span in spans:
        words = _words(text, span)
        last = len(words) - 1
        if last < 2:
            yield span
            continue
        at = next((i for i in range(last - 1, 0, -1) if words[i] in offices or words[i].casefold() in roles), 0)
        if not at or words[-1].casefold().strip(".") in things or words[at + 1] in _CLASS or last - at > 4:
            yield span
            continue
        before = at
        while before > 0 and (words[before].casefold() in office_words or words[before] in offices):
            before -= 1
        if before > 0 or words[0].casefold() not in office_words:
            yield _sub_span(text, span, 0, max(1, min(before + 1, at)))
        yield _sub_span(text, span, at, last + 1)


def _one_organisation(left: str, right: str) -> bool:
    words = _name_words().words("organisation_word")
    if any(word.casefold() in words for word in left.split()) or left.split()[-1] in _OF_TITLES:
        return True
    # "Sound and Isles Ferries": the last word says what both are.
    return right.split()[-1].casefold() in words and left.split()[0] not in _given() and len(left.split()) == 1


def _words(text: str, span: Span) -> list[str]:
    return span.of(text).replace("\u00a0", " ").split(" ")


def _sub_span(text: str, span: Span, first: int, last: int) -> Span:
    words = list(_SPACED.finditer(text, span.start, span.end))
    return Span(words[first].start(), words[last - 1].end())


def _name(text: str, span: Span, initial: bool, inner_words: Counter[str]) -> Name | None:
    """The name in a run, without sentence openers and calendar words at its edges; `None` when nothing is left."""
    openers = _name_words().words("sentence_opener")
    words = _words(text, span)
    first, last = 0, len(words)
    while first < last and (
        _bare(words[first]) in openers or words[first] in _CLASS or (last - first > 1 and words[first] == "Former")
    ):
        initial = False
        first += 1
    while last > first and (words[last - 1].casefold() in openers or words[last - 1] in _CLASS):
        last -= 1
    if initial and last - first > 1 and words[first].casefold() in _name_words().words("role"):
        first += 1  # "Model and host Ana Vell": the run has lost "and host" already
    if first >= last or (last - first == 1 and initial and words[first].casefold() in _name_words().words("role")):
        return None
    stretch = _sub_span(text, span, first, last)
    name = _describe(text, stretch, tuple(words[first:last]))
    single = len(name.words) == 1
    if len(name.words[0]) == 1 and single:
        return None
    if initial and single and name.kind == "unknown" and not inner_words[name.words[0]]:
        return None
    if single and name.words[0].isupper() and name.kind == "unknown" and len(name.words[0]) > 6:
        return None
    return name


def _bare(word: str) -> str:
    """The word without a contraction: "I’ve" → "i"."""
    return _APOSTROPHE.split(word.casefold(), maxsplit=1)[0]


def _describe(text: str, span: Span, words: tuple[str, ...]) -> Name:
    """Kind and gender by what stands in and beside the run."""
    lists = _name_words()
    titles, roles, given = lists.meanings("title"), lists.meanings("role"), _given()
    gender: Gender = "unknown"
    titled, role = False, None
    organisations, not_people = lists.words("organisation_word"), lists.words("not_a_person")
    organised = any(word.casefold() in organisations for word in words[1:])
    while (
        len(words) > 1
        and not organised
        and (words[0] in titles or (len(words) > 2 and words[0].casefold() in _ranks()))
    ):
        gender = titles.get(words[0], roles.get(words[0].casefold(), "unknown")) if gender == "unknown" else gender
        if words[0].casefold() in roles:
            role = words[0].casefold()
        span = _sub_span(text, span, 1, len(words))
        words, titled = words[1:], True
        if len(words) > 3 and words[0] == "of":
            # "Secretary of State Ana Vell": the office ends where the name begins.
            span = _sub_span(text, span, 2, len(words))
            words = words[2:]
    before = _WORD_BEFORE.search(text[max(0, span.start - 30) : span.start])
    apposition = before is not None and before.group().strip().endswith(",")
    if before and before.group(1).casefold() in roles and not (apposition and len(words) == 1):
        role = before.group(1).casefold()
        gender = roles[role] if gender == "unknown" else gender
    if gender == "unknown":
        gender = given.get(words[0], "unknown")
    folded = [word.casefold().strip(".") for word in words]
    kind: EntityKind = "unknown"
    if any(word in organisations for word in folded) and not titled:
        kind = "organisation"
    elif folded[-1] in lists.words("place_word") and len(words) > 1 and not titled and words[0] not in given:
        kind = "place"
    elif " ".join(folded) in not_people:
        kind = "organisation"
    elif titled or role or words[0] in given or _AGE_AFTER.match(text, span.end):
        kind = "person"
    elif _PLACE_BEFORE.search(text[max(0, span.start - 10) : span.start]):
        kind = "place"
    return Name(span, words, kind, gender, titled, role, _speaks(text, span, words))


def _speaks(text: str, span: Span, words: tuple[str, ...]) -> bool:
    """Whether a verb of speech, or ", who", stands right beside a name: so with people, and sometimes with a firm."""
    if len(words) > 3 or (len(words) == 1 and words[0].isupper()):
        return False
    return (
        text.startswith(", who ", span.end)
        or _says().match(text, span.end, span.end + 60) is not None
        or _said().search(text, max(0, span.start - 16), span.start) is not None
    )


@cache
def _says() -> re.Pattern[str]:
    verbs = load("en", "name").alternatives("telling_verb")
    return re.compile(rf"(?:\s\([^()]{{1,30}}\))?(?:\s(?:also|later|then|has|had|\w+ly))*\s(?:{verbs})\b")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"[,”\"’]\s(?:{load('en', 'name').alternatives('telling_verb')})\s\Z")


@cache
def _name_words() -> RuleSet:
    return load("en", "name")


@cache
def _things() -> frozenset[str]:
    """Last words of what is no person."""
    lists = _name_words()
    return lists.words("organisation_word") | lists.words("place_word") | lists.words("suffix")


@cache
def _ranks() -> frozenset[str]:
    """What may stand before a name as its bearer's rank."""
    lists = _name_words()
    return lists.words("role") | lists.words("not_a_person") | {"general"}


@cache
def _given() -> dict[str, Gender]:
    lists = load("en", "name")
    genders: dict[str, Gender] = dict.fromkeys(lists.words("either"), "unknown")
    genders.update(dict.fromkeys(lists.words("female") - lists.words("either"), "female"))
    genders.update(dict.fromkeys(lists.words("male") - lists.words("either"), "male"))
    return genders

"""Denials, each with the sentences that most likely say what is denied.

A denial is a sentence whose source denies ("denied that", "called it untrue"), or in which somebody says that something is
not so. What it denies is seldom put in the same words: it is looked for by the rare words and names of the denial, of
the sentence before it, to which it may answer, and among claims and what opens a telling first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log, sqrt

from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.records import Place, Telling

ROOM = "question"
#: Stems of a sentence from which it says something, and to which it is one statement.
FEWEST, MOST = 3, 60
#: Words on either side of a word that denies within which its clause stands.
REACH = 6
#: Sentences thought to be there besides, so that in a handful no word weighs nothing.
MORE = 40
#: A stem in more sentences than this says little, and costs much.
COMMON = 400
#: How sure it is that something is denied: by the stance of a quotation, by a word, by a "not" in what somebody says.
BY_STANCE, BY_WORD, BY_NOT = 1.0, 0.85, 0.5
#: What words weigh in a denial: those of its clause, those of the sentence before and after.
TURNED, BEFORE, AFTER = 1.6, 0.35, 0.15
#: What a claim, what opens a telling, and what is itself turned, are worth.
CLAIMS, OPENS, TURNS = 1.25, 1.15, 0.75
#: Cosine from which two sentences say one thing.
ALIKE = 0.4
#: Share of the best likeness from which a sentence may say what is denied, the least, and how many are shown.
NEARLY, LEAST, SHOWN = 0.6, 0.1, 5
#: Sentences on a side at most.
SIDE = 8
#: What a denial is worth by where it stands, and the more for each telling that prints it.
LEAD, SOON = 3, 8
_WORTH, PRINTED = (1.0, 0.85, 0.7), 0.15
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the story, wherever tellings print it, as stems. `turned`: those near a word that denies; `denied`:
    how sure it is that something is denied, 0 where nothing is; `claims`: it speaks of a claim."""

    places: tuple[Place, ...]
    number: int
    stems: frozenset[str]
    turned: frozenset[str]
    denied: float
    turns: bool
    claims: bool


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial with what most likely is denied, the likeliest first. `by_stance`: its source denies in so many words;
    `likeness` is how near the likeliest is, 0 to 1 and more; `score` what it is worth to a reader."""

    denials: tuple[Statement, ...]
    claims: tuple[Statement, ...]
    by_stance: bool
    likeness: float
    score: float


def denials(tellings: Sequence[Telling], most: int) -> tuple[Denial, ...]:
    """Up to `most` denials of the story, the weightiest first."""
    found = _statements(tellings)
    story = _Story(found, tellings)
    each = [denial for place, one in enumerate(found) if one.denied and (denial := story.denial(place)) is not None]
    each.sort(key=lambda denial: (-denial.score, denial.denials[0].places[0]))
    kept: list[Denial] = []
    for denial in each:
        same = next((place for place, other in enumerate(kept) if story.of_one(denial, other)), None)
        if same is not None:
            kept[same] = _merged(kept[same], denial)
        elif len(kept) < most:
            kept.append(denial)
    return tuple(kept)


def _merged(one: Denial, other: Denial) -> Denial:
    """A denial with another of the same thing."""
    told = (*one.denials, *(each for each in other.denials if each not in one.denials))
    claims = (*one.claims, *(each for each in other.claims if each not in one.claims and each not in told))
    return replace(one, denials=told[:SIDE], claims=tuple(each for each in claims if each not in told)[:SIDE])


def _statements(tellings: Sequence[Telling]) -> tuple[Statement, ...]:
    """The sentences of the story that say something, each wording once, in the order of the tellings."""
    found: dict[tuple[frozenset[str], frozenset[str]], list[Statement]] = defaultdict(list)
    for telling in tellings:
        for one in _of(telling):
            found[one.stems, one.turned].append(one)
    return tuple(
        Statement(
            tuple(place for one in ones for place in one.places),
            min(one.number for one in ones),
            *(ones[0].stems, ones[0].turned, max(one.denied for one in ones), ones[0].turns, ones[0].claims),
        )
        for ones in found.values()
    )


def _of(telling: Telling) -> list[Statement]:
    language, text, blocks = language_of(telling.document.read_as), telling.text, telling.blocks
    turning, denying, claiming = _words(language)
    function = language.words("digest", "function")
    said = sorted((quote for quote in telling.quotes if quote.status != "not-a-statement"), key=lambda q: q.content)
    found: list[Statement] = []
    for number, sentence in enumerate(
        each for each in telling.sentences if each.block >= len(blocks) or blocks[each.block].story
    ):
        span = sentence.span.trimmed(text)
        written = [match[0].lower().replace("’", "'") for match in _WORD.finditer(text, span.start, span.end)]
        says = [_stem(word, function) for word in written]
        stems = frozenset(filter(None, says))
        if not FEWEST <= len(stems) <= MOST:
            continue
        at = [place for place, word in enumerate(written) if word in turning]
        turned = frozenset(each for place in at for each in says[max(0, place - REACH) : place + REACH + 1] if each)
        quotes = [quote for quote in said if quote.content.overlaps(span)]
        denied = 0.0
        if any(quote.stance in ("denies", "retracts") for quote in quotes):
            denied = BY_STANCE
        elif any(written[place] in denying for place in at):
            denied = BY_WORD
        elif at and quotes:
            denied = BY_NOT
        claims = any(word in claiming for word in written)
        place = Place(telling.id, span)
        found.append(Statement((place,), number, stems, turned or stems, denied, bool(at), claims))
    return found


@cache
def _words(language: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rules = language.rules(ROOM)
    return rules.words("denying", "negation"), rules.words("denying"), rules.words("claiming")


def _stem(lower: str, function: frozenset[str]) -> str:
    bare = lower.removesuffix("'s")
    return stem(bare) if bare not in function and (len(bare) > 1 or bare.isdigit()) else ""


class _Story:
    """The statements of a story, with what stands beside each and how rare each stem is."""

    def __init__(self, found: Sequence[Statement], tellings: Sequence[Telling]) -> None:
        self._found = found
        counts = Counter(word for one in found for word in one.stems)
        self._rare = {word: log((len(found) + MORE) / count) for word, count in counts.items()}
        self._length = [self._norm(dict.fromkeys(one.stems, 1.0)) for one in found]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(found):
            for word in sorted(one.stems):
                self._holders[word].append(place)
        self._beside: dict[int, list[tuple[int, float]]] = defaultdict(list)
        in_order: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, one in enumerate(found):
            for where in one.places:
                in_order[where.telling].append((where.span.start, place))
        for telling in tellings:
            row = [place for _, place in sorted(in_order[telling.id])]
            for before, after in zip(row, row[1:], strict=False):
                self._beside[after].append((before, BEFORE))
                self._beside[before].append((after, AFTER))

    def _norm(self, weights: Mapping[str, float]) -> float:
        return sqrt(sum((self._rare[word] * weights[word]) ** 2 for word in sorted(weights))) or 1.0

    def alike(self, a: Statement, b: Statement) -> bool:
        """Whether two statements say one thing in like words."""
        shared = sum(self._rare[word] ** 2 for word in sorted(a.stems & b.stems))
        return shared >= ALIKE * self._norm(dict.fromkeys(a.stems, 1.0)) * self._norm(dict.fromkeys(b.stems, 1.0))

    def of_one(self, a: Denial, b: Denial) -> bool:
        """Whether two denials are of one thing: they say it in like words, or one claim is likeliest for both."""
        if self.alike(a.denials[0], b.denials[0]):
            return True
        return a.claims[0] == b.claims[0] and min(a.denials[0].denied, b.denials[0].denied) >= BY_WORD

    def denial(self, place: int) -> Denial | None:
        """A denial with what it most likely denies; `None` where nothing is near."""
        one = self._found[place]
        weights = dict.fromkeys(one.stems, 1.0) | dict.fromkeys(one.turned, TURNED)
        for other, weight in self._beside[place]:
            for word in self._found[other].stems:
                weights.setdefault(word, weight)
        products: dict[int, float] = defaultdict(float)
        for word in sorted(weights):
            holders = self._holders[word]
            if len(holders) <= COMMON:
                for other in holders:
                    products[other] += weights[word] * self._rare[word] ** 2
        length = self._norm(weights)
        same = [one]
        near: list[tuple[float, int]] = []
        for other in sorted(products):
            statement = self._found[other]
            if other == place:
                continue
            if statement.turns and self.alike(one, statement):
                same.append(statement)
                continue
            if statement.denied >= BY_WORD:
                continue  # a denial is no claim
            likeness = products[other] / (length * self._length[other])
            likeness *= CLAIMS if statement.claims else 1.0
            likeness *= TURNS if statement.turns else 1.0
            likeness *= OPENS if statement.number < LEAD else 1.0
            near.append((-likeness, other))
        near.sort()
        if not near or -near[0][0] < LEAST:
            return None
        best = -near[0][0]
        claims = tuple(self._found[other] for likeness, other in near[:SHOWN] if -likeness >= NEARLY * best)
        tellings = {where.telling for each in same for where in each.places}
        worth = _WORTH[0] if one.number < LEAD else _WORTH[1] if one.number < SOON else _WORTH[2]
        score = one.denied * best * worth * (1 + PRINTED * (len(tellings) - 1))
        return Denial(tuple(same), claims, one.denied == BY_STANCE, round(best, 3), score)

"""The sentences of a story as statements: what each speaks of, and whether it denies.

A sentence that tellings print in one wording is one statement in several places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import fsum, sqrt

from tellings.across.questions.sentence_words import COMMON, Word, rarity, words_of
from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.records import Person, Place, Quote, Telling
from tellings.model.text import Span

ROOM = "question"
#: What rounding may add to the length of a vector.
_ROUNDING = 1e-9
#: Stems of a sentence from which it says something, and to which it is one statement.
FEWEST, MOST = 3, 60
#: Words on either side of a word that denies within which its clause stands.
REACH = 6
#: Words before one that denies among which another turns it down.
NEGATED_WITHIN = 2
#: Words behind "denied" among which stands what somebody is denied.
WITHHELD = 4
#: Mentions of a speaker that say who it is.
NAMED = 3
#: Patterns of what is denied, and stems from which words say what that is.
DENIED, TOLD = ("denied-said", "denied-done"), 2
#: Words behind it that it turns into their opposite, and marks at which its clause ends.
FOCUS, _CLAUSE_END = 8, frozenset(',;:.!?"“”—–()')
#: How sure it is that something is denied: by the stance of a quotation, by a word, by a "not" in what somebody says.
BY_STANCE, BY_WORD, BY_NOT = 1.0, 0.85, 0.4


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the story, wherever tellings print it, as stems. `turned`: those near a word that denies; `denied`:
    how sure it is that something is denied, 0 where nothing is; `claims`: it speaks of a claim; `focus`: the stems that
    a word which denies turns into their opposite, the nearest first; `names`: those with a capital; `speakers`: the
    people of the story who are quoted; `sources`: the stems of who they are; `quoted`: somebody is; `content`: where it
    says itself what it denies ("that the gate was open"), and the stems of each such stretch."""

    places: tuple[Place, ...]
    number: int
    stems: frozenset[str]
    turned: frozenset[str]
    denied: float
    turns: bool
    claims: bool
    focus: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    speakers: frozenset[int] = frozenset()
    sources: frozenset[str] = frozenset()
    quoted: bool = False
    content: tuple[Place, ...] = ()
    content_stems: tuple[frozenset[str], ...] = ()

    @property
    def tellings(self) -> frozenset[str]:
        """The tellings that print it."""
        return frozenset(place.telling for place in self.places)


def statements(tellings: Sequence[Telling], people: Sequence[Person] = ()) -> tuple[Statement, ...]:
    """The sentences of the story that say something, each wording once, in the order of the tellings."""
    someone = {chain: index for index, person in enumerate(people) for chain in person.chains}
    found: dict[tuple[frozenset[str], frozenset[str]], list[Statement]] = defaultdict(list)
    for telling in tellings:
        for one in _of(telling, someone):
            found[one.stems, one.turned].append(one)
    return tuple(
        Statement(
            tuple(place for one in ones for place in one.places),
            min(one.number for one in ones),
            *(ones[0].stems, ones[0].turned, max(one.denied for one in ones), ones[0].turns, ones[0].claims),
            *(ones[0].focus, ones[0].names, frozenset[int]().union(*(one.speakers for one in ones))),
            *(frozenset[str]().union(*(one.sources for one in ones)), any(one.quoted for one in ones)),
            tuple(place for one in ones for place in one.content),
            tuple(dict.fromkeys(stems for one in ones for stems in one.content_stems)),
        )
        for ones in found.values()
    )


def _of(telling: Telling, someone: Mapping[tuple[str, int], int]) -> list[Statement]:
    language, text = language_of(telling.document.read_as), telling.text
    turning, by_word, claiming = _words(language)
    said = _Said(telling)
    found: list[Statement] = []
    for number, index in enumerate(telling.story):
        span = telling.sentences[index].span.trimmed(text)
        words = words_of(text, span, language)
        written, says = [word.written for word in words], [word.stem for word in words]
        stems = frozenset(filter(None, says))
        if not FEWEST <= len(stems) <= MOST:
            continue
        # Who "lied when they said that they never paid" is said to have paid.
        lies = not language.words(ROOM, "lying").isdisjoint(written)
        at = [place for place, word in enumerate(written) if word in turning and not lies]
        turned = frozenset(each for place in at for each in says[max(0, place - REACH) : place + REACH + 1] if each)
        quotes = said.over(span)
        denied = 0.0
        denying = [place for place in at if written[place] in by_word]
        denies = any(_denies(text, words, place, language) for place in denying)
        if any(quote.stance in ("denies", "retracts") for quote in quotes) and (denies or not denying):
            denied = BY_STANCE
        elif denies or (not denying and language.pattern(ROOM, DENIED[0]).search(text, span.start, span.end)):
            denied = BY_WORD
        elif quotes and len(at) > len(denying):
            denied = BY_NOT
        claims = lies or any(word in claiming for word in written)
        place = Place(telling.id, span)
        names = frozenset(word.stem for word in words[1:] if word.stem and text[word.start].isupper())
        speakers = {someone.get((telling.id, quote.speaker)) for quote in quotes if quote.speaker is not None}
        found.append(
            Statement(
                *((place,), number, stems, turned or stems, denied, bool(at), claims),
                *(_focus(text, words, at), names, frozenset(one for one in speakers if one is not None)),
                *(_sources(telling, quotes, language), bool(quotes)),
                *(_content(telling, span, quotes, language) if denied >= BY_WORD else ((), ())),
            )
        )
    return found


def _denies(text: str, words: Sequence[Word], place: int, language: Language) -> bool:
    """Whether a word that can deny does so where it stands: not where it is turned down itself ("cannot deny"), nor
    where it only tells of what kind a thing is ("a false alarm"), nor where somebody is denied a thing ("denied
    entry"), nor where a thing is dismissed that nobody said ("dismissed the vote as a show")."""
    rules, word = language.rules(ROOM), words[place]
    behind = [each.written for each in words[place + 1 : place + 1 + WITHHELD]]
    if word.written in rules.words("withholding") and _is_withheld(words, place, behind, language):
        return False
    if word.written in rules.words("turning_down"):
        nobody_decides = rules.words("deciding").isdisjoint(
            each.written for each in words[max(0, place - FOCUS) : place]
        )
        if not nobody_decides or not rules.words("quarrelled").isdisjoint(behind[:1]):
            return False
        ends = text[word.end : word.end + 2].lstrip()[:1] in _CLAUSE_END  # "a claim that the board disputes"
        said = [each.written for each in words[max(0, place - FOCUS) : place]] if ends else behind
        passive = not rules.words("passive").isdisjoint(said[-NEGATED_WITHIN:])
        if (ends and passive) or rules.words("what_was_said").isdisjoint(said):
            return False
    negated = any(each.written in rules.words("negation") for each in words[max(0, place - NEGATED_WITHIN) : place])
    if word.written in rules.words("denying_adjective"):
        return not negated and not text[word.end : word.end + 2].strip().isalpha()
    return not negated


def _is_withheld(words: Sequence[Word], place: int, behind: Sequence[str], language: Language) -> bool:
    """Whether somebody is denied something: "was denied entry", "denied him the chance", "denied it further loans"."""
    rules = language.rules(ROOM)
    thing = next((number for number, each in enumerate(behind) if each in rules.words("withheld")), None)
    if thing is not None:
        # "denied that a vote was held" and "denied a vote was held" deny.
        after = {each.written for each in words[place + 2 + thing : place + 2 + thing + NEGATED_WITHIN]}
        clause = not rules.words("clause_opening").isdisjoint(behind[:thing])
        return not clause and after.isdisjoint(rules.words("passive", "auxiliary"))
    before = [each.written for each in words[max(0, place - FOCUS) : place]]
    if words[place].written in rules.words("participle") and not rules.words("passive").isdisjoint(
        before[-NEGATED_WITHIN:]
    ):
        # "The allegations were denied", and "was denied by the board", but "rights are denied by".
        by_somebody = not rules.words("agent").isdisjoint(behind[:1]) and rules.words("withheld").isdisjoint(before)
        said = rules.words("what_was_said") - rules.words("clause_opening")
        return not by_somebody and said.isdisjoint(before)
    pair = rules.words("withheld_from"), rules.words("what_is_withheld")
    return len(behind) > 1 and behind[0] in pair[0] and behind[1] in pair[1]


def _content(
    telling: Telling, sentence: Span, quotes: Sequence[Quote], language: Language
) -> tuple[tuple[Place, ...], tuple[frozenset[str], ...]]:
    """What a sentence says that somebody denies, where it says it in words of its own, and the stems of each
    stretch. "Denied those reports" says nothing of it."""
    rules, text = language.rules(ROOM), telling.text
    little = frozenset(map(stem, rules.words("what_was_said", "says_little")))
    said = [
        quote.content
        for quote in quotes
        if quote.stance == "denies" and quote.cue is not None and sentence.contains(quote.content)
        # "Excluded the north from the vote" denies nothing.
        if not rules.words("denying").isdisjoint(word.written for word in words_of(text, quote.cue, language))
    ]
    for name in DENIED:
        matches = language.pattern(ROOM, name).finditer(text, sentence.start, sentence.end)
        said += [Span(*match.span("what")) for match in matches]
    found: dict[Place, frozenset[str]] = {}
    for span in said:
        words = words_of(text, span, language)
        while words and words[-1].written in rules.words("joining"):
            words = words[:-1]
        stems = frozenset(word.stem for word in words if word.stem) - little
        if len(stems) >= TOLD and not any(span.overlaps(place.span) for place in found):
            found[Place(telling.id, Span(words[0].start, words[-1].end))] = stems
    return tuple(found), tuple(found.values())


def _sources(telling: Telling, quotes: Sequence[Quote], language: Language) -> frozenset[str]:
    """The stems of the words that say who is quoted."""
    found: set[str] = set()
    for quote in quotes:
        spans = [span for span in (quote.source, quote.described) if span is not None]
        if quote.speaker is not None:
            spans += [telling.mentions[place].span for place in telling.chains[quote.speaker].mentions[:NAMED]]
        found.update(word.stem for span in spans for word in words_of(telling.text, span, language) if word.stem)
    return frozenset(found)


def _focus(text: str, words: Sequence[Word], at: Sequence[int]) -> tuple[str, ...]:
    """The stems behind words that deny, up to the end of the clause, the nearest first."""
    found: dict[str, int] = {}
    for place in at:
        reached = 0
        for before, word in pairwise(words[place : place + 1 + FOCUS]):
            if not _CLAUSE_END.isdisjoint(text[before.end : word.start]):
                break
            if word.stem:
                found[word.stem] = min(reached, found.get(word.stem, reached))
                reached += 1
    return tuple(sorted(found, key=lambda stem: found[stem]))


@cache
def _words(language: Language) -> tuple[frozenset[str], ...]:
    rules = language.rules(ROOM)
    return rules.words("denying", "negation"), rules.words("denying"), rules.words("claiming")


class _Said:
    """The quotations of a telling, asked for by sentences in their order."""

    def __init__(self, telling: Telling) -> None:
        said = (quote for quote in telling.quotes if quote.status != "not-a-statement")
        self._ahead = deque(sorted(said, key=lambda quote: quote.content))
        self._open: list[Quote] = []

    def over(self, span: Span) -> list[Quote]:
        """Those of which part stands in a sentence, which begins no earlier than the one asked for before."""
        while self._ahead and self._ahead[0].content.start < span.end:
            self._open.append(self._ahead.popleft())
        self._open = [quote for quote in self._open if quote.content.end > span.start]
        return [quote for quote in self._open if quote.content.overlaps(span)]


class Likeness:
    """How alike statements of a story are, by the stems they share, the rarer the more."""

    def __init__(self, found: Sequence[Statement]) -> None:
        self._rare = rarity(one.stems for one in found)
        self._lengths = [self.length(dict.fromkeys(one.stems, 1.0)) for one in found]
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(found):
            for word in one.stems:
                self._holders[word].append(place)
        #: The stems from the commonest to the rarest.
        common = sorted(self._holders, key=lambda word: (-len(self._holders[word]), word))
        self._rank = {word: rank for rank, word in enumerate(common)}

    def length(self, weights: Mapping[str, float]) -> float:
        """The length of the vector of stems with these weights."""
        return sqrt(fsum((self._rare[word] * weight) ** 2 for word, weight in weights.items())) or 1.0

    def weight(self, stems: Iterable[str]) -> float:
        """How rare stems are together."""
        return fsum(self._rare[stem] for stem in stems)

    def alike(self, a: Statement, b: Statement) -> float:
        """The cosine of two statements."""
        shared = fsum(self._rare[word] ** 2 for word in a.stems & b.stems)
        return shared / (self.length(dict.fromkeys(a.stems, 1.0)) * self.length(dict.fromkeys(b.stems, 1.0)))

    def near(
        self,
        weights: Mapping[str, float],
        least: float = 0.0,
        before: int | None = None,
        also: Collection[int] = (),
    ) -> list[tuple[int, float]]:
        """The statements, by their places, that share a stem with these weights, with the cosine where it is at least
        `least`, or they are of `also`; only those `before` a place, where one is given. Stems that stand nearly
        everywhere count for nothing.

        What shares only the commonest of the stems cannot be near enough, as a cosine is at most the length of the part
        that two vectors share (Cauchy and Schwarz): these are not looked up, they count for what the others have found.
        """
        length, lengths = self.length(weights), self._lengths
        beneath, together = (least * length) ** 2 * (1 - _ROUNDING), 0.0
        found_by: list[str] = []
        counting: list[str] = []
        for word in sorted(weights, key=self._rank.__getitem__):
            if len(self._holders[word]) <= COMMON:
                together += (weights[word] * self._rare[word]) ** 2
                (counting if together < beneath else found_by).append(word)
        products: dict[int, float] = defaultdict(float, dict.fromkeys(also, 0.0))
        for word in found_by:
            product = weights[word] * self._rare[word] ** 2
            holders = self._holders[word]
            for other in holders if before is None else holders[: bisect_left(holders, before)]:
                products[other] += product
        for word in counting:
            product = weights[word] * self._rare[word] ** 2
            for other in self._holders[word]:
                if other in products:
                    products[other] += product
        return sorted(
            (other, cosine)
            for other, product in products.items()
            if product and ((cosine := product / (length * lengths[other])) >= least or other in also)
        )

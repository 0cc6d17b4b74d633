"""Names of a draft: whether tellings print them, and so spelled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from tellings.across.checking.alike import Alike
from tellings.across.checking.locating import exactly, place_of
from tellings.across.checking.sources import Sources
from tellings.across.keys import consonants, words
from tellings.language.base import UNDECLARED, language_of
from tellings.model.checked import Checked, Verdict
from tellings.model.records import Place, Provenance
from tellings.model.text import Span

STAGE = "checking"
#: Letters of a word that may be a slip of another one, from which two letters may be off, and from which sound tells.
SLIP, LONG, HEARD = 5, 10, 7
#: Words of a longest name.
LONGEST = 8
#: Share of its places at which a name stands with a capital.
CAPITAL = 0.8
_POSSESSIVE = "'s"


def check_names(alike: Alike) -> Iterator[Checked]:
    """The verdict on each name of the draft, once in each form, and on other words with a capital that are slips."""
    draft, sources = alike.draft, alike.sources
    spelled = _Spelled(sources)
    opening = language_of(draft.document.read_as).lexicon.words("sentence_opener")
    seen: set[tuple[str, ...]] = set()
    covered: list[Span] = []
    for mention in draft.mentions:
        if mention.kind != "name" or not alike.told(mention.span):
            continue
        row = words(draft.text, (mention.span,))
        normal = tuple(_bare(word.normal) for word in row)
        figures = any(character.isdigit() for word in normal for character in word)  # "$US7,000"
        if not normal or figures or len(normal) > LONGEST or (len(normal) == 1 and normal[0] in opening):
            continue
        covered.append(mention.span)
        if normal not in seen:
            seen.add(normal)
            yield _name(mention.span, normal, sources, spelled)
    for word in words(draft.text):
        bare = _bare(word.normal)
        if not draft.text[word.start].isupper() or (bare,) in seen or any(s.overlaps(word.span) for s in covered):
            continue
        seen.add((bare,))
        if alike.told(word.span) and (slips := spelled.slips((bare,))):
            yield _found(word.span, "differs", "spelled otherwise", sources, (), slips)


def _name(span: Span, normal: tuple[str, ...], sources: Sources, spelled: _Spelled) -> Checked:
    """The verdict on a name."""
    if places := _places(normal, sources):
        return _found(span, sources.borne_out(places), "printed", sources, places)
    if slips := spelled.slips(normal):
        return _found(span, "differs", "spelled otherwise", sources, (), slips)
    if all(spelled.known(word) for word in normal):
        return _found(span, "not checked", "its words stand apart", sources, reason="words-apart")
    return _found(span, "not found", "in no telling", sources)


def _bare(word: str) -> str:
    """A word without the ending of a genitive."""
    return word.removesuffix(_POSSESSIVE) if len(word) > len(_POSSESSIVE) + 1 else word


def _places(normal: Sequence[str], sources: Sources) -> tuple[Place, ...]:
    """Where a name stands, once in each telling."""
    found = exactly(normal, sources) or exactly((*normal[:-1], normal[-1] + _POSSESSIVE), sources)
    first: dict[str, Place] = {}
    for located in found:
        first.setdefault(located.telling, place_of(located, sources))
    return tuple(first.values())


class _Spelled:
    """The names of the tellings, word by word, by their first letters: what hardly stands without a capital."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        capital: Counter[str] = Counter()
        small: Counter[str] = Counter()
        for telling in sources.tellings:
            table = sources.words[telling.id]
            for start, word in zip(table.starts, table.normal, strict=True):
                (capital if telling.text[start].isupper() else small)[_bare(word)] += 1
        calendar = language_of(UNDECLARED).lexicon.words("month_name", "weekday_name")
        self._names: Mapping[str, set[str]] = defaultdict(set)
        for word, times in capital.items():
            if times >= CAPITAL * (times + small[word]) and word.capitalize() not in calendar:
                self._names[word[0]].add(word)

    def known(self, word: str) -> bool:
        """Whether a telling has a word, as it is or in the genitive."""
        return bool(self._sources.where(word) or self._sources.where(word + _POSSESSIVE))

    def slips(self, normal: Sequence[str]) -> tuple[Place, ...]:
        """Where the name stands of which this one is a slip: one word of it is no word of the tellings, and another
        name of theirs but for a letter, or by its consonants, and all its other words are theirs."""
        odd = [at for at, word in enumerate(normal) if not self.known(word)]
        if len(odd) != 1 or len(normal[odd[0]]) < SLIP:
            return ()
        word, lone = normal[odd[0]], len(normal) == 1
        near = sorted(
            (distance, other)
            for first in dict.fromkeys(word[:2])
            for other in self._names.get(first, ())
            if (distance := OSA.distance(word, other, score_cutoff=2)) <= 2 and _is_slip(word, other, distance, lone)
        )
        for _, other in near:
            whole = (*normal[: odd[0]], other, *normal[odd[0] + 1 :])
            if places := _places(whole, self._sources):
                return places
        return ()


def _is_slip(word: str, other: str, distance: int, lone: bool) -> bool:
    """Whether one of two words is a slip of the other: by a letter, by two where one says both alike or other words of
    the name vouch for it. A `lone` one is no slip by an ending ("Nigeria", "Nigerian"), and short ones are many names
    ("Davis", "David")."""
    alike = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    if lone and alike >= min(len(word), len(other)) - 1 and len(word) != len(other):
        return False
    if distance == 1:
        swapped = len(word) != len(other) or sorted(word) == sorted(other)
        return swapped or not lone or len(word) > SLIP
    shorter = min(len(word), len(other))
    heard_alike = shorter >= HEARD and word[-1] == other[-1] and consonants(word) == consonants(other)
    return not lone or heard_alike or shorter >= LONG


def _found(
    span: Span,
    verdict: Verdict,
    rule: str,
    sources: Sources,
    places: tuple[Place, ...] = (),
    against: tuple[Place, ...] = (),
    *,
    reason: str = "",
) -> Checked:
    origins = sources.origins(places)
    return Checked(span, "name", verdict, Provenance(STAGE, rule), places, against, origins, reason=reason)

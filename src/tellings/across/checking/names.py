"""Names of a draft: whether tellings print them, and so spelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from tellings.across.checking.locating import exactly, place_of
from tellings.across.checking.sources import Sources
from tellings.across.keys import Word, words
from tellings.language.base import language_of
from tellings.model.checked import Checked, Verdict
from tellings.model.records import Place, Provenance, Telling
from tellings.model.text import Span

STAGE = "checking"
#: Letters of a word that may be a slip of another one, and from which two letters may be off.
SLIP, LONG = 4, 8
#: Words of a longest name.
LONGEST = 8
_POSSESSIVE = ("'s", "s'")


def check_names(draft: Telling, sources: Sources) -> Iterator[Checked]:
    """The verdict on each name of the draft, once in each form."""
    seen: set[tuple[str, ...]] = set()
    spelled = _Spelled(sources)
    opening = _openers(draft)
    for mention in draft.mentions:
        if mention.kind != "name":
            continue
        row = words(draft.text, (mention.span,))
        normal = tuple(_bare(word.normal) for word in row)
        if not normal or len(normal) > LONGEST or normal in seen:
            continue
        seen.add(normal)
        if len(normal) == 1 and normal[0] in opening:
            continue  # begins a sentence, and stands in small letters elsewhere
        found = _places(normal, sources)
        if found:
            yield _found(mention.span, sources.borne_out(found), "printed", sources, found)
        elif slips := spelled.slips(row, normal):
            yield _found(mention.span, "differs", "spelled otherwise", sources, (), slips)
        elif all(sources.where(word) or sources.where(f"{word}'s") for word in normal):
            yield _found(mention.span, "not checked", "its words stand apart", sources, reason="words-apart")
        else:
            yield _found(mention.span, "not found", "in no telling", sources)


def _openers(draft: Telling) -> frozenset[str]:
    language = language_of(draft.document.read_as)
    return language.lexicon.words("sentence_opener")


def _bare(word: str) -> str:
    for end in _POSSESSIVE:
        if word.endswith(end) and len(word) > len(end) + 1:
            return word[: -len(end)] if end == "'s" else word[:-1]
    return word


def _places(normal: Sequence[str], sources: Sources) -> tuple[Place, ...]:
    found = [place_of(each, sources) for each in exactly(normal, sources)]
    if not found:
        found = [place_of(each, sources) for each in exactly((*normal[:-1], f"{normal[-1]}'s"), sources)]
    first: dict[str, Place] = {}
    for place in found:
        first.setdefault(place.telling, place)
    return tuple(first.values())


class _Spelled:
    """The words with a capital of the tellings, by what a slip leaves of them."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._names: Mapping[str, dict[str, list[Place]]] = defaultdict(dict)
        for telling in sources.tellings:
            table = sources.words[telling.id]
            text = telling.text
            for at, word in enumerate(table.normal):
                if len(word) >= SLIP and text[table.starts[at]].isupper():
                    bare = _bare(word)
                    self._names[bare[0]].setdefault(bare, []).append(Place(telling.id, table.span(at, at)))

    def slips(self, row: Sequence[Word], normal: Sequence[str]) -> tuple[Place, ...]:
        """Where the name stands of which this one is a slip: one word of it is no word of the tellings, and another
        name of theirs but for a letter, and all its other words are theirs."""
        odd = [at for at, word in enumerate(normal) if not self._known(word)]
        if len(odd) != 1 or len(normal[odd[0]]) < SLIP:
            return ()
        word = normal[odd[0]]
        near = [
            (OSA.distance(word, other), other)
            for first in dict.fromkeys((word[0], word[1:2]))
            for other in self._names.get(first, ())
            if OSA.distance(word, other, score_cutoff=2) <= (2 if len(word) >= LONG else 1)
        ]
        for _, other in sorted(near):
            whole = (*normal[: odd[0]], other, *normal[odd[0] + 1 :])
            if places := _places(whole, self._sources):
                return places
        return ()

    def _known(self, word: str) -> bool:
        return bool(self._sources.where(word)) or bool(self._sources.where(f"{word}'s"))


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

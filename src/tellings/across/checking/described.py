"""What a draft calls somebody in an apposition, "Ada Quill, a stoker", where the tellings call another so, and her a
pilot.

The noun is looked for around every mention of the surname in the tellings. Only where it stands nowhere near it, and
beside the name of somebody else, it is his.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tellings.across.checking.alike import Alike
from tellings.across.checking.belongings import around
from tellings.across.checking.fillers import bare
from tellings.across.checking.locating import ROOM
from tellings.across.checking.roles import clauses_beside, named
from tellings.across.checking.sources import Sources, language_of_telling
from tellings.across.checking.verdicts import SHOWN, verdict_on
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.word_vectors import stem
from tellings.language.base import Language, language_of
from tellings.model.checked import Checked
from tellings.model.records import Mention, Place, Telling

#: Words of a description before its noun, at most.
LONGEST = 4
#: Times that a noun may stand in the tellings that says who is meant.
COMMON = 20


def check_described(alike: Alike) -> Iterator[Checked]:
    """What speaks against what the draft calls people."""
    draft, sources = alike.draft, alike.sources
    language = language_of(draft.document.read_as)
    held: Mapping[str, list[tuple[str, Place]]] | None = None
    for mention in draft.mentions:
        surname = _surname(draft, mention, sources)
        if surname is None or not alike.in_own_words(mention.span):
            continue
        noun = _noun(draft, mention, language)
        if noun is None or noun.normal in language.words(ROOM, "called_of_many"):
            continue
        if held is None:
            held = _held(sources)
        own = stem(noun.normal)
        called = held.get(own, ())
        others = [place for other, place in called if other != surname]
        if len(sources.where(noun.normal)) > COMMON or len({other for other, _ in called}) > 1:
            continue  # "a leader", "the son": many are
        if others and not _is_called(own, surname, sources):
            yield verdict_on(sources, "role", noun.span, "differs", "another-is-called-so", (), others[:SHOWN])


def _surname(telling: Telling, mention: Mention, sources: Sources) -> str | None:
    """The last word of the name of a person of the story; `None` of any other mention."""
    if mention.kind != "name":
        return None
    row = [bare(word) for word in words(telling.text, (mention.span,))]
    return row[-1] if row and sources.is_person(row) else None


def _noun(telling: Telling, mention: Mention, language: Language) -> Word | None:
    """The noun of the apposition behind a name: "Ada Quill, a retired stoker from Osk,"."""
    articles, ends = language.words(ROOM, "before_a_name"), language.words(ROOM, "ends_a_description")
    for clause in clauses_beside(telling, mention.span):
        if not clause or clause[0].start < mention.span.end or clause[0].normal not in articles:
            continue
        row: Sequence[Word] = clause[1:]
        end = next((at for at, word in enumerate(row) if word.normal in ends), len(row))
        if 0 < end <= LONGEST and tells(row[end - 1].normal) and row[end - 1].normal.isalpha():
            return row[end - 1]
    return None


def _held(sources: Sources) -> Mapping[str, list[tuple[str, Place]]]:
    """The stem of what tellings call people → the surnames of those who are called so, and where."""
    found: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for telling in sources.read:
        language = language_of_telling(telling)
        for mention in telling.mentions:
            surname = _surname(telling, mention, sources)
            if surname is not None and (noun := _noun(telling, mention, language)) is not None:
                found[stem(noun.normal)].append((surname, Place(telling.id, noun.span)))
    return found


def _is_called(noun: str, surname: str, sources: Sources) -> bool:
    """Whether a noun stands in a sentence with a surname in any telling, or beside one."""
    return any(
        noun in map(stem, map(bare, words(telling.text, (around(telling, name, sources),))))
        for telling, name, _ in named(surname, sources)
    )

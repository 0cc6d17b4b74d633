"""Credits: where a telling says whose report it is, by an agency's name at its head or "first reported by"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tellings.language.base import UNDECLARED, language_of
from tellings.model.records import Credit, Place, Provenance, Telling
from tellings.model.rules import RuleSet
from tellings.model.text import Span

#: Blocks outside the story in which an agency's name says whose report it is; in a picture's credit it does not.
_HEADS = frozenset({"dateline", "byline"})
_AT_END = "agency-at-end"
#: The folder of the rules.
_ROOM = "credit"


def credits(tellings: Iterable[Telling]) -> tuple[Credit, ...]:
    """Tellings of one story that credit one outlet, with that outlet's own tellings; sorted by outlet.

    An outlet that only one telling credits, and that published none of the others, is left out.
    """
    places: dict[str, list[Place]] = {}
    published: dict[str, set[str]] = {}
    for telling in sorted(tellings, key=lambda each: each.id):
        for outlet, span in sorted({*_agencies(telling), *_firsts(telling)}, key=lambda found: found[1]):
            places.setdefault(outlet, []).append(Place(telling.id, span))
        if telling.document.publisher is not None:
            published.setdefault(outlet_key(telling.document.publisher.value), set()).add(telling.id)
    found = []
    for outlet, said in sorted(places.items()):
        ids = published.get(outlet, set()).union(place.telling for place in said)
        if len(ids) > 1:
            found.append(Credit(outlet, tuple(sorted(ids)), tuple(said), Provenance("credits", "credit")))
    return tuple(found)


def outlet_key(name: str) -> str:
    """An outlet's name by what tells it from others; agencies by their usual name.

    >>> outlet_key("The Associated Press"), outlet_key("The Merrin Herald")
    ('ap', 'merrin herald')
    """
    rules = _rules()
    plain = re.sub(r"\s+", " ", name).strip(" .,’'")
    first, _, rest = plain.partition(" ")
    plain = rest if first.casefold() in rules.words("article") and rest else plain
    agency = rules.meanings("agencies").get(plain)
    if agency is not None:
        return str(agency).casefold()
    kept = [word for word in re.findall(r"\w+", plain.casefold()) if word not in rules.words("bare")]
    return " ".join(kept) or plain.casefold()


def _agencies(telling: Telling) -> Iterator[tuple[str, Span]]:
    """Agencies named in a dateline, a byline or a signature."""
    for block in telling.blocks:
        if not block.story and (block.kind in _HEADS or block.provenance.rule == _AT_END):
            for match in _agency().finditer(telling.text, block.span.start, block.span.end):
                yield outlet_key(match.group()), Span(*match.span())


def _firsts(telling: Telling) -> Iterator[tuple[str, Span]]:
    """Outlets that are said to have had the story first."""
    for block in telling.blocks:
        if block.story and _hint().search(telling.text, block.span.start, block.span.end):
            for pattern in _patterns():
                for match in pattern.finditer(telling.text, block.span.start, block.span.end):
                    if _is_outlet(match["outlet"]):
                        yield outlet_key(match["outlet"]), Span(*match.span())


def _is_outlet(name: str) -> bool:
    """Whether a name can be told to be an outlet's: by one of its words, or as it is an agency's or in capitals."""
    words = [word.casefold() for word in re.findall(r"\w+", name)]
    rules = _rules()
    return (
        name in rules.meanings("agencies")
        or (name.isupper() and 3 <= len(name) <= 5)
        or not rules.words("outlet_words").isdisjoint(words)
    )


def _rules() -> RuleSet:
    return language_of(UNDECLARED).rules(_ROOM)


def _hint() -> re.Pattern[str]:
    """What stands in a block wherever one of the rules finds something: they cost more."""
    return language_of(UNDECLARED).pattern(_ROOM, "had-it-first")


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w&])(?:{_rules().alternatives('agencies')})(?![\w&])")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule.pattern) for rule in _rules().rules)

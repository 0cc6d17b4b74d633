"""One person across tellings: by full name; a first name or surname alone joins only what it can solely mean.

1. named      the chains that name people, by full name or by a lone one
2. spellings  full names that are one name misspelt, whose given names are one by their sound, or that differ by an
              initial
3. lone       lone names that can mean only one of the full ones
4. decided    what a person said of two of them
5. person     for each name the form that most tellings print
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from tellings.across.keys import consonants, normal_form
from tellings.model.records import DECIDED, Chain, Gender, Person, PersonDecision, Place, Provenance, Telling

_Key = tuple[str, int]
_Name = tuple[str, ...]
#: A person: the words of the name, the chains, and the rule by which these are one.
_Group = tuple[_Name, list[_Key], str]
#: A middle initial, or several in one word ("j", "hw", as dots are dropped).
_INITIAL = re.compile(r"(?:\w\.?){1,2}")
#: Last letters of a name that are one sound.
_HEARD_ALIKE = frozenset("iy")
#: The rule by which a name and its misspelling are one.
SPELLED_OTHERWISE = "full name; one letter differs in a telling"
#: A surname that is a spelling of another by one letter has at least so many.
SPELLED = 5


def people(tellings: tuple[Telling, ...], decisions: Iterable[PersonDecision] = ()) -> tuple[Person, ...]:
    """People sorted by how many tellings and mentions they have, most first, then by name.

    Relatives who share a surname are different people: only whole names are equal, and a lone
    name that two people of the story could bear stays on its own. `decisions` is what a person said of them.
    """
    chains = _named(tellings)  # 1
    full: dict[_Name, list[_Key]] = defaultdict(list)
    lone: dict[str, list[_Key]] = defaultdict(list)
    known = {_words(chain.name) for chain in chains.values() if chain.kind == "person"}
    for key, chain in chains.items():
        words = _words(chain.name)
        if len(words) > 1:
            if words in known:
                full[words].append(key)
        else:
            lone[words[0]].append(key)
    rules = dict.fromkeys(full, "full name")
    rules.update(dict.fromkeys(_join_spellings(full), SPELLED_OTHERWISE))  # 2
    rules.update(dict.fromkeys(_join_given_names(full, chains), SPELLED_OTHERWISE))
    rules.update(dict.fromkeys(_join_initials(full, chains), "full name; with an initial in a telling"))
    by_id = {telling.id: telling for telling in tellings}
    rules.update(dict.fromkeys(_join_lone_names(full, lone, chains, by_id), "same lone name"))  # 3
    groups = [(words, keys, rules[words]) for words, keys in full.items()]
    groups = _as_decided(groups, chains, by_id, decisions)  # 4
    found = (_person(words, keys, chains, rule) for words, keys, rule in groups)  # 5
    return tuple(sorted(found, key=lambda person: _order(person, chains)))


def _named(tellings: Iterable[Telling]) -> dict[_Key, Chain]:
    """The chains that may name people, by telling and place. A name of unknown kind is a person only where another
    telling gives it to one."""
    return {
        (telling.id, index): chain
        for telling in tellings
        for index, chain in enumerate(telling.chains)
        if chain.kind in ("person", "unknown")
    }


def _words(name: str) -> _Name:
    """The words of a name, without case and accents, which a wire drops."""
    return tuple(map(normal_form, name.split()))


def _join_spellings(full: dict[_Name, list[_Key]]) -> list[_Name]:
    """Join a full name to a more frequent one of which it is a misspelling: all but one letter of the surname is the
    same. The names that were joined to."""
    found = []
    by_beginning: dict[_Name, list[_Name]] = defaultdict(list)
    for words in sorted(full):
        by_beginning[words[:-1]].append(words)
    for names in by_beginning.values():
        names.sort(key=lambda words: (-len(full[words]), words))
        for index, rare in enumerate(names):
            common = next((name for name in names[:index] if _is_misspelt(rare, name, full)), None)
            if common is not None:
                full[common].extend(full.pop(rare))
                found.append(common)
    return found


def _join_given_names(full: dict[_Name, list[_Key]], chains: Mapping[_Key, Chain]) -> list[_Name]:
    """Join full names of one surname whose given names are one by their sound ("Sergei", "Sergey"), where no telling
    uses both and nothing says that they are a man and a woman. The names that were joined to."""
    found = []
    by_end: dict[_Name, list[_Name]] = defaultdict(list)
    for words in sorted(full):
        by_end[words[1:]].append(words)
    for names in by_end.values():
        names.sort(key=lambda words: (-len(full[words]), words))
        for index, rare in enumerate(names):
            for common in names[:index]:
                if common in full and _one_sound(rare[0], common[0]) and _fits(full[rare], full[common], chains):
                    full[common].extend(full.pop(rare))
                    found.append(common)
                    break
    return found


def _join_initials(full: dict[_Name, list[_Key]], chains: Mapping[_Key, Chain]) -> list[_Name]:
    """Join a name with middle initials to the one without, where no other initials stand between the same names
    ("George W. Bush" and "George H. W. Bush" are two). The names that were joined to."""
    found = []
    with_initials: dict[_Name, list[_Name]] = defaultdict(list)
    for words in sorted(full):
        if len(words) > 2 and all(_INITIAL.fullmatch(word) for word in words[1:-1]):
            with_initials[words[0], words[-1]].append(words)
    for plain, variants in with_initials.items():
        if plain in full and len(variants) == 1 and _one_gender(full[plain], full[variants[0]], chains):
            full[plain].extend(full.pop(variants[0]))
            found.append(plain)
    return found


def _one_gender(ones: Sequence[_Key], others: Sequence[_Key], chains: Mapping[_Key, Chain]) -> bool:
    return len({chains[key].gender for key in (*ones, *others)} - {"unknown"}) < 2


def _is_misspelt(rare: _Name, common: _Name, full: Mapping[_Name, Sequence[_Key]]) -> bool:
    return common in full and len(full[rare]) < len(full[common]) and _one_letter(rare[-1], common[-1])


def _one_letter(a: str, b: str) -> bool:
    return min(len(a), len(b)) >= SPELLED and Levenshtein.distance(a, b, score_cutoff=1) == 1


def _one_sound(a: str, b: str) -> bool:
    """Whether two given names differ by a letter that is hardly heard: they begin alike and have the same consonants,
    doubled or not, and neither ends as the other's counterpart ("Mario", "Maria")."""
    if not _one_letter(a, b) or a[0] != b[0] or consonants(a) != consonants(b):
        return False
    return a[-1] == b[-1] or {a[-1], b[-1]} <= _HEARD_ALIKE


def _join_lone_names(
    full: dict[_Name, list[_Key]],
    lone: Mapping[str, list[_Key]],
    chains: Mapping[_Key, Chain],
    tellings: Mapping[str, Telling],
) -> list[_Name]:
    """Join each lone name to the full one that alone it can mean; one that can mean several, or none, stays a person by
    itself where it is known to be one. The names that stay."""
    found: list[_Name] = []
    bearers: dict[str, list[_Name]] = defaultdict(list)
    for words in full:
        for word in {words[0], words[-1]}:
            bearers[word].append(words)
    for word in sorted(lone):
        keys, borne_by = lone[word], bearers.get(word, [])
        fitting = [words for words in borne_by if _fits(keys, full[words], chains)]
        # Many bear one given name: it says who it is where a telling calls him so, or among relatives.
        fitting = [
            words
            for words in fitting
            if word == words[-1] or _is_called(word, full[words], tellings) or _are_relatives(words[-1], keys, tellings)
        ]
        told = all(chains[key].gender != "unknown" for key in keys)
        if len(fitting) == 1 and (len(borne_by) == 1 or told):
            full[fitting[0]].extend(keys)
        elif known := [key for key in keys if chains[key].kind == "person"]:
            full[(word,)] = known
            found.append((word,))
    return found


def _is_called(given: str, bearer: Sequence[_Key], tellings: Mapping[str, Telling]) -> bool:
    """Whether a telling calls somebody by the given name alone."""
    return any(
        _words(tellings[telling].mentions[mention].span.of(tellings[telling].text)) == (given,)
        for telling, index in bearer
        for mention in tellings[telling].chains[index].mentions
        if tellings[telling].mentions[mention].kind == "name"
    )


def _are_relatives(surname: str, lone: Sequence[_Key], tellings: Mapping[str, Telling]) -> bool:
    """Whether each telling with a lone given name names another of a surname in full: "Ina Moe said that Tom …"."""
    return all(
        any(len(words := _words(chain.name)) > 1 and words[-1] == surname for chain in tellings[telling].chains)
        for telling, _ in lone
    )


def _fits(lone: Sequence[_Key], full: Sequence[_Key], chains: Mapping[_Key, Chain]) -> bool:
    """Whether a lone name can mean the person of a full one: their genders agree, and no telling keeps them apart."""
    return _one_gender(lone, full, chains) and {telling for telling, _ in full}.isdisjoint(
        telling for telling, _ in lone
    )


def _as_decided(
    groups: Iterable[_Group],
    chains: Mapping[_Key, Chain],
    by_id: Mapping[str, Telling],
    decisions: Iterable[PersonDecision],
) -> list[_Group]:
    """The persons as decided: first who is another leaves, then those who are one join. What was decided of places
    where nobody is named any more is passed over."""
    whole = [(words, list(keys), rule) for words, keys, rule in groups]

    def holding(key: _Key | None) -> int | None:
        return next((number for number, (_, keys, _) in enumerate(whole) if key in keys), None)

    pairs = [(each.same, _named_at(each.a, by_id), _named_at(each.b, by_id)) for each in sorted(decisions)]
    for same, one, other in sorted(pairs, key=lambda pair: pair[0]):
        here, there = holding(one), holding(other)
        if here is None or there is None or one is None or other is None or one == other:
            continue
        if not same and here == there:
            whole[here][1].remove(other)
            whole.append((_words(chains[other].name), [other], DECIDED))
        elif same and here != there:
            (words, keys, _), (others, more, _) = whole[here], whole[there]
            whole[here] = max(words, others, key=len), keys + more, DECIDED
            del whole[there]
    return whole


def _named_at(place: Place, tellings: Mapping[str, Telling]) -> _Key | None:
    """The telling and the chain of whom a place names."""
    telling = tellings.get(place.telling)
    for mention in telling.mentions if telling is not None else ():
        if mention.span == place.span and mention.chain is not None:
            return place.telling, mention.chain
    return None


def _person(words: _Name, keys: Sequence[_Key], chains: Mapping[_Key, Chain], rule: str) -> Person:
    names = [chains[key].name for key in keys if len(chains[key].name.split()) == len(words)] or [chains[keys[0]].name]
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    # The form most tellings print; of equals the first by code point, so that order changes nothing.
    name = min(counts, key=lambda form: (-counts[form], form))
    genders: list[Gender] = [chains[key].gender for key in sorted(keys) if chains[key].gender != "unknown"]
    return Person(name, tuple(sorted(keys)), genders[0] if genders else "unknown", Provenance("people", rule))


def _order(person: Person, chains: Mapping[_Key, Chain]) -> tuple[int, int, str]:
    mentions = sum(len(chains[key].mentions) for key in person.chains)
    return -len({telling for telling, _ in person.chains}), -mentions, person.name

"""One person across tellings: by full name; a first name or surname alone joins only what it can solely mean."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz.distance import Levenshtein

from tellings.model.records import Chain, Gender, Person, Provenance, Telling

_Key = tuple[str, int]


def people(tellings: tuple[Telling, ...]) -> tuple[Person, ...]:
    """People sorted by how many tellings and mentions they have, most first, then by name.

    Relatives who share a surname are different people: only whole names are equal, and a lone
    name that two people of the story could bear stays on its own.
    """
    full: dict[tuple[str, ...], list[_Key]] = defaultdict(list)
    lone: dict[str, list[_Key]] = defaultdict(list)
    chains: dict[_Key, Chain] = {}
    for telling in tellings:
        for index, chain in enumerate(telling.chains):
            words = tuple(chain.name.casefold().replace("’", "'").split())
            # A lone name of unknown kind is a person only where another telling gives it to one, below.
            if chain.kind != "person" and not (chain.kind == "unknown" and len(words) == 1):
                continue
            key = (telling.id, index)
            chains[key] = chain
            if len(words) > 1:
                full[words].append(key)
            else:
                lone[words[0]].append(key)
    rules: dict[tuple[str, ...], str] = dict.fromkeys(full, "full name")
    _join_spellings(full, chains, rules)
    for word in sorted(lone):
        bearers = [words for words in full if word in (words[0], words[-1])]
        fitting = [
            words
            for words in bearers
            if all(_agree(chains[a].gender, chains[b].gender) for a in full[words] for b in lone[word])
            # A telling that keeps the lone name apart from the full one means two people.
            and not {telling for telling, _ in full[words]} & {telling for telling, _ in lone[word]}
        ]
        told = all(chains[key].gender != "unknown" for key in lone[word])
        if len(fitting) == 1 and (len(bearers) == 1 or told):
            full[fitting[0]].extend(lone[word])
        elif known := [key for key in lone[word] if chains[key].kind == "person"]:
            full[(word,)] = known
            rules[(word,)] = "same lone name"
    mentions = {key: len(chain.mentions) for key, chain in chains.items()}
    found = []
    for words, keys in full.items():
        names = [chains[key].name for key in keys if len(chains[key].name.split()) == len(words)] or [
            chains[keys[0]].name
        ]
        # The form most tellings print; of equals the first by code point, so that order changes nothing.
        name = min(set(names), key=lambda form: (-names.count(form), form))
        genders: list[Gender] = [chains[key].gender for key in sorted(keys) if chains[key].gender != "unknown"]
        gender: Gender = genders[0] if genders else "unknown"
        found.append(Person(name, tuple(sorted(keys)), gender, Provenance("people", rules[words])))
    return tuple(
        sorted(found, key=lambda p: (-len({t for t, _ in p.chains}), -sum(mentions[key] for key in p.chains), p.name))
    )


def _agree(a: Gender, b: Gender) -> bool:
    return "unknown" in (a, b) or a == b


def _join_spellings(
    full: dict[tuple[str, ...], list[_Key]], chains: dict[_Key, Chain], rules: dict[tuple[str, ...], str]
) -> None:
    """A full name that differs from a more frequent one by one letter of the surname is that name misspelt."""
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in sorted(full):
        by_first[words[0]].append(words)
    for names in by_first.values():
        names.sort(key=lambda words: (-len(full[words]), words))
        for index, rare in enumerate(names):
            for common in names[:index]:
                if (
                    common in full
                    and rare in full
                    and len(full[rare]) < len(full[common])
                    and _one_letter(rare, common)
                ):
                    full[common].extend(full.pop(rare))
                    rules[common] = "full name; one letter differs in a telling"
                    break


def _one_letter(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return a[:-1] == b[:-1] and min(len(a[-1]), len(b[-1])) >= 5 and Levenshtein.distance(a[-1], b[-1]) == 1

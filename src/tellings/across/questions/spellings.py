"""One person's name spelled otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tellings.across.keys import normal_form
from tellings.across.questions.kept_apart import spoken_of
from tellings.model.records import Person, Place, Provenance, Question, QuestionValue, Relation, Telling, ValueDecision

STAGE = "questions"


def spellings(
    tellings: Mapping[str, Telling], people: Sequence[Person], decisions: Sequence[ValueDecision] = ()
) -> list[Question]:
    """People whose full name tellings spell in two ways, as far as they were found to be one person. Forms of which a
    person said that they are not of one are set apart, and shown as that."""
    found = []
    for person in people:
        forms: dict[str, list[Place]] = defaultdict(list)
        size = len(person.name.split())
        for name, chain in person.chains:
            telling = tellings[name]
            for position in telling.chains[chain].mentions:
                mention = telling.mentions[position]
                words = re.sub(r"['’]s$", "", mention.span.of(telling.text))
                if mention.kind == "name" and len(words.split()) == size and words[:1].isupper():
                    forms[" ".join(words.split())].append(Place(name, mention.span))
        if len({_letters(form) for form in forms}) < 2 or not _one_name(list(forms)):
            continue
        values = tuple(
            QuestionValue(form, (), places=tuple(sorted(places)))
            for form, places in sorted(forms.items(), key=lambda item: (-len(item[1]), item[0]))
        )
        why = Provenance(STAGE, "one-letter-differs")
        first, *others = values
        apart = [value for value in others if spoken_of(first.places, value.places, decisions)]
        if apart:
            kept = tuple(value for value in values if value not in apart)
            told_so = tuple(place for value in apart for place in value.places)
            relation: Relation = "differs" if len(kept) > 1 else "single"
            found.append(Question("name", "spelling", person.name, "", kept, relation, why, apart=told_so))
        else:
            found.append(Question("name", "spelling", person.name, "", values, "differs", why))
    return found


def _letters(form: str) -> str:
    """A name by its letters alone: accents, capitals and a last "s" (plural, lost apostrophe) are no spelling."""
    return " ".join(map(normal_form, form.split())).replace("'", "").removesuffix("s")


def _one_name(forms: list[str]) -> bool:
    """Whether the forms agree in all words but the last."""
    return len({tuple(map(normal_form, form.split()[:-1])) for form in forms}) == 1

"""How likely it is that two values answer one question: features of the pair, for a logistic regression.

What a value is of is said by the words around it, the nearer the more; whether two are of one thing is not seen in the
values themselves but for their size. The weights are trained by train/questions.py on stories whose questions were
noted by reading.
"""

from __future__ import annotations

from math import log, log1p, sqrt

from tellings.across.questions.answers import Answer, Reading
from tellings.across.questions.asked import ROOM
from tellings.across.questions.company import Company
from tellings.across.questions.sentence_words import LEAD
from tellings.language.base import Language

#: The rarity by which that of the rarest word is divided.
RAREST = 5
#: The logarithm of the days between two days, and of one value to another, from which farther says no more.
MOST, FARTHEST = 6.0, 5.0
#: The logarithm of one value to another up to which they are close, and counts that are few: these are given of much.
CLOSE, FEW = 0.3, 10


def features(a: Reading, b: Reading, company: Company) -> dict[str, float]:
    """What speaks for and against that two readings of one kind answer one question; the order does not matter."""
    one, other = a.answer, b.answer
    mine, theirs = a.around, b.around
    here, there = company.profile(a), company.profile(b)
    kind = one.kind
    near = company.likeness(a, b)
    shared = company.shared(here, there)
    found = {
        "bias": 1.0,
        kind: 1.0,
        "words_near": near,
        "words_whole": shared.whole,
        "words_next": shared.near,
        "words_before": shared.before,
        "words_after": shared.after,
        "words_beside": shared.beside,
        "rarest_shared": shared.rarest / RAREST,
        "rarest_shared_near": shared.rarest_near / RAREST,
    }
    found["near_" + kind] = near
    if one.head and other.head:
        same = one.head == other.head
        of_head = "head_same" if same else "head_other"
        found[of_head] = 1.0
        if kind in ("count", "money", "measure", "duration"):
            found[f"{of_head}_{kind}"] = 1.0
        if not same and (one.head in there.next or other.head in here.next):
            found["head_beside"] = 1.0
    if mine.asked and theirs.asked:
        of_asked = "asked_same" if mine.asked == theirs.asked else "asked_other"
        found[of_asked] = 1.0
        found[f"{of_asked}_{kind}"] = 1.0
    elif mine.asked or theirs.asked:
        found["asked_one"] = 1.0
    if mine.names and theirs.names:
        names = mine.names & theirs.names
        found["names"] = len(names) / sqrt(len(mine.names) * len(theirs.names))
        if not names:
            found["names_other"] = 1.0
    if one.person is not None and other.person is not None:
        found["person_same" if one.person == other.person else "person_other"] = 1.0
    elif one.person is not None or other.person is not None:
        found["one_person"] = 1.0
    if one.scope and other.scope:
        found["scope_same" if one.scope == other.scope else "scope_other"] = 1.0
    elif one.scope or other.scope:
        found["one_scope"] = 1.0
    meets = one.meets(other)
    if not meets:
        gives = sorted((company.gives(a, b), company.gives(b, a)))
        found["gives_both"], found["gives_one"] = gives
        nearer = sorted((company.nearer(a, b), company.nearer(b, a)))
        found["nearer_both"], found["nearer_one"] = nearer
        if nearer == [0.0, 0.0]:
            found["nearest"] = 1.0
    found["senses_shared"] = min(3, len(mine.senses & theirs.senses)) / 3
    found["senses_apart"] = min(3, len(mine.senses ^ theirs.senses)) / 3
    if _opposed(mine.senses, theirs.senses, company.language):
        found["senses_opposed"] = 1.0
    if mine.past != theirs.past:
        found["one_past"] = 1.0
    if mine.denied != theirs.denied:
        found["one_denied"] = 1.0
    if kind == "clock":
        found.pop(kind)  # too few were read to learn what goes for them alone
    found.update(_meeting(one, other) if meets else _sizes(one, other))
    if one.bound != "exact" or other.bound != "exact":
        found["bounded"] = 1.0
    if a.tellings & b.tellings:
        found["one_telling"] = 1.0
        if one.number == other.number:
            found["one_sentence"] = 1.0
    lead = (one.number < LEAD) + (other.number < LEAD)
    found[f"lead_{lead}"] = 1.0
    if one.quoted != other.quoted:
        found["one_quoted"] = 1.0
    return found


def _opposed(mine: frozenset[str], theirs: frozenset[str], language: Language) -> bool:
    """Whether the words beside one value say the opposite of those beside the other ("rose", "fell")."""
    return bool(mine and theirs) and any(
        {a, b} & mine and {a, b} & theirs and not {a, b} & mine & theirs
        for a, b in language.rules(ROOM).meanings("opposite").items()
    )


def _meeting(one: Answer, other: Answer) -> dict[str, float]:
    """How near two values are that one number satisfies: what is open to one side meets too much."""
    if (one.low, one.high) == (other.low, other.high):
        return {"size_equal": 1.0}
    small, large = sorted((one.stated, other.stated))
    near = small > 0 and large <= 1.25 * small
    return {"size_meets_near" if near or one.kind in ("date", "clock") else "size_meets_far": 1.0}


def _sizes(one: Answer, other: Answer) -> dict[str, float]:
    """How far two values are apart."""
    if one.kind == "date":
        gap = max(other.low - one.high, one.low - other.high)
        return {"gap": min(log1p(gap), MOST) / MOST}
    if one.kind == "clock":
        return {}
    small, large = sorted((one.stated, other.stated))
    ratio = log(large / small) if small > 0 else FARTHEST
    found = {"ratio": min(ratio, FARTHEST) / FARTHEST}
    if ratio < CLOSE:
        found["size_near"] = 1.0
    if small < FEW and one.kind == "count":
        found["size_small"] = 1.0
    return found

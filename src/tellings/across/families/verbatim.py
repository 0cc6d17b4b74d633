"""Which quoted stretches are one utterance by the words they share as they stand."""

from __future__ import annotations

from tellings.across.families.speakers import Sameness
from tellings.across.families.stretches import REPORTED, Stretch
from tellings.across.families.telling_words import tells
from tellings.across.keys import align

#: Words in a row that two stretches must share. Eight are no chance in running English; fewer count
#: when they are most of the shorter stretch. Set on invented examples; floors.json watches it.
_LONG_RUN = 8
_SHORT_RUN = 4
#: Share of the shorter stretch's words that must be equal where the common run is short.
_SHARE = 0.6
#: ... and of a short fragment, or where it is not known that one person speaks both.
_NEARLY = 0.8
#: Share of the telling words of the shorter that must be equal where the common run is short.
_TELLING = 0.5
#: Words in a row that two people who are named differently are not both thought to say.
_TWO_MOUTHS = 10
#: Share of the longer clause's words that two reported clauses must have in common.
_COPIED = 0.8


def same_words(a: Stretch, b: Stretch) -> bool:
    """Whether two stretches are cuts of one utterance."""
    if a.level != b.level:
        return False
    first, second = [w.normal for w in a.words], [w.normal for w in b.words]
    shorter = min(len(first), len(second))
    if a.level == REPORTED:
        equal = sum(e.a2 - e.a1 for e in align(first, second) if e.op == "equal")
        return shorter >= _SHORT_RUN and equal >= _COPIED * max(len(first), len(second)) and not _two_sources(a, b)
    if shorter < _SHORT_RUN and first == second and shorter >= 2:
        return not (_two_sources(a, b) or a.when.differs(b.when))
    if (len(a.context) > len(first) or len(b.context) > len(second)) and _same_in_context(a, b):
        return True
    if shorter < _SHORT_RUN:
        return False
    equal = longest = telling = 0
    for edit in align(first, second):
        if edit.op == "equal":
            equal += edit.a2 - edit.a1
            longest = max(longest, edit.a2 - edit.a1)
            telling += sum(map(tells, first[edit.a1 : edit.a2]))
    if longest >= _LONG_RUN:
        return longest >= _TWO_MOUTHS or not (_two_sources(a, b) or a.when.differs(b.when))
    # Fewer words in a row: nearly all of the shorter, or more than half of it where both are one speaker's in one week.
    known = a.when.near(b.when) and a.speaker.sameness(b.speaker) is Sameness.SAME
    if telling < _TELLING * min(sum(map(tells, first)), sum(map(tells, second))):
        return False  # "there was a … on the quay at noon" is said of many things
    enough = equal >= _NEARLY * shorter or (known and longest > _SHORT_RUN and equal >= _SHARE * shorter)
    return longest >= _SHORT_RUN and enough and not (_two_sources(a, b) or a.when.differs(b.when))


def _two_sources(a: Stretch, b: Stretch) -> bool:
    """Whether two people, or two bodies, are named. Words that few would choose alike are one utterance whoever is said
    to speak them; a few words may be two speakers'."""
    return a.speaker.differs(b.speaker)


def _same_in_context(a: Stretch, b: Stretch) -> bool:
    """Whether a mixed quotation paraphrases the other around words both print: a long run, some of it in marks."""
    mine, other = {w.normal for w in a.words}, {w.normal for w in b.words}
    for edit in align(a.context, b.context):
        run = a.context[edit.a1 : edit.a2]
        if (
            edit.op == "equal"
            and len(run) >= (_TWO_MOUTHS if _two_sources(a, b) else _LONG_RUN - 2)
            and sum(word in mine and word in other for word in run) >= 2
        ):
            return True
    return False

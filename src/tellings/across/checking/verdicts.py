"""How a verdict on a stretch of a draft is made: what it rests on, and how many origins bear it out."""

from __future__ import annotations

from collections.abc import Sequence

from tellings.across.checking.sources import Sources
from tellings.model.checked import Checkable, Checked, DraftEdit
from tellings.model.records import Place, Provenance
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

STAGE = "checking"
#: Places that are shown of those that only may be meant.
SHOWN = 3
#: Verdicts that say that tellings have it so, whoever says it there and whatever others have.
_BORNE_OUT: frozenset[Verdict] = frozenset(
    ("verbatim", "altered", "another speaker", "agrees", "one origin only", "contested")
)


def verdict_on(
    sources: Sources,
    kind: Checkable,
    span: Span,
    verdict: Verdict,
    rule: str,
    places: Sequence[Place] = (),
    against: Sequence[Place] = (),
    *,
    edits: tuple[DraftEdit, ...] = (),
    speaker: Span | None = None,
    reason: str = "",
) -> Checked:
    """The verdict on a stretch, each place of it once."""
    places, against = tuple(dict.fromkeys(places)), tuple(dict.fromkeys(against))
    origins = sources.origins(places) if verdict in _BORNE_OUT else 0
    return Checked(span, kind, verdict, Provenance(STAGE, rule), places, against, origins, edits, speaker, reason)


def of_others(against: Sequence[Place], places: Sequence[Place]) -> tuple[Place, ...]:
    """Those of some places that are of other tellings than `places`: who has it both ways says neither against the
    other."""
    telling_so = {place.telling for place in places}
    return tuple(place for place in against if place.telling not in telling_so)

"""What is said of a stretch of a draft that is held against tellings.

A module of its own, so that the command line knows the words without what carries them.
"""

from __future__ import annotations

from typing import Literal

#: verbatim: printed so. altered: printed with other words. another speaker: printed so, and said by somebody else.
#: paraphrase: printed as a quotation, and told in a telling's own words. joined: two quotations made one. agrees: told
#: so. one origin only: told so by one of several. contested: told so by one and otherwise by another. superseded: told
#: so before, and otherwise later. differs: told otherwise. not found: in no telling. not checked: why is said.
Verdict = Literal[
    "verbatim", "agrees", "one origin only", "contested", "superseded", "altered", "another speaker", "paraphrase",
    "joined", "differs", "not found", "not checked",
]  # fmt: skip
#: All verdicts, the gravest first: the order in which they are told, and in which a run may fail by them.
VERDICTS: tuple[Verdict, ...] = (
    "another speaker", "altered", "joined", "paraphrase", "differs", "superseded", "not found", "contested",
    "one origin only", "not checked", "agrees", "verbatim",
)  # fmt: skip
#: Verdicts that say that the tellings do not bear the draft out.
AGAINST: frozenset[str] = frozenset(
    {"another speaker", "altered", "joined", "paraphrase", "differs", "superseded", "not found"}
)

"""A draft held against tellings: the verdict on each stretch of it that can be checked."""

from __future__ import annotations

from tellings.across.checking.actors import check_actors
from tellings.across.checking.acts import check_acts
from tellings.across.checking.alike import Alike
from tellings.across.checking.belongings import check_belongings
from tellings.across.checking.certainty import check_certainty
from tellings.across.checking.clocks import check_clocks
from tellings.across.checking.days import check_days
from tellings.across.checking.described import check_described
from tellings.across.checking.exchanged import check_exchanged, instead
from tellings.across.checking.listed import check_listed
from tellings.across.checking.names import check_names
from tellings.across.checking.outdated import check_outdated
from tellings.across.checking.polarity import check_polarity
from tellings.across.checking.quotations import check_quotations
from tellings.across.checking.roles import check_roles
from tellings.across.checking.sources import Sources, has_rules
from tellings.across.checking.statements import check_statements
from tellings.across.checking.values import check_values
from tellings.model.checked import Checked
from tellings.model.records import Telling

__all__ = ["checked"]

_CHECKS = (
    check_quotations,
    check_statements,
    check_values,
    check_days,
    check_clocks,
    check_names,
    check_roles,
    check_belongings,
    check_described,
    check_polarity,
    check_certainty,
    check_acts,
    check_actors,
    check_listed,
)


def checked(draft: Telling, sources: Sources) -> tuple[Checked, ...]:
    """The verdicts on a draft, in the order of its text; none where there are no rules for its language."""
    if not has_rules(draft):
        return ()
    alike = Alike.of(draft, sources)
    found = [one for check in _CHECKS for one in check(alike)]
    for more in (check_exchanged, check_outdated):
        found = instead(found, more(alike))
    return tuple(sorted(found, key=lambda one: (one.span, one.kind, one.verdict)))

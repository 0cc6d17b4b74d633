"""The record as one page that stands alone: no network, no second file, no script but its own.

1. The record is arranged for reading (`arrange`, `overview`), and what stands open is chosen (`opening`): nothing is
   added to it.
2. The template writes what stands there without script: the head, the overview, the opening rows of each view, and the
   texts of all articles. Every evidence becomes a link (`verbatim`); all other strings are escaped.
3. All rows of all views go into the page as data (`slim`), and its script makes each when somebody looks at it: how a
   row looks stands in `page/rows.js` alone.
4. Style and script go into the page, and their SHA-256 into its Content-Security-Policy (CSP Level 3), so that nothing
   else can run, whatever a source holds. The data is no script: a browser runs no element of its type.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from tellings.edge.writers import arrange, opening, outlets, overview, pictures, saying, slim, standalone, wording
from tellings.edge.writers.verbatim import Citer
from tellings.model.collecting import seldom_collecting
from tellings.model.counted import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.model.record import Evidence, Record

#: The script, in the order in which its parts build on one another.
_SCRIPT = (
    "theme.js",
    "tree.js",
    "packing.js",
    "record.js",
    "alignment.js",
    "rows.js",
    "evidence.js",
    "decisions.js",
    "lists.js",
    "new.js",
    "views.js",
)
#: Rows of each view that stand on the page before, or without, its script.
OPENING = 10
#: Changes of an article since an earlier text that stand open.
UNFOLDED = 3


def render(record: Record) -> str:
    """The page of `record`, as the text of an HTML file in UTF-8.

    The same record gives the same text. Words of sources appear as they are, but for NUL and lone
    surrogates, which HTML cannot hold: U+FFFD stands for each.
    """
    style, script = standalone.joined("base.css", "page.css"), _script()
    with seldom_collecting():
        return _rendered(record, style, script)


def _rendered(record: Record, style: str, script: str) -> str:
    names = outlets.short_names(record.tellings)
    (speakers, probable), facts = arrange.speakers(record.quotes), arrange.facts(record.facts)
    pairs = arrange.pairs(record.passages)
    shared, origins = arrange.shared_text(pairs, names), arrange.origins(record, pairs, names)
    opened = opening.opening(record, facts, shared)
    _, named = pictures.mentioned(record)
    points, spellings = overview.contested(record, facts, names)
    page: str = standalone.template("record.html.j2").render(
        record=record,
        policy=standalone.policy(style, script),
        style=Markup(style),
        script=Markup(script),
        data=Markup(slim.data(record, speakers, probable, facts, pairs, shared, origins, opened, names)),
        cite=Citer(record, names),
        words=wording,
        count=count,
        names=names,
        pile_names=outlets.named(record.tellings),
        opened=opened,
        headline=overview.headline(record),
        points=points,
        spellings=spellings,
        contested=overview.CONTESTED,
        listed=overview.CONTESTED + overview.LISTED,
        people=overview.people(record, named.items()),
        lacking=overview.lacking(record, facts),
        axis=pictures.axis(record.timeline),
        most=OPENING,
        unfolded=UNFOLDED,
        moments=[entry for entry in record.timeline if entry.id in opened.timeline],
        shown_quotes=[*(entry for speaker in speakers for entry in speaker.quotes), *probable],
        saying=saying,
        unsure=sum(entry.speaker.rank == "unsure" for entry in record.quotes),
        facts=facts,
        passages=[passage for pair in pairs for passage in pair.passages],
        shared=shared,
        finding=wording.finding(shared, names),
        origins=origins,
        labels=_labels,
        called=lambda labels: [names.get(label, label) for label in labels],
        web_address=standalone.web_address,
    )
    return page


# ---- the parts of the page ---------------------------------------------------------------


@cache
def _script() -> str:
    return standalone.script(*_SCRIPT)


# ---- what the template asks for ----------------------------------------------------------


def _labels(evidence: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(item.telling for item in evidence))

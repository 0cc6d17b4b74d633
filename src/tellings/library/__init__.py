"""What one can do with tellings: read a story, write its record, verify a record, sort a pile.

The command line calls these functions and nothing else, and those of `tellings.library.fetching`, which is loaded where
an address is given.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tellings.edge.decisions import DecisionsError
    from tellings.edge.engine import StageFileError
    from tellings.edge.readers.naming import FieldsError
    from tellings.edge.store.database import StoreError
    from tellings.edge.store.search import NoWordError
    from tellings.library.checking import check
    from tellings.library.chronicles import Chronicle, brief, news, timeline
    from tellings.library.comparison import Compared, compare
    from tellings.library.copying import copies, diff
    from tellings.library.decisions import UnfitReferenceError
    from tellings.library.finding import Quoted, Timed, quotes, times
    from tellings.library.inputs import NothingReadError, Progress
    from tellings.library.keeping.opened import NotThereError, UndecidableError
    from tellings.library.records import NotOursError, export, load, read, save_one, story, tell, write
    from tellings.library.reports import FormError, write_reports, written_as
    from tellings.library.sorting import Sorted, stories
    from tellings.library.staging import stages
    from tellings.library.verification import Verified, verify

__all__ = [
    "Chronicle",
    "Compared",
    "DecisionsError",
    "FieldsError",
    "FormError",
    "NoWordError",
    "NotOursError",
    "NotThereError",
    "NothingReadError",
    "Progress",
    "Quoted",
    "Sorted",
    "StageFileError",
    "StoreError",
    "Timed",
    "UndecidableError",
    "UnfitReferenceError",
    "Verified",
    "brief",
    "check",
    "compare",
    "copies",
    "diff",
    "export",
    "load",
    "news",
    "quotes",
    "read",
    "save_one",
    "stages",
    "stories",
    "story",
    "tell",
    "timeline",
    "times",
    "verify",
    "write",
    "write_reports",
    "written_as",
]

#: Name → its module. They are imported when they are first asked for: a command waits for what it uses alone.
_MODULES = {
    "Chronicle": "tellings.library.chronicles",
    "Compared": "tellings.library.comparison",
    "DecisionsError": "tellings.edge.decisions",
    "FieldsError": "tellings.edge.readers.naming",
    "FormError": "tellings.library.reports",
    "NoWordError": "tellings.edge.store.search",
    "NotOursError": "tellings.library.records",
    "NotThereError": "tellings.library.keeping.opened",
    "NothingReadError": "tellings.library.inputs",
    "Progress": "tellings.library.inputs",
    "Quoted": "tellings.library.finding",
    "Sorted": "tellings.library.sorting",
    "StageFileError": "tellings.edge.engine",
    "StoreError": "tellings.edge.store.database",
    "Timed": "tellings.library.finding",
    "UndecidableError": "tellings.library.keeping.opened",
    "UnfitReferenceError": "tellings.library.decisions",
    "Verified": "tellings.library.verification",
    "brief": "tellings.library.chronicles",
    "check": "tellings.library.checking",
    "compare": "tellings.library.comparison",
    "copies": "tellings.library.copying",
    "diff": "tellings.library.copying",
    "export": "tellings.library.records",
    "load": "tellings.library.records",
    "news": "tellings.library.chronicles",
    "quotes": "tellings.library.finding",
    "read": "tellings.library.records",
    "save_one": "tellings.library.records",
    "stages": "tellings.library.staging",
    "stories": "tellings.library.sorting",
    "story": "tellings.library.records",
    "tell": "tellings.library.records",
    "timeline": "tellings.library.chronicles",
    "times": "tellings.library.finding",
    "verify": "tellings.library.verification",
    "write": "tellings.library.records",
    "write_reports": "tellings.library.reports",
    "written_as": "tellings.library.reports",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module 'tellings.library' has no attribute {name!r}")

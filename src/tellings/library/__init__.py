"""What one can do with tellings: read a story, write its record, verify a record, sort a pile.

The command line calls these functions and nothing else.
"""

from __future__ import annotations

from tellings.edge.decisions import DecisionsError
from tellings.edge.engine import StageFileError
from tellings.edge.readers.naming import FieldsError
from tellings.edge.saving import save
from tellings.library.checking import check
from tellings.library.chronicles import Chronicle, brief, news, timeline
from tellings.library.comparison import Compared, compare
from tellings.library.copying import copies, diff
from tellings.library.decisions import UnfitReferenceError
from tellings.library.finding import Quoted, Timed, quotes, times
from tellings.library.inputs import NothingReadError, Progress
from tellings.library.records import NotOursError, export, load, read, story, tell, write
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
    "NotOursError",
    "NothingReadError",
    "Progress",
    "Quoted",
    "Sorted",
    "StageFileError",
    "Timed",
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
    "save",
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

"""What is said of an archive, or of a file in one, that ends early."""

from __future__ import annotations

from tellings.edge.readers.archives.streams import MOST_FILES, Budget, Trouble
from tellings.model.records import Problem

ONCE_MORE = "get it once more"
_UNPACK = "unpack it, and read its files"
_TOO_WIDE = "it takes more memory to unpack than is given to one file"


def ended_early(name: str, trouble: Trouble, read: str, budget: Budget) -> Problem:
    """That an archive ended before its end; `read` says what was read of it ("12 files")."""
    if trouble in ("too much", "too many"):
        much, many = f"unpacks into more than {budget.most:,} bytes", f"holds more than {MOST_FILES:,} files"
        message = f"it {much if trouble == 'too much' else many}, the most for a file of its size; {read} read"
        return Problem(name, "too-large", message, "unpack it, and take out what is no article", lost=True)
    if trouble == "too wide":
        return Problem(name, "too-large", f"{_TOO_WIDE}; {read} read", _UNPACK, lost=True)
    if trouble == "no list":
        message = f"its list of files is damaged, or was cut off; {read} read, found without it"
        return Problem(name, "malformed", message, ONCE_MORE, lost=False)
    why = (
        "it was cut off; {}, what stood behind is missing"
        if trouble == "cut"
        else "it is damaged; {}, more may be missing"
    )
    return Problem(name, "malformed", why.format(f"{read} read"), ONCE_MORE, lost=True)


def broken_off(name: str, trouble: Trouble) -> Problem:
    """That a file in an archive, or what is packed, breaks off; what is there of it was read."""
    why = {"cut": "it was cut off", "too much": "it unpacks into more than may be", "too wide": _TOO_WIDE}
    message = f"{why.get(trouble, 'it is damaged')}; what stands before that place was read"
    return Problem(name, "malformed", message, _UNPACK if trouble == "too wide" else ONCE_MORE, lost=False)

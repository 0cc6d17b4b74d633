"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

#: The rights of a file that was not there before.
_RIGHTS = 0o644
#: How the name of a file begins that is not whole yet: hidden, so that no folder is read with it, and short, so that
#: there is room for it wherever there is for the name that it gets.
_UNFINISHED = ".tellings-"


def save(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Write `data` to `path`, whole or not at all. Raises OSError. `lasting`: it is on the disk before it has its name,
    so that not even a power cut leaves an empty file.

    A link stays one: what it leads to is written. A file keeps its rights. A pipe or a device, such as /dev/stdout or
    /dev/null, is written to and never replaced.
    """
    there = _mode(path)
    if there is not None and not stat.S_ISREG(there):
        with path.open("wb") as stream:
            stream.write(data)
        return
    target = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=_UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(_RIGHTS if there is None else stat.S_IMODE(there))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int | None:
    """What stands at `path`, behind all links, and its rights; `None` where nothing does."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None

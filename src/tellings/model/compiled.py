"""Rules as they are used, made once for all runs: patterns compiled, files parsed.

A command needs hundreds of patterns with long word lists, and to compile them takes as long as to look at forty
articles. So what they are compiled to is kept, as Python keeps its modules: in `__pycache__`, or where
PYTHONPYCACHEPREFIX says, each version of Python for itself; not at all with PYTHONDONTWRITEBYTECODE, or where nothing
can be written. Only rules are kept: no pattern that is made of the words of an article or of a person's name.

A kept pattern is equal to what `re.compile` makes, its code and all. Where Python compiles in another way than this
module knows, or what is kept cannot be used, all is made anew.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import importlib.util
import marshal
import os
import re
import sys
import tomllib
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Versions of CPython whose compiler of patterns is the one that `_code_of` asks.
_KNOWN = ((3, 11), (3, 12), (3, 13), (3, 14))
#: Entries beyond which what is kept is begun anew: those of rules that have changed are never asked for again.
_MOST = 8000
#: What the file begins with, before the digest of the rest: another form of it gets another number.
_MARK = b"tellings rules 1\n"
_DIGEST = hashlib.sha256().digest_size


class _Kept:
    """What is kept, read when it is first asked for, and written when the program ends."""

    def __init__(self, file: Path | None) -> None:
        self._file, self._owner = file, os.getpid()
        self._made: dict[tuple[Any, ...], Any] = {}
        self._known: dict[tuple[Any, ...], Any] | None = None

    def get(self, key: tuple[Any, ...]) -> Any:
        """What was kept for `key`, or None."""
        if self._known is None:
            self._known = _read(self._file)
        return self._known.get(key)

    def put(self, key: tuple[Any, ...], value: Any) -> None:
        """Keep `value` (what `marshal` can write) for `key`."""
        if self._file is None or sys.dont_write_bytecode:
            return
        if self._owner != os.getpid():  # a worker that was forked: what was new before is its parent's to write
            self._made, self._owner = {}, os.getpid()
        if not self._made:
            _at_the_end(self.write)
        self._made[key] = value

    def write(self) -> None:
        """Write what is new, beside what other programs have written meanwhile; in silence where that fails."""
        if self._file is None or not self._made or os.getpid() != self._owner:
            return
        known = _read(self._file)
        known = self._made if len(known) + len(self._made) > _MOST else known | self._made
        self._made = {}
        content = marshal.dumps(known)
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            written = self._file.with_name(f"{self._file.name}.{os.getpid()}")
            try:
                written.write_bytes(_MARK + hashlib.sha256(content).digest() + content)
                written.replace(self._file)
            finally:
                written.unlink(missing_ok=True)


def _at_the_end(what: Callable[[], None]) -> None:
    """Have `what` called when this process ends; a worker ends without what `atexit` knows of."""
    atexit.register(what)
    if (workers := sys.modules.get("multiprocessing.util")) is not None:
        workers.Finalize(None, what, exitpriority=0)


def _read(file: Path | None) -> dict[tuple[Any, ...], Any]:
    """What a file keeps; nothing where there is none, or it is not whole."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        content = file.read_bytes() if file is not None else b""
        head, body = content[: len(_MARK) + _DIGEST], content[len(_MARK) + _DIGEST :]
        if head == _MARK + hashlib.sha256(body).digest():
            return dict(marshal.loads(body))
    return {}


def _file() -> Path | None:
    """Where what is kept lies; None where this Python keeps no modules, or compiles patterns as we do not know."""
    if sys.implementation.name != "cpython" or sys.version_info[:2] not in _KNOWN:
        return None
    with suppress(NotImplementedError):
        return Path(importlib.util.cache_from_source(str(Path(__file__).with_name("rules.py")))).with_suffix(".rules")
    return None


_KEPT = _Kept(_file())


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile(written, flags)` gives, for a pattern of the rules. Raises re.error where it is wrong."""
    key = ("pattern", written, int(flags))
    with suppress(RuntimeError, TypeError, ValueError, OverflowError, AttributeError):
        if (code := _KEPT.get(key)) is not None:
            return _assembled(written, code)
    made = re.compile(written, flags)
    with suppress(ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
        code = _code_of(written, int(flags))
        if _assembled(written, code) == made:
            _KEPT.put(key, code)
    return made


def parsed(text: str) -> dict[str, Any]:
    """What `tomllib.loads(text)` gives, for a file of rules; not to be changed. Raises tomllib.TOMLDecodeError where it
    is wrong."""
    key = ("file", hashlib.sha256(text.encode()).digest())
    content: dict[str, Any] | None = _KEPT.get(key)
    if content is None:
        content = tomllib.loads(text)
        _KEPT.put(key, content)
    return content


#: What a pattern is made of: its flags, its code, how many groups it has, the number of each by name, and its name by
#: number.
_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


def _code_of(written: str, flags: int) -> _Code:
    """What `re.compile` has a pattern made of (`re._compiler.compile`, CPython 3.11 and later)."""
    compiler, parser = importlib.import_module("re._compiler"), importlib.import_module("re._parser")
    tree = parser.parse(written, flags)
    groups = tree.state.groupdict
    names: list[str | None] = [None] * tree.state.groups
    for name, number in groups.items():
        names[number] = name
    code = array("I", compiler._code(tree, flags)).tobytes()
    return flags | tree.state.flags, code, tree.state.groups - 1, dict(groups), tuple(names)


def _assembled(written: str, made_of: _Code) -> re.Pattern[str]:
    """The pattern that is made of `made_of`. Raises RuntimeError where that is no code of this Python."""
    flags, code, groups, by_name, names = made_of
    numbers = array("I", code).tolist()
    made: re.Pattern[str] = importlib.import_module("_sre").compile(written, flags, numbers, groups, by_name, names)
    return made

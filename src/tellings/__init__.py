"""tellings: the record of a news story, every line resting on the exact characters of a source.

>>> import tellings
>>> record = tellings.read("articles/")  # doctest: +SKIP
>>> record.timeline[0].lines[0].words  # doctest: +SKIP

`read` gives a `Record`, `story` the records behind it, `write` saves `record.html` and `record.json`,
`load` reads a record back and `verify` checks every line of it against the sources. `stories` sorts a mixed pile,
`check` holds a draft against the articles,
`copies` says who shares text with whom, `diff` sets two articles side by side, `compare` the values that articles give.
`fetch` gets what stands at addresses, `watch` what is new in feeds.
`timeline`, `brief` and `news` tell the story in its own sentences; `export` gives a saved record to other programs. A
`Library` keeps what was read, found and decided in one file.
"""

from __future__ import annotations

# Not from `typing`, which takes longer to load than all of this: an interrupt until then is told by Python, not by us.
TYPE_CHECKING = False

__version__ = "0.1.0"
__all__ = [
    "Library",
    "NothingReadError",
    "Record",
    "Story",
    "__version__",
    "brief",
    "check",
    "compare",
    "copies",
    "diff",
    "export",
    "fetch",
    "load",
    "news",
    "read",
    "stories",
    "story",
    "timeline",
    "verify",
    "watch",
    "write",
]

if TYPE_CHECKING:
    from typing import Any

    from tellings.library import (
        NothingReadError,
        brief,
        check,
        compare,
        copies,
        diff,
        export,
        load,
        news,
        read,
        stories,
        story,
        timeline,
        verify,
        write,
    )
    from tellings.library.fetching import fetch, watch
    from tellings.library.keeping import Library
    from tellings.model.record import Record
    from tellings.model.records import Story


def __getattr__(name: str) -> Any:
    """Hand on the public names, imported on first use: `tellings --help` must not wait for them."""
    if name == "Record":
        from tellings.model.record import Record

        return Record
    if name == "Library":
        from tellings.library.keeping import Library

        return Library
    if name == "Story":
        from tellings.model.records import Story

        return Story
    if name in ("fetch", "watch"):
        from tellings.library import fetching

        return getattr(fetching, name)
    if name in __all__:
        from tellings import library

        return getattr(library, name)
    raise AttributeError(f"module 'tellings' has no attribute {name!r}")

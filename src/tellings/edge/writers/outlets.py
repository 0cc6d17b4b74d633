"""What the outlets of a story are called where there is little room: by their names, by letters where none is known."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tellings.edge.writers.wording import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tellings.model.record import TellingLine

#: Characters of a name that stands at the end of a line.
_LONGEST = 24
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the)\s+(?=\S)", re.IGNORECASE)


def short_names(tellings: Sequence[TellingLine]) -> dict[str, str]:
    """Label → the name of its outlet in few words; with the label behind it where several articles are of one outlet,
    and the label alone where no outlet is known."""
    named = {telling.label: _called(telling) for telling in tellings}
    several = Counter(filter(None, named.values()))
    return {
        label: label if not name else f"{name} {label}" if several[name] > 1 else name for label, name in named.items()
    }


def named(tellings: Sequence[TellingLine]) -> list[str]:
    """The outlets that are known, each once."""
    return list(dict.fromkeys(filter(None, map(_called, tellings))))


def called(publisher: str, address: str) -> str:
    """An outlet in few words: its name as it publishes, else that of the host of the address; empty where neither is
    known."""
    if publisher:
        name = one_line(publisher)
        return _of_host(name) if _HOST.fullmatch(name) else _cut(_ARTICLE.sub("", name, count=1))
    return _of_host(_host(address)) if address else ""


def _called(telling: TellingLine) -> str:
    publisher, url = telling.publisher, telling.url
    return called(publisher.value if publisher else "", url.value if url else "")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _of_host(host: str) -> str:
    """The name of a host, or of the longest end of it that has one; without one its own, without "www."."""
    parts = host.casefold().split(".")
    for start in range(len(parts) - 1):
        if name := _names().get(".".join(parts[start:])):
            return name
    return _cut(".".join(parts[1:] if parts[0] == "www" else parts))


def _cut(name: str) -> str:
    return shorten(name, _LONGEST)[0]


@cache
def _names() -> Mapping[str, str]:
    text = (resources.files("tellings.edge.writers") / "outlets.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["names"])

"""The country of a publisher, from the address of its page."""

from __future__ import annotations

from urllib.parse import urlsplit

#: Top-level domains that are not their country's code, and hosts under a general one are not placed.
_DOMAINS = {"uk": "GB", "gov": "US", "mil": "US"}
#: Country codes that are sold to anyone and say nothing of a country.
_SOLD = frozenset({"ai", "cc", "co", "fm", "io", "ly", "me", "sh", "st", "to", "tv", "ws", "gg", "im", "la"})


def country_of(url: str) -> str | None:
    """ISO 3166-1 alpha-2 code of the country in `url`'s top-level domain; `None` where it names none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:  # "http://[x/a" is no address
        return None
    last = host.rpartition(".")[2].lower()
    if last in _DOMAINS:
        return _DOMAINS[last]
    return last.upper() if len(last) == 2 and last.isalpha() and last not in _SOLD else None

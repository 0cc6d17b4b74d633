"""What a document is called, for good: by its address, else by its characters.

Never by a path, a position or the order of reading: a document that is renamed, moved or read beside others keeps its
id, so that what a person decided of it, and every line that points to it, still finds it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

#: Hexadecimal digits of an id (64 bits: among ten million documents, one chance in 370,000 that two are alike), and of
#: the part of a digest that tells texts at one address apart.
_LENGTH, _PART = 16, 8
_DEFAULT_PORTS = {None, 80, 443}
#: Parameters that say how a reader came to a page, not which page it is: campaigns, clicks, shares.
_TRACKING = {
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
    "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_hsenc", "_hsmi", "__twitter_impression", "cmp", "cmpid",
    "icid", "ito", "ncid", "ocid", "s_cid", "smid", "smtyp", "sr_share", "ref_src", "ref_url", "xtor", "wt_mc",
}  # fmt: skip
_TRACKING_FAMILIES = ("utm_", "at_", "ns_", "pk_", "mtm_", "hsa_", "wt.")
_DOCUMENT_ID = re.compile(rf"[0-9a-f]{{{_LENGTH}}}(?:-[0-9a-f]{{{_PART}}})?(?:-[0-9]+)?")
_FRONT_PAGE = re.compile(r"/?(?:(?:index|default|home)\.(?:html?|php|aspx?|jsp))?", re.IGNORECASE)
_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
#: Characters that need no escape and mean the same with one (RFC 3986, 2.3).
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: What stands in a path or query as it is (RFC 3986, 3.3 and 3.4); "%" too, since what was escaped stays so.
_KEPT = "/?:@!$&'()*+,;=%-._~"


def identities(documents: Sequence[tuple[str | None, str]]) -> tuple[str, ...]:
    """The id of each document, given by its address (`None` where it has none) and its digest.

    1. An address that names an article gives the id; without one, the digest does. 2. Several texts at one address
    have a part of their digest behind it, all of them. 3. The same characters again, under the same address or under
    none, are numbered as they stand here, from the second on.

    All ids differ; but for the numbers, the order of `documents` changes none.
    """
    # 1. by address, else by digest
    named = [identity(address, digest) for address, digest in documents]
    # 2. several texts at one address
    texts: dict[str, set[str]] = {}
    for name, (_, digest) in zip(named, documents, strict=True):
        texts.setdefault(name, set()).add(digest)
    told = [
        f"{name}-{digest[:_PART]}" if len(texts[name]) > 1 else name
        for name, (_, digest) in zip(named, documents, strict=True)
    ]
    # 3. the same once more
    given: dict[str, int] = {}
    found = []
    for name in told:
        given[name] = given.get(name, 0) + 1
        found.append(name if given[name] == 1 else f"{name}-{given[name]}")
    return tuple(found)


def identity(address: str | None, digest: str) -> str:
    """The id of a document alone: that of its address, where it names an article, else that of its characters."""
    article = article_address(address) if address else None
    if article is None:
        return digest[:_LENGTH]
    return hashlib.sha256(article.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def is_document_id(told: str) -> bool:
    """Whether `told` has the form of the ids that `identities` gives."""
    return _DOCUMENT_ID.fullmatch(told) is not None


def article_address(address: str) -> str | None:
    """`address` in the one form that all its spellings have; `None` where it names no article.

    These change nothing: http or https (or neither, before "www."); user and password; capitals in the host, a dot
    behind it, and letters beyond ASCII or the "xn--" form that stands for them; a default port;
    the fragment, unless it is a path of its own ("#!/…", "#/…"); parameters of tracking, and the order of the others;
    slashes at the end; escapes that are not needed, and capitals in those that are.

    No article is named by an address of another scheme, without a host, that cannot be read, or that of a site's front
    page.
    """
    written = address.strip()
    try:
        parts = urlsplit(f"//{written}" if written.lower().startswith("www.") else written)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return None
    if not host or parts.scheme not in ("http", "https", ""):
        return None
    path = _escaped(parts.path).rstrip("/")
    query = "&".join(sorted(part for part in _escaped(parts.query).split("&") if part and not _tracks(part)))
    fragment = _escaped(parts.fragment) if parts.fragment.startswith(("!", "/")) else ""
    if _FRONT_PAGE.fullmatch(path) and not query and not fragment.strip("!/"):
        return None
    where = host if port in _DEFAULT_PORTS else f"{host}:{port}"
    return f"{where}{path}{f'?{query}' if query else ''}{f'#{fragment}' if fragment else ''}"


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_FAMILIES)


def _escaped(part: str) -> str:
    """`part` with one spelling of its escapes (RFC 3986, 6.2.2)."""

    def once(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else f"%{match[1].upper()}"

    return quote(_ESCAPED.sub(once, part), safe=_KEPT, errors="surrogatepass")

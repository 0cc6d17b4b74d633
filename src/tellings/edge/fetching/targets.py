"""Addresses as they are asked for: one spelling, no secrets in it, nothing that a server could take for more."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.readers.addresses import LONGEST_ADDRESS, AddressError, check_address

_PORTS = {"http": 80, "https": 443}
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
#: Longest name of a host (octets; RFC 1035, 2.3.4), and what stands in one.
_LONGEST_HOST = 253
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
_IN_BRACKETS = re.compile(r"\[[^\[\]]*\](?::\d*)?")
#: What stands in a path or query as it is (RFC 3986, 3.3 and 3.4); "%" too, since what was escaped stays so.
_KEPT = "/?:@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked, and whom: `path` has the query with it, `host` is in ASCII, without the brackets of IPv6."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, the last where it is not the scheme's own (RFC 6454)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def address(self) -> str:
        """The whole address."""
        return self.origin + self.path


def is_address(given: object) -> bool:
    """Whether what somebody gave is an address to be fetched, and no path."""
    return isinstance(given, str) and _ADDRESS.match(given.lstrip()) is not None


def target_of(written: str) -> Target:
    """What to ask for `written`, an absolute address (RFC 3986).

    Its fragment is left out, letters beyond ASCII are written as hosts and paths write them (RFC 3490, RFC 3987).

    Raises:
        RefusedError: no address of http or https, with a user name or password, or with a host or port that cannot be.
    """
    written = written.strip()
    try:
        check_address(written)
        parts = urlsplit(written)
        port = parts.port
    except (AddressError, ValueError) as error:
        raise RefusedError("address", str(error)) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise RefusedError("address", f"{written[:80]!a} is no address of http or https")
    if "@" in parts.netloc or "\\" in parts.netloc:
        # Not shown: a password would stand in logs and records.
        raise RefusedError("address", "it has a user name or a password in it", "take out what stands before the @")
    if "[" in parts.netloc and not _IN_BRACKETS.fullmatch(parts.netloc):
        raise RefusedError("address", f"{parts.netloc[:80]!a} is no host")
    if port == 0:
        raise RefusedError("address", "it names port 0, which there is not")
    path = quote(parts.path or "/", safe=_KEPT, errors="surrogatepass")
    query = quote(parts.query, safe=_KEPT, errors="surrogatepass")
    host = _host((parts.hostname or "").removesuffix("."))
    target = Target(scheme, host, port or _PORTS[scheme], f"{path}?{query}" if query else path)
    if len(target.address) > LONGEST_ADDRESS:
        raise RefusedError("address", f"an address of {len(target.address):,} characters, as it is written in ASCII")
    return target


def led_to(target: Target, location: str) -> Target:
    """What `target` leads to by the Location of its answer, which may be relative. Raises RefusedError."""
    # The field comes as Latin-1; most that is beyond ASCII there is UTF-8 (RFC 9110, 5.5).
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        whole = urljoin(target.address, location.strip())
    except ValueError as error:
        raise RefusedError("redirects", f"it leads to what is no address: {error}") from None
    try:
        return target_of(whole)
    except RefusedError as error:
        raise RefusedError("redirects", f"it leads to an address that is not followed: {error.message}") from None


def _host(written: str) -> str:
    """A host as it is asked for: an address of IPv6 without its brackets, else a name in ASCII. Raises RefusedError."""
    if ":" in written:
        try:
            return ipaddress.IPv6Address(written).compressed if "%" not in written else _no_host(written)
        except ValueError:
            return _no_host(written)
    if len(written) > _LONGEST_HOST:
        return _no_host(written)
    try:
        host = written.lower() if written.isascii() else written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return _no_host(written)
    return host if _HOST.fullmatch(host) and ".." not in host and len(host) <= _LONGEST_HOST else _no_host(written)


def _no_host(written: str) -> str:
    raise RefusedError("address", f"{written[:80]!a} is no host")

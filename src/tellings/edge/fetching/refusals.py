"""Why something was not fetched: a code that stays the same from release to release, words, and what to do."""

from __future__ import annotations

from typing import Literal, get_args

Code = Literal[
    "address",
    "private-address",
    "robots",
    "name",
    "connection",
    "certificate",
    "time",
    "too-large",
    "cut-off",
    "encoding",
    "redirects",
    "status",
    "wait",
    "server-error",
    "unchanged",
    "empty",
    "type",
    "feed",
    "front-page",
    "consent",
    "bot-check",
    "login",
    "missing",
    "stamp",
]
CODES: tuple[Code, ...] = get_args(Code)
#: What may be otherwise a little later, without anybody doing anything.
_PASSING: frozenset[Code] = frozenset({"name", "connection", "time", "cut-off", "wait", "server-error"})
_SAVE_IT = "open it in a browser, save the page, and give the file"
_LATER = "try again later"
_GONE = "see whether the address is right; the page may be gone: look for it in a web archive"
_REMEDIES: dict[Code, str] = {
    "address": "give an address that begins with http:// or https://",
    "private-address": "if you mean a server of your own: tellings fetch --allow-private",
    "robots": "ask the site; what a browser shows you, you can save and give as a file",
    "name": "see whether the address is right, and whether this machine is online",
    "connection": _LATER,
    "certificate": "see whether the address is right; certificates of an organisation's own: SSL_CERT_FILE",
    "time": _LATER,
    "too-large": _SAVE_IT,
    "cut-off": _LATER,
    "encoding": _SAVE_IT,
    "redirects": _SAVE_IT,
    "status": "see in a browser whether the address is right",
    "wait": _LATER,
    "server-error": _LATER,
    "unchanged": "report this to the site: it answers a question that was not asked",
    "empty": "see in a browser whether there is a page",
    "type": "give the address of an article",
    "feed": "its items: tellings fetch --list ADDRESS, or tellings watch ADDRESS",
    "front-page": "the article is probably gone from there; look for it in a web archive",
    "consent": "open it in a browser, answer what it asks, save the page, and give the file",
    "bot-check": _SAVE_IT,
    "login": _SAVE_IT,
    "missing": _GONE,
    "stamp": "see whether it is the address of an authority that stamps times (RFC 3161)",
}
_STATUS_REMEDIES = {
    401: "it wants a password or a subscription: " + _SAVE_IT,
    402: "it wants a subscription: " + _SAVE_IT,
    403: "the site refuses programs, or this machine: " + _SAVE_IT,
    404: _GONE,
    410: "the page is gone for good: look for it in a web archive",
    451: "withheld for legal reasons: look for it in a web archive",
}


class RefusedError(Exception):
    """Nothing was fetched: `code` for programs, `message` and `remedy` for people.

    `status` is the server's, where it said one; `wait` the seconds that it asked to be left alone, where it did.
    """

    def __init__(
        self,
        code: Code,
        message: str,
        remedy: str | None = None,
        *,
        status: int | None = None,
        wait: float | None = None,
    ) -> None:
        # Servers can put anything into what is told of them.
        self.message = "".join(letter if letter.isprintable() else "\ufffd" for letter in message)
        super().__init__(self.message)
        self.code: Code = code
        self.remedy = remedy or _REMEDIES[code]
        self.status = status
        self.wait = wait

    def bare(self) -> RefusedError:
        """This, without what led to it: that would keep all that was received in memory."""
        self.__traceback__ = self.__context__ = self.__cause__ = None
        return self

    @property
    def passing(self) -> bool:
        """Whether it may be otherwise a little later."""
        return self.code in _PASSING


def by_status(status: int, wait: float | None) -> RefusedError:
    """The refusal of an answer with `status`, whose Retry-After is `wait` seconds."""
    if status == 429 or (status == 503 and wait is not None):
        remedy = _LATER if wait is None else f"it asks to wait {_spoken(wait)}: try again then"
        return RefusedError(
            "wait", f"status {status}: too many requests, or too busy", remedy, status=status, wait=wait
        )
    if 500 <= status < 600:
        return RefusedError("server-error", f"status {status}: the server has a fault", status=status, wait=wait)
    return RefusedError("status", f"status {status}", _STATUS_REMEDIES.get(status), status=status)


def _spoken(seconds: float) -> str:
    """A time to wait as one would say it."""
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"

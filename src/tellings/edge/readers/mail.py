"""Messages (RFC 5322 and MIME): mail as .eml, mailboxes of it, and pages saved with all that belongs to them (MHTML).

The source of such a telling is the text of the part that is read, its transfer encoding and character set undone. Of
the parts of a mail HTML is read before plain text; attachments are named. Of a page the main part is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.decode import NotTextError, decode, in_encoding
from tellings.edge.readers.forwarded import as_forwarded, forwarded, forwards
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.html import read_bare
from tellings.edge.readers.kinds import FROM_LINE, MOST, REMEDY
from tellings.edge.readers.newsletters import each_story
from tellings.edge.readers.page import read_page
from tellings.edge.readers.plain import plain_view
from tellings.edge.readers.telling import (
    NO_DATE,
    Metadata,
    Outcome,
    Read,
    attested,
    bad_date,
    beyond,
    empty,
    joined,
    left_out,
    read_otherwise,
    too_large,
)
from tellings.model.counted import count
from tellings.model.records import DocumentDate, Locator, Problem
from tellings.model.text import Span

MAIL, PAGE = "message/rfc822", "multipart/related"
#: Messages within messages that are read; parts of a message that are looked at.
_DEEPEST, _MOST_PARTS = 3, 1_000
#: Attachments that are named one by one, and how much of a name is shown (characters).
_NAMED, _LONGEST_NAME = 12, 80
#: Parts that hold no text of the mail and are no attachments either: its signature.
_SILENT = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
#: Fields that lists and newsletters have: their sender is an outlet, that of any other mail a person.
_OF_LISTS = ("List-Unsubscribe", "List-Id", "List-Post")
#: Hosts of mail for everybody: an address there tells of no publisher.
_FOR_ALL = re.compile(
    r"(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|gmx|web|proton(?:mail)?|mail)\.\w[\w.]*"
)
#: The line before each message of a mailbox.
_BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))" + FROM_LINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_CUT_OFF, _UNDIVIDED = "CloseBoundaryNotFound", ("NoBoundaryInMultipart", "StartBoundaryNotFound")
#: What the library raises at fields that are not written as they should be: none of it loses the mail.
_NOT_SAID = (LookupError, ValueError, MessageError)
_CUT = "it ends within a part, so it was cut off; what is there was read"
_ONE_TEXT = "where its parts begin cannot be told, so that they were read as one text"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of text: its number ("1.2"), kind and characters."""

    number: str
    is_html: bool
    content: str


def read_message(name: str, data: bytes) -> Outcome:
    """The tellings of a message: a mail, with those attached to it, or a page saved as MHTML."""
    return _read(name, data, 0)


def read_mailbox(name: str, data: bytes) -> Outcome:
    """The tellings of a mailbox (mboxrd), each mail by itself."""
    starts = [match.span() for match in _BEGINS.finditer(data)]
    if not starts:
        return Outcome(problems=(unreadable(name, "no mailbox: it has no message", "save its mails as .eml"),))
    ends = [*(start for start, _ in starts[1:]), len(data)]
    return joined(
        _mail_of_box(f"{name}#{number}", data[begins:end])
        for number, ((_, begins), end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def _mail_of_box(name: str, data: bytes) -> Outcome:
    if len(data) > MOST["message"]:
        return Outcome(problems=(too_large(name, MOST["message"], REMEDY["message"]),))
    return _read(name, _QUOTED_FROM.sub(rb"\1", data), 0)


def _read(name: str, data: bytes, depth: int) -> Outcome:
    try:
        try:
            message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=compat32)
        except _NOT_SAID:  # what parts its parts is written in a character set that cannot be read
            reason = "a message whose head does not say where its parts begin"
            return Outcome(problems=(unreadable(name, reason, "save its text as .txt"),))
        return _read_page(name, message) if _is_page(name, message) else _read_mail(name, message, depth)
    except RecursionError:
        reason = "parts within parts, deeper than any program writes them"
        return Outcome(problems=(unreadable(name, reason, "save its text as .txt"),))


def _is_page(name: str, message: Message) -> bool:
    """Whether a message is a page saved by a browser."""
    if _field(message, "Snapshot-Content-Location") or _field(message, "From").lower().startswith(
        ("<saved by", '"saved by')
    ):
        return True
    sent = any(_field(message, key) for key in ("From", "To", "Received", "Message-ID"))
    return not sent and (name.lower().endswith((".mht", ".mhtml")) or message.get_content_type() == PAGE)


# ---- pages -------------------------------------------------------------------------------


def _read_page(name: str, message: Message) -> Outcome:
    """The page of an MHTML file: 1. its main part; 2. its text; 3. what the file tells beside it."""
    # 1. main part
    parts, beyond = _leaves(message)
    start = _said(lambda: message.get_param("start"))
    pages = [each for each in parts if each[1].get_content_type() in _HTML]
    named = [each for each in pages if start and _field(each[1], "Content-ID") == start]
    chosen = next(iter([*named, *pages, *(each for each in parts if each[1].get_content_type() == "text/plain")]), None)
    if chosen is None:
        return Outcome(problems=(unreadable(name, "a saved page without the page itself", "save the page once more"),))
    # 2. text
    number, found = chosen
    part, problems = _text(name, number, found)
    if part is None:
        return Outcome(problems=problems)
    outcome = _as_read(name, [part], Metadata(), PAGE)
    # 3. beside it
    address = _field(message, "Snapshot-Content-Location") or _field(found, "Content-Location")
    told = Metadata(
        title=attested(_field(message, "Subject"), "MHTML Subject"),
        url=attested(address if address.startswith(("http:", "https:")) else "", "MHTML location"),
    )
    read = tuple(replace(each, metadata=each.metadata.over(told)) for each in outcome.tellings)
    return Outcome(read, (*outcome.problems, *problems, *_beyond(name, beyond), *_defects(name, message)))


# ---- mail --------------------------------------------------------------------------------


def _read_mail(name: str, message: Message, depth: int) -> Outcome:
    """The telling of a mail, and those of the mails attached to it: 1. its parts; 2. text; 3. attachments; 4. mails."""
    metadata, problems = _told(name, message)
    # 1. parts
    parts: list[tuple[str, Message]] = []
    attached: list[str] = []
    mails: list[tuple[str, Message]] = []
    leaves, beyond = _leaves(message, of_mail=True)
    for number, part in leaves:
        kind = part.get_content_type()
        if kind in _ENCRYPTED:
            return Outcome(problems=(unreadable(name, "a mail that is encrypted", "save its text as .txt"),))
        if kind == MAIL and part.is_multipart():
            mails.append((number, part))
        elif kind.startswith("multipart/") or (kind in ("text/plain", "text/html") and not _is_attached(part)):
            parts.append((number, part))
        elif kind not in _SILENT and not (part.get("Content-ID") and kind.startswith("image/")):
            attached.append(_described(part))
    # 2. text
    texts = []
    for number, part in parts:
        found, part_problems = _text(name, number, part)
        problems.extend(part_problems)
        if found is not None and found.content.strip():
            texts.append(found)
    outcome = Outcome()
    if not texts and not mails and not any(problem.lost for problem in problems):
        outcome = Outcome(problems=(empty(name),))
    if texts:
        of_kind = [[each for each in texts if each.is_html is is_html] for is_html in (True, False)]
        chosen = max(of_kind, key=lambda found: sum(len(each.content) for each in found))
        outcome = _as_read(name, chosen, metadata, MAIL)
        if _is_of_list(message) and chosen[0].is_html:
            outcome = each_story(outcome, _content(chosen))
        if not _is_of_list(message) and not mails and outcome.tellings:
            outcome, told = _as_forwarded(outcome, name, _field(message, "Subject"))
            problems.extend(told)
        if others := [each for each in texts if each not in chosen]:
            letters = sum(len(each.content) for each in others)
            problems.append(left_out(name, f"{count(len(others), 'more part')} of text, {letters:,} characters"))
    # 3. attachments
    if attached:
        shown = ", ".join(attached[:_NAMED]) + (f" and {len(attached) - _NAMED} more" if len(attached) > _NAMED else "")
        remedy = "save what belongs to the story as files of their own, and read them too"
        problems.append(replace(left_out(name, f"attached {shown}"), remedy=remedy))
    problems.extend((*_beyond(name, beyond), *_defects(name, message)))
    # 4. mails
    inner: list[Outcome] = []
    for number, part in mails:
        if depth >= _DEEPEST:
            problems.append(left_out(name, "a mail within mails within mails"))
            continue
        inner.extend(_read_mail(f"{name}/{number}", each, depth + 1) for each in _mails_in(part))
    return joined([Outcome(outcome.tellings, (*outcome.problems, *problems), outcome.ours), *inner])


def _told(name: str, message: Message) -> tuple[Metadata, list[Problem]]:
    """What the head of a mail tells."""
    problems: list[Problem] = []
    date = NO_DATE
    if written := _field(message, "Date"):
        try:
            date = DocumentDate(parse_date(written), f"mail Date: {written}"[:100], "mail")
        except DateError as error:
            date = DocumentDate(None, f"mail Date: {written} (refused: {error})"[:150], "refused")
            problems.append(bad_date(name, "mail Date", error))
    sender, address = parseaddr(_field(message, "From"))
    sender, host = sender.strip(), _publisher_of(address)
    listed = _is_of_list(message)
    publisher = attested(_field(message, "Organization"), "mail Organization")
    if publisher is None and listed:
        publisher = attested(sender, "mail From")
    if publisher is None and host:
        publisher = attested(host, "mail From, its address")
    return (
        Metadata(
            date,
            title=attested(_field(message, "Subject"), "mail Subject"),
            publisher=publisher,
            author=None if listed else attested(sender, "mail From"),
            url=attested(_field(message, "Archived-At").strip("<> "), "mail Archived-At"),
        ),
        problems,
    )


def _as_forwarded(outcome: Outcome, name: str, subject: str) -> tuple[Outcome, list[Problem]]:
    """The telling of a mail that does nothing but forward another as that of the other, and a note that says so."""
    (read,) = outcome.tellings
    found = forwarded(read.view.text, subject)
    if found is None:
        return outcome, []
    told = as_forwarded(read.metadata, found, _publisher_of(found.address))
    return replace(outcome, tellings=(replace(read, metadata=told),)), [forwards(name)]


def _publisher_of(address: str) -> str:
    """The host of a mail address, where it is an outlet's own; else empty."""
    host = address.rpartition("@")[2].lower()
    return host if "." in host and not _FOR_ALL.fullmatch(host) else ""


def _is_of_list(message: Message) -> bool:
    """Whether a message came by a list, or is a newsletter."""
    return any(message.get(key) for key in _OF_LISTS)


def _is_attached(part: Message) -> bool:
    """Whether a part is a file rather than text of the mail."""
    disposition = part.get_content_disposition()
    return disposition == "attachment" or (disposition != "inline" and bool(_said(part.get_filename)))


def _described(part: Message) -> str:
    name = " ".join(_said(lambda: _decoded_words(str(part.get_filename() or ""))).split())[:_LONGEST_NAME]
    return f"{name or 'a file without a name'} ({part.get_content_type()[:_LONGEST_NAME]})"


# ---- parts -------------------------------------------------------------------------------


def _leaves(message: Message, *, of_mail: bool = False) -> tuple[list[tuple[str, Message]], bool]:
    """The parts that have no parts, with their numbers, and whether there are more than are looked at.

    Those `of_mail` come without the poorer of parts that say the same: HTML goes before plain text.
    """
    waiting = [("1", message)]
    found: list[tuple[str, Message]] = []
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        number, part = waiting.pop()
        kind = part.get_content_type()
        if kind == MAIL or not part.is_multipart() or (of_mail and kind in _ENCRYPTED):
            found.append((number, part))
            continue
        inner = [(f"{number}.{place}", each) for place, each in enumerate(_held(part), start=1)]
        if of_mail and kind == "multipart/alternative":
            rich = [each for each in inner if _holds_html(each[1])]
            plain = [each for each in inner if each[1].get_content_type() == "text/plain"]
            inner = rich[-1:] or plain[:1] or inner[:1]
        waiting.extend(reversed(inner))
    return found, bool(waiting)


def _beyond(name: str, beyond: bool) -> list[Problem]:
    return [left_out(name, f"parts beyond the first {_MOST_PARTS:,}")] if beyond else []


def _held(part: Message) -> list[Message]:
    """The parts of a part that has some."""
    held = part.get_payload()
    return [each for each in held if isinstance(each, Message)] if isinstance(held, list) else []


def _mails_in(part: Message) -> list[Message]:
    """The mails that a part holds. Some programs pack them, though none may (RFC 2046, 5.2.1)."""
    held = _held(part)
    if _field(part, "Content-Transfer-Encoding").lower() != "base64" or any(each.keys() for each in held):
        return held
    found = []
    for each in held:
        each["Content-Transfer-Encoding"] = "base64"
        found.append(message_from_bytes(_payload(each) or b"", policy=compat32))
    return found


def _holds_html(part: Message) -> bool:
    """Whether a part is HTML with any words, or has such a part."""
    leaves, _ = _leaves(part)
    return any(
        each.get_content_type() == "text/html"
        and not _is_attached(each)
        and re.search(rb">[^<]*[^\s<][^<]*", _payload(each) or b"")
        for _, each in leaves
    )


def _payload(part: Message) -> bytes | None:
    """The bytes of a part, its transfer encoding undone; `None` where it has parts."""
    try:
        payload = part.get_payload(decode=True)
    except _NOT_SAID:  # the library tries the character set, which the bytes do not need
        bare = copy(part)
        del bare["Content-Type"]
        payload = bare.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else None


def _text(name: str, number: str, part: Message) -> tuple[_Part | None, tuple[Problem, ...]]:
    """The characters of a part, or why there are none."""
    is_html = part.get_content_type() in _HTML
    payload = _payload(part)
    if payload is None:
        return None, ()
    charset = _said(part.get_content_charset)
    try:
        decoded = in_encoding(payload, charset) or decode(payload, markup=is_html)
    except NotTextError as error:
        remedy = "save its text as .txt"
        return None, (Problem(name, "unreadable", f"part {number}: {error}", remedy, lost=True),)
    note = decoded.note
    if note is None and charset and in_encoding(payload, charset) is None and not payload.isascii():
        note = f"it is no {charset[:40]!a}, as it says; read as {decoded.encoding}"
    problems: tuple[Problem, ...] = ()
    if note:
        problems = (read_otherwise(name, f"part {number}: {note}"),)
    return _Part(number, is_html, decoded.content), problems


def _as_read(name: str, parts: Sequence[_Part], metadata: Metadata, media_type: str) -> Outcome:
    """The telling that parts of one kind of text are; what their own mark-up tells stands behind `metadata`."""
    content = _content(parts)
    if parts[0].is_html:
        outcome = read_bare(name, content) if media_type == MAIL else read_page(name, content)
    elif (refused := beyond(name, content)) is not None:
        outcome = Outcome(problems=(refused,))
    else:
        view, problems = plain_view(name, content)
        read = (Read(name, "text/plain", view, Metadata()),) if view.text.strip() else ()
        outcome = Outcome(read, problems if read else (empty(name),))
    kind = "text/html" if parts[0].is_html else "text/plain"
    what = f"part {', '.join(part.number for part in parts)}, {kind}"
    return Outcome(
        tuple(
            replace(
                each,
                media_type=media_type,
                metadata=metadata.over(each.metadata),
                locators=(Locator(Span(0, len(each.view.text)), what),),
            )
            for each in outcome.tellings
        ),
        outcome.problems,
        outcome.ours,
    )


def _content(parts: Sequence[_Part]) -> str:
    return "\n\n".join(part.content for part in parts)


def _defects(name: str, message: Message) -> list[Problem]:
    """Whether a message was cut off, or its parts run into one, by what its parser met."""
    for part in message.walk():
        for defect in part.defects:
            defect_name = type(defect).__name__
            if defect_name.startswith((_CUT_OFF, *_UNDIVIDED)):
                said = _CUT if defect_name.startswith(_CUT_OFF) else _ONE_TEXT
                return [Problem(name, "malformed", said, "get it once more", lost=False)]
    return []


# ---- fields ------------------------------------------------------------------------------


def _said(ask: Callable[[], object]) -> str:
    """What the library tells of a field; empty where it says nothing that can be read."""
    try:
        return str(ask() or "")
    except _NOT_SAID:
        return ""


def _field(message: Message, name: str) -> str:
    """A field of a head, its encoded words undone; empty where there is none."""
    wanted = name.lower()
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == wanted), "")
    return " ".join(_decoded_words(raw[:20_000]).split())[:2_000]


def _decoded_words(raw: str) -> str:
    """A field with its encoded words undone (RFC 2047); bytes that stand there as such are read as UTF-8."""
    try:
        plain = raw.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeDecodeError:
        plain = raw.encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")
    if "=?" not in plain:
        return plain
    try:
        pieces = decode_header(plain)
    except _NOT_SAID:
        return plain
    try:
        return str(make_header(pieces))
    except _NOT_SAID:  # one of them is in a character set that cannot be read: the others are
        return "".join(_characters(*piece) for piece in pieces)


def _characters(piece: str | bytes, charset: str | None) -> str:
    """What a piece of a field stands for, as well as one can tell."""
    if isinstance(piece, str):
        return piece
    if charset is None:
        return piece.decode("raw-unicode-escape", "replace")
    found = in_encoding(piece, charset)
    return found.content if found else piece.decode("utf-8", "replace")

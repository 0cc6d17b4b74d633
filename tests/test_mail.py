"""Mail, mailboxes and saved pages: what is read, what of the head tells of it, what is attached and said."""

from __future__ import annotations

import base64
import random
from datetime import date
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.edge.readers import read_bytes
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.kinds import MOST, REMEDY
from tellings.edge.readers.telling import Outcome, Read, too_large
from tellings.model.text import Span

STORY = "The bridge over the Merrin was closed at noon, said Ada Tamm, who runs the café near “Oster”."
LETTER = f"""<html><body><table><tr><td><p>{STORY}</p><p>It will not open before Friday, the office said.</p></td></tr>
</table></body></html>"""


def mail(text: str | None = STORY, *, html: str = "", **fields: str) -> EmailMessage:
    message = EmailMessage()
    head = {
        "From": "Ada Quill <ada@courier.example>",
        "Date": "Tue, 03 Mar 2015 23:30:00 -0500",
        "Subject": "Bridge closed",
    }
    for key, value in {**head, **{key.replace("_", "-"): value for key, value in fields.items()}}.items():
        message[key] = value
    if text is not None:
        message.set_content(text)
    if html:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


def one(outcome: Outcome) -> Read:
    assert len(outcome.tellings) == 1, outcome
    return outcome.tellings[0]


def test_the_head_tells_who_when_and_what() -> None:
    read = one(read_bytes("a.eml", mail().as_bytes()))
    told = read.metadata
    assert read.view.text.strip() == STORY
    assert told.date.value == date(2015, 3, 3), "the day where it was sent"
    assert (told.title and told.title.value, told.author and told.author.value) == ("Bridge closed", "Ada Quill")
    assert told.publisher is not None and told.publisher.value == "courier.example"
    assert [each.name for each in read.locators] == ["part 1, text/plain"]
    assert read.media_type == "message/rfc822"


def test_the_sender_of_a_newsletter_is_its_outlet() -> None:
    told = one(read_bytes("a.eml", mail(List_Unsubscribe="<https://courier.example/u>").as_bytes())).metadata
    assert told.author is None
    assert told.publisher is not None and told.publisher.value == "Ada Quill"


def test_an_address_for_all_names_no_publisher() -> None:
    assert one(read_bytes("a.eml", mail(From="Ada <ada@gmail.com>").as_bytes())).metadata.publisher is None


def test_html_goes_before_plain_text_and_its_spans_lead_to_it() -> None:
    read = one(read_bytes("a.eml", mail("Read this in your browser.", html=LETTER).as_bytes()))
    assert [hint.kind for hint in read.hints] == ["paragraph", "paragraph"]
    place = read.view.text.index("It will")
    assert read.view.to_source(Span(place, place + 7)).of(read.view.source.content) == "It will"
    assert "<table>" in read.view.source.content


@pytest.mark.parametrize("name", ["a.eml", "a", "a.txt", "a.docx"])
def test_a_mail_is_known_by_its_content(name: str) -> None:
    assert one(read_bytes(name, mail(Message_ID="<1@courier.example>").as_bytes())).media_type == "message/rfc822"


def test_a_text_that_begins_with_a_field_is_a_text() -> None:
    assert one(read_bytes("a.txt", f"Date: 2015-03-03\nFrom: Oster\n\n{STORY}".encode())).media_type == "text/plain"


def test_attachments_are_named() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Erklärung.pdf")
    message.add_attachment("more", filename="notes.txt")
    outcome = read_bytes("a.eml", message.as_bytes())
    assert one(outcome).view.text.strip() == STORY
    (problem,) = outcome.problems
    assert (problem.kind, problem.lost) == ("left-out", False)
    assert "Erklärung.pdf (application/pdf), notes.txt (text/plain)" in problem.message


def test_a_mail_that_is_attached_is_a_telling_of_its_own() -> None:
    outer = mail("Please see below.", Subject="Fwd")
    outer.add_attachment(mail())
    outcome = read_bytes("a.eml", outer.as_bytes())
    assert [read.name for read in outcome.tellings] == ["a.eml", "a.eml/1.2"]
    assert outcome.tellings[1].view.text.strip() == STORY


def test_a_mail_that_is_attached_packed_is_unpacked() -> None:
    packed = base64.encodebytes(mail(Date="Mon, 02 Mar 2015 10:00:00 +0100").as_bytes()).decode()
    data = (
        "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below.\n"
        f"--x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{packed}\n--x--\n"
    )
    _, inner = read_bytes("a.eml", data.encode()).tellings
    assert inner.view.text.strip() == STORY and inner.metadata.date.value == date(2015, 3, 2)


FORWARDED = [
    # the subject, what stands above, and the head of what is forwarded; then whether it is taken for that
    (
        "Fwd: Bridge",
        "Look at this.",
        "---------- Forwarded message ---------\nFrom: {}\nDate: Mon, Mar 2, 2015 at 9:00 AM",
        True,
    ),
    (
        "Bridge",
        "",
        "Begin forwarded message:\n\nFrom: {}\nSubject: Bridge shut\nDate: 2 March 2015 at 09:00:00 CET",
        True,
    ),
    ("WG: Brücke", "", "Von: {}\nGesendet: Montag, 2. März 2015 09:00\nAn: Otto\nBetreff: Bridge shut", True),
    ("TR : Pont", "", "De : {}\nEnvoyé : lundi 2 mars 2015 09:00\nÀ : Otto\nObjet : Bridge shut", True),
    ("RE: Bridge", "No.", "-----Original Message-----\nFrom: {}\nSent: Monday, March 2, 2015 9:00 AM", False),
    ("Bridge", "", "From: {}\nDate: Mon, 2 Mar 2015 09:00:00", False),
    ("Fwd: Bridge", "", "From: {}\nTo: Otto", False),
    ("Fwd: Bridge", f"{STORY} " * 5, "From: {}\nDate: Mon, 2 Mar 2015 09:00:00", False),
]


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize(("subject", "above", "head", "is_taken"), FORWARDED, ids=[each[2][:30] for each in FORWARDED])
def test_a_mail_that_forwards_another_is_that_of_who_wrote_it(
    subject: str, above: str, head: str, is_taken: bool, is_html: bool
) -> None:
    text = f"{above}\n\n{head.format('Rolf Ash <rolf@post.example>')}\n\n{STORY} {STORY}"
    html = "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n")) if is_html else ""
    outcome = read_bytes("a.eml", mail(None if is_html else text, html=html, Subject=subject).as_bytes())
    told = one(outcome).metadata
    day, author = (date(2015, 3, 2), "Rolf Ash") if is_taken else (date(2015, 3, 3), "Ada Quill")
    assert (told.date.value, told.author and told.author.value) == (day, author)
    assert (told.publisher and told.publisher.value) == ("post.example" if is_taken else "courier.example")
    assert any("forwards another mail" in problem.message for problem in outcome.problems) is is_taken


def test_a_newsletter_is_never_taken_for_one_that_is_forwarded() -> None:
    text = f"From: Rolf Ash <rolf@post.example>\nDate: 2 March 2015\n\n{STORY}"
    told = one(read_bytes("a.eml", mail(text, Subject="Fwd: x", List_Id="<x>").as_bytes())).metadata
    assert told.date.value == date(2015, 3, 3)


def test_parts_that_nothing_divides_are_one_text() -> None:
    data = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + STORY.encode()
    outcome = read_bytes("a.eml", data)
    assert one(outcome).view.text.strip() == STORY
    assert [problem.kind for problem in outcome.problems] == ["malformed"]


def test_words_of_a_field_that_can_be_read_are_read_beside_one_that_cannot() -> None:
    data = b"From: a@b.example\nSubject: =?utf-8?Q?Br=C3=BCcke?= shut =?nosuch?Q?x?=\n\n" + STORY.encode()
    title = one(read_bytes("a.eml", data)).metadata.title
    assert title is not None and title.value == "Brücke shut x"


def test_a_day_with_two_figures_of_the_year_is_read() -> None:
    assert one(read_bytes("a.eml", mail(Date="Tue, 3 Mar 15 10:00 GMT").as_bytes())).metadata.date.value == date(
        2015, 3, 3
    )
    assert parse_date("03 Mar 99 10:00:00 EST") == date(1999, 3, 3)
    with pytest.raises(DateError):
        parse_date("03 Mar 15")


def test_text_that_pictures_part_is_one_text() -> None:
    data = (
        b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nThe first part.\n"
        b"--x\nContent-Type: image/png\nContent-ID: <1>\n\nabc\n--x\n\nThe second part.\n--x--\n"
    )
    outcome = read_bytes("a.eml", data)
    assert one(outcome).view.text.split() == ["The", "first", "part.", "The", "second", "part."]
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("charset", "raw", "shown", "noted"),
    [
        ("iso-8859-1", "café “Oster”".encode("cp1252"), "café “Oster”", False),
        ("utf-8", "café".encode("cp1252"), "café", True),
        ("us-ascii", "café".encode(), "café", True),
        ("x-unknown", "café".encode(), "café", True),
        ("koi8-r", "мост".encode("koi8-r"), "мост", False),
        ("", "café".encode(), "café", False),
    ],
)
def test_faults_of_character_sets(charset: str, raw: bytes, shown: str, noted: bool) -> None:
    kind = f"Content-Type: text/plain; charset={charset}\n".encode() if charset else b""
    outcome = read_bytes("a.eml", b"MIME-Version: 1.0\nFrom: a@b.example\n" + kind + b"\n" + raw + b" is closed.")
    assert one(outcome).view.text == f"{shown} is closed."
    assert [problem.kind for problem in outcome.problems] == ["encoding"] * noted


def test_transfer_encodings_and_encoded_words() -> None:
    data = (
        b"MIME-Version: 1.0\nFrom: =?utf-8?Q?Ad=C3=A9le?= <a@b.example>\n"
        b"Subject: =?utf-8?B?QnLDvGNrZQ==?=\n =?utf-8?Q?_zu?=\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\nThe caf=C3=A9 is clo=\nsed.\n"
    )
    read = one(read_bytes("a.eml", data))
    assert read.view.text == "The café is closed.\n"
    assert read.metadata.title is not None and read.metadata.title.value == "Brücke zu"
    assert read.metadata.author is not None and read.metadata.author.value == "Adéle"


def test_a_mailbox_is_mail_by_mail() -> None:
    first, second = mail("First.\n\n>From here on it rains.\n").as_bytes(), mail("Second.").as_bytes()
    line = b"From ada@courier.example Tue Mar  3 10:00:00 2015\n"
    data = line + first + b"\n" + line + second + b"\n"
    for name in ("a.mbox", "a"):
        outcome = read_bytes(name, data)
        assert [(read.name, read.view.text.strip()) for read in outcome.tellings] == [
            (f"{name}#1", "First.\n\nFrom here on it rains."),
            (f"{name}#2", "Second."),
        ]


def mhtml(
    page: str, *, more: str = "", end: str = "--x--\n", location: str = "https://courier.example/bridge"
) -> bytes:
    return (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {location}\nSubject: =?utf-8?Q?Bridge=20closed?=\n"
        "Date: Mon, 30 Nov 2020 07:18:02 GMT\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n'
        f"--x\nContent-Type: text/css\n\np {{}}\n{more}--x\nContent-Type: text/html\n"
        f"Content-Location: {location}\n\n{page}\n{end}"
    ).encode()


PARAGRAPHS = "".join(f"<p>{STORY} {number}.</p>" for number in range(4))
ARTICLE = f"<html><body><article><h1>Bridge closed</h1>{PARAGRAPHS}</article></body></html>"


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a", "a.html", "a.eml"])
def test_a_saved_page_is_read_as_the_page(name: str) -> None:
    outcome = read_bytes(name, mhtml(ARTICLE))
    read = one(outcome)
    assert [hint.kind for hint in read.hints] == ["headline", *["paragraph"] * 4]
    assert read.metadata.url is not None and read.metadata.url.value == "https://courier.example/bridge"
    assert read.metadata.title is not None and read.metadata.title.value == "Bridge closed"
    assert read.metadata.date.value is None, "the day of saving is no date of the page"
    assert outcome.problems == ()


def test_a_saved_page_that_was_cut_off_is_read_and_that_is_said() -> None:
    outcome = read_bytes("a.mhtml", mhtml(ARTICLE, end=""))
    assert one(outcome).hints
    assert [problem.kind for problem in outcome.problems] == ["malformed"]


BAD = [
    ("empty.eml", mail("").as_bytes(), "empty"),
    ("head.eml", b"From: a@b.example\nSubject: nothing\n", "empty"),
    ("no_page.mhtml", mhtml("").replace(b"text/html\n", b"text/css\n"), "without the page"),
    ("secret.eml", b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: application/pkcs7-mime\n\nabc", "encrypted"),
    ("binary.eml", b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Transfer-Encoding: base64\n\nAAAAAAAA", "NUL"),
    ("pictures.eml", b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: image/png\n\nabc", "no text"),
    ("none.mbox", b"\0\1\2" * 20, "no mailbox"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD, ids=[name for name, *_ in BAD])
def test_bad_messages_are_named(name: str, data: bytes, reason: str) -> None:
    outcome = read_bytes(name, data)
    assert outcome.tellings == ()
    told = [problem for problem in outcome.problems if problem.lost]
    assert told and (reason in told[0].message or reason == told[0].kind), outcome.problems


def test_parts_within_parts_have_an_end() -> None:
    data = b"MIME-Version: 1.0\nFrom: a@b.example\n"
    for number in range(3000):
        data += f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n".encode()
    outcome = read_bytes("a.eml", data + b"\n" + STORY.encode())
    assert outcome.problems and all("please report" not in problem.remedy for problem in outcome.problems)


def test_parts_that_are_not_looked_at_are_said() -> None:
    data = (
        b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\n\nA word.\n" * 1200
    )
    for name in ("a.eml", "a.mhtml"):
        (problem,) = [each for each in read_bytes(name, data + b"--x--\n").problems if each.kind == "left-out"]
        assert "parts beyond the first 1,000" in problem.message


@pytest.mark.parametrize(
    "field",
    [
        b"Content-Type: text/plain; name*=idna''caf%E9",
        b"Content-Type: text/plain; charset*=a\0b''x",
        b"Content-Type: text/plain; name*=a\0b''x",
        b"Content-Type: text/plain; charset=idna",
        b"Content-Type: text/html; charset=idna",
        b"Content-Type: text/plain; name*" + b"9" * 5000 + b"=x",
        b"Content-Disposition: inline; filename*=idna''caf%E9",
    ],
)
def test_a_field_that_cannot_be_read_does_not_lose_the_mail(field: bytes) -> None:
    part = field + b"\n\n<p>The caf\xc3\xa9 is closed.</p>\n"
    head = b"MIME-Version: 1.0\nFrom: a@b.example\n"
    for kind in (b"mixed", b"alternative"):
        parts = b"Content-Type: multipart/" + kind + b"; boundary=x\n\n--x\n" + part + b"--x--\n"
        for data in (head + part, head + parts):
            assert "The café is closed." in one(read_bytes("a.eml", data)).view.text


def test_a_head_that_does_not_say_where_its_parts_begin_is_named() -> None:
    data = (
        b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: multipart/mixed; boundary*=idna''caf%E9\n\n--x\n\nWord.\n"
    )
    outcome = read_bytes("a.eml", data)
    assert all("please report" not in problem.remedy for problem in outcome.problems)


def test_a_mailbox_may_say_little_before_its_mails() -> None:
    data = b"".join(b"From - \n" + mail(f"Number {number}.").as_bytes() + b"\n" for number in (1, 2))
    assert [each.view.text.strip() for each in read_bytes("a.mbox", data).tellings] == ["Number 1.", "Number 2."]
    text = b"From here on it rains, and the bridge is closed.\n\nNobody may cross it."
    assert one(read_bytes("a.mbox", text)).view.text == text.decode()


def test_a_mail_of_a_mailbox_that_is_too_large_is_named_by_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MOST, "message", 1_000)
    line = b"From ada@courier.example Tue Mar  3 10:00:00 2015\n"
    data = line + mail("Short.").as_bytes() + b"\n" + line + mail(STORY * 20).as_bytes() + b"\n"
    outcome = read_bytes("a.mbox", data)
    assert one(outcome).view.text.strip() == "Short."
    assert outcome.problems == (too_large("a.mbox#2", 1_000, REMEDY["message"]),)


def test_mails_within_mails_have_an_end() -> None:
    message = mail("The innermost.")
    for number in range(8):
        outer = mail(f"Number {number}.")
        outer.add_attachment(message)
        message = outer
    outcome = read_bytes("a.eml", message.as_bytes())
    assert 1 < len(outcome.tellings) < 6
    assert any("mails within mails" in problem.message for problem in outcome.problems)


WHOLE = mail("Plain.", html=LETTER, Message_ID="<1@b.example>").as_bytes()


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([WHOLE, mhtml(ARTICLE)]))
def test_a_damaged_message_is_read_or_named(chance: random.Random, whole: bytes) -> None:
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = chance.randrange(1, len(data) + 1) if chance.random() < 0.3 else len(data)
    outcome = read_bytes("a.eml", bytes(data[:cut]))
    assert outcome.tellings or outcome.problems
    assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1, max_size=200))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    outcome = read_bytes("a.eml", mail(text).as_bytes())
    for read in outcome.tellings:
        assert read.view.source.content.rstrip("\n") == text.rstrip("\n")
    assert outcome.tellings or outcome.problems

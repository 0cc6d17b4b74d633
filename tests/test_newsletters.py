"""Newsletters: several stories in one mail are several tellings, one story is one."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from tellings.edge.readers import read_bytes
from tellings.edge.readers.telling import Read
from tellings.model.records import STORY_KINDS, Document
from tellings.within.clean import clean

STORIES = [
    (
        "Bridge over the Merrin is closed",
        "The bridge over the Merrin was closed at noon on Tuesday, after a flood hit the valley and a pillar moved.",
    ),
    (
        "Lock shut until further notice",
        "The lock is shut, too, the office of the harbour said on Wednesday, and nobody knows for how long.",
    ),
    (
        "Ferry sails again from Osk",
        "For the first time since March the ferry left the quay of Osk on Friday with forty people on board.",
    ),
]
HEAD = '<p><a href="https://a.example/v">View this mail in your browser</a></p><p>Good morning, here is the news.</p>'
FOOT = '<p><a href="https://a.example/u">Unsubscribe</a></p>'


def mail(html: str, **fields: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "The Merrin Courier <news@courier.example>", "Morning briefing"
    message["Date"] = "Tue, 03 Mar 2015 07:30:00 +0000"
    for key, value in fields.items():
        message[key.replace("_", "-")] = value
    message.set_content("See the HTML.")
    message.add_alternative(f"<html><body>{HEAD}{html}{FOOT}</body></html>", subtype="html")
    return message.as_bytes()


LETTER = {"List_Unsubscribe": "<https://a.example/u>"}


def story(read: Read) -> str:
    named = Document("d", read.name, read.name, read.media_type, read.view, read.metadata.date, hints=read.hints)
    blocks = (block for block in clean(named) if block.kind in STORY_KINDS and block.kind != "headline")
    return " ".join(" ".join(block.span.of(read.view.text).split()) for block in blocks)


SET = [
    '<h2><a href="https://a.example/{n}">{title}</a></h2><p>{text}</p>',
    '<table><tr><td><a href="https://a.example/{n}"><img src="{n}.png"></a></td></tr><tr><td>'
    '<a href="https://a.example/{n}"><b>{title}</b></a></td></tr><tr><td>{text}</td></tr>'
    '<tr><td><a href="https://a.example/{n}">Read more</a></td></tr></table>',
]


@pytest.mark.parametrize("form", SET)
def test_each_story_of_a_newsletter_is_a_telling(form: str) -> None:
    html = "".join(form.format(n=n, title=title, text=text) for n, (title, text) in enumerate(STORIES))
    outcome = read_bytes("a.eml", mail(html, **LETTER))
    assert [each.name for each in outcome.tellings] == ["a.eml#1", "a.eml#2", "a.eml#3"]
    for read, (title, text) in zip(outcome.tellings, STORIES, strict=True):
        told = read.metadata
        assert told.title is not None and told.title.value == title
        assert told.publisher is not None and told.publisher.value == "The Merrin Courier"
        assert told.date.value == date(2015, 3, 3)
        assert story(read).startswith(text) and len(story(read)) < len(text) + 20


ONE = f'<h1><a href="https://a.example/1">{STORIES[0][0]}</a></h1>' + "".join(f"<p>{text}</p>" for _, text in STORIES)


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        (ONE, LETTER),
        # links to other stories below one
        (ONE + "".join(f'<p><a href="/{n}">{title}</a></p>' for n, (title, _) in enumerate(STORIES)), LETTER),
        # headings that lead nowhere part one article
        ("".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in STORIES), LETTER),
        # no newsletter
        ("".join(SET[0].format(n=n, title=title, text=text) for n, (title, text) in enumerate(STORIES)), {}),
    ],
)
def test_one_story_stays_one_telling(html: str, fields: dict[str, str]) -> None:
    outcome = read_bytes("a.eml", mail(html, **fields))
    assert [each.name for each in outcome.tellings] == ["a.eml"]

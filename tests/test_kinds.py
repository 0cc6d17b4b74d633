"""Which kind of file something is: data under the name of a text, and what holds nothing but addresses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tellings.edge.readers import read_bytes, read_paths

TEXT = "The bridge over the Merrin was closed at noon on Tuesday after a flood hit the valley, said Ada Tamm."
OTHER = "The lock is shut, too, the office said on Wednesday, and nobody knows for how long it will be."
PAGE = f"<!doctype html><html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{TEXT}</p><p>{OTHER}"
ROWS = [{"title": "Bridge", "text": TEXT}, {"title": "Lock", "text": OTHER}]
FEED = (
    "<rss version='2.0'><channel><title>Courier</title>"
    + "".join(f"<item><title>{n}</title><description>{t}</description></item>" for n, t in enumerate((TEXT, OTHER)))
    + "</channel></rss>"
)
NITF = f"<?xml version='1.0'?><nitf><body><body.content><p>{TEXT}</p><p>{OTHER}</p></body.content></body></nitf>"


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a.html", "a"])
@pytest.mark.parametrize(
    ("content", "number"),
    [
        (PAGE, 1),
        (f"\ufeff\n<html><body>{PAGE[15:]}", 1),
        (json.dumps(ROWS), 2),
        ("\n".join(map(json.dumps, ROWS)), 2),
        (FEED, 2),
        (NITF, 1),
    ],
)
def test_data_is_known_under_the_name_of_a_text(name: str, content: str, number: int) -> None:
    outcome = read_bytes(name, content.encode())
    assert len(outcome.tellings) == number
    shown = " ".join(" ".join(each.view.text for each in outcome.tellings).split())
    assert TEXT in shown and OTHER in shown and "<p>" not in shown and '"' not in shown


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_a_table_is_known_under_the_name_of_a_text(name: str) -> None:
    table = f"title,text\nBridge,{json.dumps(TEXT)}\nLock,{json.dumps(OTHER)}\n"
    assert [each.view.text for each in read_bytes(name, table.encode()).tellings] == [TEXT, OTHER]


@pytest.mark.parametrize(
    "text",
    [
        f"<p> is how a paragraph begins.\n\n{TEXT}",
        f"[Photo] {TEXT}",
        f"{{Note}} {TEXT}",
        f"Title, text and more.\n\n{TEXT}",
        f"<?php is how a script begins.\n\n{TEXT}",
    ],
)
def test_a_text_that_only_looks_like_data_is_a_text(text: str) -> None:
    (read,) = read_bytes("a.txt", text.encode()).tellings
    assert read.view.text == text


@pytest.mark.parametrize(
    ("name", "content", "number"),
    [
        ("a.txt", "https://post.example/1\nhttps://post.example/2\n", "2 addresses"),
        ("a.txt", "https://post.example/1", "1 address"),
        (
            "tabs.txt",
            "https://post.example/1 | Bridge closed\r\n\r\nhttps://post.example/2 | Lock shut\r\n",
            "2 addresses",
        ),
        (
            "tabs.md",
            "- [Bridge closed](https://post.example/1)\n- [Lock shut](https://post.example/2)\n",
            "2 addresses",
        ),
        (
            "bookmarks.html",
            '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE><DL><p><DT><A HREF="https://post.example/1">x</A></DL>',
            "1 address",
        ),
    ],
)
def test_a_list_of_addresses_is_named(name: str, content: str, number: str) -> None:
    outcome = read_bytes(name, content.encode())
    assert not outcome.tellings
    (problem,) = outcome.problems
    assert problem.lost and f"{number} and no article" in problem.message and "tellings fetch --list" in problem.remedy


@pytest.mark.parametrize(
    "line", [TEXT, f"Read more: https://post.example/1 {OTHER}", f"- [Bridge](https://a.example/1) {TEXT}"]
)
def test_a_text_with_addresses_is_a_text(line: str) -> None:
    assert len(read_bytes("a.txt", f"https://post.example/1\n\n{line}\n".encode()).tellings) == 1


@pytest.mark.parametrize("name", ["a.url", "a.webloc", "a.desktop"])
def test_a_shortcut_is_named(name: str) -> None:
    outcome = read_bytes(name, b"[InternetShortcut]\nURL=https://post.example/1\n")
    assert not outcome.tellings and "a shortcut to an address" in outcome.problems[0].message


def test_what_systems_keep_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for name in ("desktop.ini", "Thumbs.db", ".DS_Store"):
        (tmp_path / name).write_bytes(b"[.ShellClassInfo]\r\nIconIndex=0")
    documents, problems = read_paths([tmp_path])
    assert [each.name for each in documents] == ["a.txt"] and not problems


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_of_a_list_that_was_cut_off_what_is_whole_is_read(name: str) -> None:
    whole = json.dumps([*ROWS, {"title": "Quay", "text": TEXT}], indent=1)
    outcome = read_bytes(name, whole[: whole.rindex("Quay")].encode())
    assert [each.view.text for each in outcome.tellings] == [TEXT, OTHER]
    assert any(each.lost and "its first 2 entries can be read" in each.message for each in outcome.problems)


@pytest.mark.parametrize("content", ['[{"text": "', "[1, 2, ", '[{"text": "a"}, 3, {"te'])
def test_what_is_no_list_of_objects_is_refused(content: str) -> None:
    outcome = read_bytes("a.json", content.encode())
    assert not outcome.tellings and outcome.problems[0].kind == "malformed"


def test_the_address_of_what_was_crawled_stands_in_the_page_of_it() -> None:
    row = {"title": "Bridge", "body": TEXT, "html": {"requested_url": "https://a.example/1", "content": f"<p>{OTHER}"}}
    (read,) = read_bytes("a.json", json.dumps([row]).encode()).tellings
    assert read.metadata.url is not None and read.metadata.url.value == "https://a.example/1"
    assert read.view.text == TEXT


def test_authors_are_told_without_the_word_before_them() -> None:
    row = {"headline": "Bridge", "body_text": TEXT, "byline": "By Ada Quill"}
    (read,) = read_bytes("a.json", json.dumps([row]).encode()).tellings
    assert read.metadata.author is not None and read.metadata.author.value == "Ada Quill"

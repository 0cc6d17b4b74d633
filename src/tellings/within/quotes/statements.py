"""Stretches in quotation marks that are no statements: titles, inscriptions, nicknames, headlines."""

from __future__ import annotations

import re
from functools import cache

from tellings.model.records import Quoted
from tellings.within.quotes.context import NOT_TOLD, Context, Draft, pattern, words

# "COMPETITION: “…”": a label of the page.
_LABEL = re.compile(r"(?:\A|\n)\s*[A-Z]{6,}(?:\s[A-Z]{2,}){0,2}:\s*\Z")
#: Words of a title at most.
_TITLE = 9
#: The reason for a title, a name or a nickname in marks.
A_NAME = "a title or a name"
_HEADLINE = "words in marks in a headline"


def names_something(context: Context, stretch: Quoted, floor: int) -> bool:
    """Whether the words before a stretch say that it is a title or a name: "the song “…”", "a film called “…”"."""
    lead = context.text[max(floor, stretch.span.start - 60) : stretch.span.start]
    return any(naming.search(lead) is not None for naming in (_named(), pattern("is called"), pattern("known as")))


def no_statement(context: Context, stretch: Quoted, floor: int) -> str | None:
    """Why a stretch is no statement (a title, an inscription, a nickname); `None` when it may be one."""
    text = context.text
    content = stretch.content.of(text)
    stripped = content.strip()
    dateline = pattern("dateline").match(f"{stripped} ")
    if not any(character.isalnum() for character in content) or (dateline and dateline.end() >= len(stripped)):
        return "no words"
    if context.block_at(stretch.span.start).kind in ("headline", "subheading"):
        return _HEADLINE
    lead = text[max(floor, stretch.span.start - 60) : stretch.span.start]
    bearer = pattern("bears words").search(lead)
    if bearer and words().meanings("medium_noun")[bearer.group("noun")] == "inscription":
        return "an inscription"
    if names_something(context, stretch, floor):
        return A_NAME
    if _LABEL.search(lead):
        return "under a label"
    title = [word for word in re.findall(r"[^\W\d_]+", content) if len(word) > 3]
    # A comma or a full stop inside the marks may be the outlet's, where words that introduce no speech stand before.
    own_mark = content[-1] in ",." and len(content.split()) <= 5 and re.search(r"[\w’'-]\s*\Z", lead) is not None
    own_mark = own_mark and not _speech().search(lead)
    ends_plain = content[-1] not in ",.!?…" or own_mark
    if (
        ends_plain
        and title
        and all(word[0].isupper() for word in title)
        and len(content.split()) <= 7
        and not lead.rstrip().endswith((",", ":"))
    ):
        following = text[stretch.span.end : stretch.span.end + 2]
        if re.match(r"[.,;)\s]", following):
            return A_NAME
    if (pattern("before a title").search(lead) or pattern("a book right before").search(lead)) and is_title(content):
        return A_NAME  # "said on Radio Merrin’s “On the Water with Greta.”"
    if pattern("in a title").search(text, floor, stretch.span.start) and is_title(content.strip(" ,?!")):
        return A_NAME  # "In “Who Will Row?”, Ana Vell writes"
    return None


def is_title(content: str) -> bool:
    """Whether words are set as in a title: each with a capital, but for small words between them."""
    found = re.findall(r"[^\W\d_][\w’'-]*", content)
    small = words().words("title_small")
    capital = [word[0].isupper() for word in found if word not in small]
    return len(capital) > 1 and len(found) <= _TITLE and all(capital) and found[0][0].isupper()


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words().alternatives('named_noun')})\s*,?\s*\Z", re.IGNORECASE)


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words().alternatives('speech_verb')})\s*\Z")


def repeated_headlines(context: Context, drafts: list[Draft]) -> None:
    """Words in marks in a headline that a quotation of the body repeats are that speaker's."""

    def plain(draft: Draft) -> str:
        return " ".join(re.findall(r"\w+", draft.content.of(context.text).casefold()))

    body = [(f" {plain(d)} ", d) for d in drafts if d.status == "shown" and d.within is None]
    for draft in drafts:
        if draft.reason != _HEADLINE or len(plain(draft).split()) < 4:
            continue
        for text, said in body:
            if f" {plain(draft)} " in text:
                draft.speaker, draft.source, draft.rule = said.speaker, None, "a headline repeats it"
                draft.status, draft.reason = ("shown", None) if said.speaker is not None else ("unsure", NOT_TOLD)
                break

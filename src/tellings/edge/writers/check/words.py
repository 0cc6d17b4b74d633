"""What the report on a draft says in words: each verdict, why it was given, how grave it is, and what all come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tellings.edge.writers import outlets, wording
from tellings.model.checked import Checkable, Substance
from tellings.model.counted import count
from tellings.model.report import CheckedArticle, Cited, Finding, Report, ReportedEdit
from tellings.model.verdicts import AGAINST, VERDICTS, Verdict

#: How grave a finding is, by the names that SARIF has for it; "none": the articles bear the draft out.
Severity = Literal["error", "warning", "note", "none"]

#: What each verdict says, in words.
VERDICT_WORDS: Mapping[Verdict, str] = {
    "verbatim": "printed so",
    "agrees": "told so",
    "one origin only": "told so by one origin only",
    "contested": "told so, and otherwise elsewhere",
    "superseded": "told so before, and otherwise later",
    "altered": "printed in other words",
    "another speaker": "printed so, of another speaker",
    "paraphrase": "a paraphrase, printed as a quotation",
    "joined": "two quotations, joined",
    "differs": "told otherwise",
    "not found": "not found",
    "not checked": "not checked",
}
#: What each verdict means, in a sentence.
MEANING: Mapping[Verdict, str] = {
    "verbatim": "An article prints these words, of this speaker.",
    "agrees": "Several independent origins tell it so.",
    "one origin only": "It is told so, and all articles that do have it from one origin.",
    "contested": "One article tells it so, and another otherwise.",
    "superseded": "It was told so, and a later article tells otherwise.",
    "altered": "An article prints this quotation in other words; each edit is shown, with what it changes.",
    "another speaker": "An article prints these words, and has somebody else say them.",
    "paraphrase": "It stands in quotation marks, and the articles tell it in words of their own.",
    "joined": "Two quotations of the articles stand in one pair of quotation marks.",
    "differs": "The articles tell it otherwise.",
    "not found": "It is in none of the articles that were read; the nearest sentence is shown.",
    "not checked": "It was not held against the articles; why is said.",
}
#: The same behind a number, in a row of others.
COUNTED: Mapping[Verdict, str] = {
    **VERDICT_WORDS,
    "one origin only": "by one origin only",
    "contested": "contested",
    "superseded": "superseded",
    "altered": "altered",
    "another speaker": "of another speaker",
    "paraphrase": "paraphrased",
    "joined": "joined",
}
#: Why something was not checked, or what turned the verdict.
REASONS = {
    "no-statement": "nobody is quoted with it",
    "too-little": "it says too little",
    "other-words": "told in the draft's own words",
    "relative-day": "counted from the day of the draft, which is not known: give --date",
    "other-company": "the articles tell it of something else",
    "words-apart": "the articles have its words, not together",
    "negation": "turned round",
    "certainty": "the articles only have it that it may be so",
    "cut": "what stands before it turns its sense",
    "no-number": "no number is written",
    "worked-out": "it may be worked out from what they tell",
    "abbreviation": "an abbreviation that they do not use",
    "place": "the articles have it in another place",
    "exchanged": "the articles tell this of another",
    "risen": "it has risen since",
    "word": "the articles have a word there that is never told for it",
}
#: What an edit changes.
SUBSTANCE: Mapping[Substance, str] = {
    "negation": "turns it round",
    "figure": "changes a figure",
    "name": "changes a name",
    "word": "changes what is said",
    "cut": "cuts what the sense hangs on",
    "none": "",
}
#: What kinds of stretches are counted as, in the order in which they are told.
KINDS: Mapping[Checkable, str] = {
    "quotation": "quotation",
    "reported speech": "reported statement",
    "name": "name",
    "role": "role",
    "number": "number",
    "money": "number",
    "percent": "number",
    "age": "number",
    "measure": "number",
    "duration": "number",
    "rank": "number",
    "day": "date",
    "clock time": "date",
    "statement": "statement",
}
#: Verdicts that are told at their length; the others are counted.
TOLD = AGAINST | {"contested"}
#: Said of what tells otherwise, of who has said it instead, and of the nearest sentence to what was not found.
OTHERWISE, SAID_BY, NEAREST = "otherwise", "said there by", "nearest"
#: How the verdicts on one kind are told: what was borne out first, then the gravest.
_ORDER = ("verbatim", "agrees", "one origin only", *VERDICTS)
#: Characters of the words of the draft and of a sentence of an article in a message.
_WIDEST, _SENTENCE = 90, 240
_MARKS = '“”"„«»'
#: How grave each verdict is.
SEVERITY: Mapping[Verdict, Severity] = {
    "another speaker": "error",
    "altered": "error",
    "joined": "error",
    "paraphrase": "error",
    "differs": "error",
    "superseded": "warning",
    "not found": "warning",
    "contested": "note",
    "one origin only": "note",
    "not checked": "note",
    "agrees": "none",
    "verbatim": "none",
}


def severity(finding: Finding) -> Severity:
    """How grave a finding is. A quotation that is altered in its form alone, or says itself where it is, is a
    warning."""
    formal = finding.edits and all(edit.substance == "none" or edit.marked for edit in finding.edits)
    return "warning" if finding.verdict == "altered" and formal and not finding.reason else SEVERITY[finding.verdict]


def slug(verdict: str) -> str:
    """A verdict as one word: for command lines, styles and programs."""
    return verdict.replace(" ", "-")


def shown(report: Report, *, every: bool) -> tuple[Finding, ...]:
    """The findings that are told at their length, in the order of the draft; all of them with `every`."""
    return report.findings if every else report.of(TOLD)


def told(finding: Finding) -> str:
    """What a verdict says, in words, with why where that is known."""
    reason = REASONS.get(finding.reason, "")
    return VERDICT_WORDS[finding.verdict] + (f" ({reason})" if reason else "")


def edit(one: ReportedEdit) -> str:
    """An edit in words: "article “eggs”, draft “sheep” (changes what is said)"."""
    theirs, ours = (f"“{wording.one_line(words)}”" for words in (one.source.exact, one.draft.exact))
    if not one.draft.exact:
        line = f"left out in the draft: {theirs}"
    elif not one.source.exact:
        line = f"only in the draft: {ours}"
    else:
        line = f"article {theirs}, draft {ours}"
    why = "marked in the draft" if one.marked else SUBSTANCE[one.substance]
    return f"{line} ({why})" if why else line


def in_words(report: Report) -> str:
    """What all verdicts come to: "12 quotations: 9 printed so, 2 altered, 1 of another speaker; 8 names, all told
    so."."""
    by_kind: dict[str, Counter[Verdict]] = {kind: Counter() for kind in KINDS.values()}
    for finding in report.findings:
        by_kind[KINDS[finding.kind]][finding.verdict] += 1
    lines = [_counted(kind, found) for kind, found in by_kind.items() if found]
    return f"{'; '.join(lines)}." if lines else "Nothing to check was found."


def _counted(kind: str, found: Mapping[Verdict, int]) -> str:
    number = sum(found.values())
    if len(found) == 1:
        (verdict,) = found
        return f"{count(number, kind)}, {'all ' if number > 1 else ''}{COUNTED[verdict]}"
    told = ", ".join(f"{found[verdict]:,} {COUNTED[verdict]}" for verdict in dict.fromkeys(_ORDER) if verdict in found)
    return f"{count(number, kind)}: {told}"


def held_against(report: Report) -> str:
    """What a draft was held against: "14 articles, 12 independent origins"."""
    articles = count(len(report.articles), "article")
    return f"{articles}, {count(report.origins, 'independent origin')}"


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles of a report by label, and what each is called where there is little room: its outlet, else its file;
    with the label behind it where several are called so."""

    articles: Mapping[str, CheckedArticle]
    names: Mapping[str, str]

    @classmethod
    def of(cls, report: Report) -> Articles:
        """The articles of a report."""
        short = {
            each.label: outlets.called(each.publisher, each.url) or wording.one_line(each.name)
            for each in report.articles
        }
        several = Counter(short.values())
        names = {label: f"{name} {label}" if several[name] > 1 else name for label, name in short.items()}
        return cls({each.label: each for each in report.articles}, names)

    def of_words(self, one: Cited) -> tuple[CheckedArticle, str]:
        """The article that has some words, and what it is called."""
        return self.articles[one.words.telling], self.names[one.words.telling]


def dated(article: CheckedArticle) -> str:
    """The day of an article as one writes it."""
    return wording.day(article.date) if article.date else "date not known"


def cited(finding: Finding, most: int | None = None) -> Iterator[tuple[str, Cited]]:
    """The words that a finding rests on, each with what they are ("" for those that bear it out): up to `most` of those
    that are near it, and of those that say otherwise."""
    places, against = finding.places[:most], finding.against[:most]
    if finding.verdict != "another speaker":
        yield from ((NEAREST if finding.verdict == "not found" else "", one) for one in places)
        yield from ((OTHERWISE, one) for one in against)
        return
    # What is said otherwise is the speaker, whose name stands mostly in the sentence that is shown already.
    speakers = {one.words.telling: f"{SAID_BY} {wording.one_line(one.words.exact)}" for one in against[::-1]}
    yield from ((speakers.get(one.words.telling, ""), one) for one in places)
    shown = {one.sentence for one in places}
    yield from ((speakers[one.words.telling], one) for one in against if one.sentence not in shown)


def quoted(sentence: str) -> str:
    """A sentence in quotation marks, where it has none of its own."""
    return sentence if any(mark in sentence for mark in _MARKS) else f"“{sentence}”"


def message(finding: Finding, articles: Articles, most: int = 1) -> str:
    """A finding on one line: the verdict, its edits, and the words of up to `most` articles each that are near it and
    that say otherwise, with their outlets and days."""
    exact, _ = wording.shorten(wording.one_line(finding.words.exact), _WIDEST)
    parts = [f"“{exact}”: {told(finding)}", *map(edit, finding.edits)]
    # Of two quotations that were joined, both are shown.
    for what, one in cited(finding, max(most, 2) if finding.verdict == "joined" else most):
        article, called = articles.of_words(one)
        sentence, _ = wording.shorten(wording.one_line(one.sentence.exact), _SENTENCE)
        parts.append(f"{f'{what}: ' if what else ''}{called}, {dated(article)}: {quoted(sentence)}")
    return "; ".join(parts)

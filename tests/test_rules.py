"""The rule files as such: each loads, each rule is whole, each room's rules run their examples in one test."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from project import ROOT

from tellings.language.base import Language
from tellings.model.rules import WORD, Asked, Rule, RuleError, RuleSet, languages, load, words_in
from tellings.within.facts.events import _events
from tellings.within.mentions.lists import name_lists
from tellings.within.quotes.forms import verb_of_speech
from tellings.within.times.grammar import Compiled

DATA = ROOT / "src" / "tellings" / "data"
FILES = sorted(DATA.glob("*/*/*.toml"))
ROOMS = sorted({(file.parts[-3], file.parts[-2]) for file in FILES})


#: Every pattern that code asks for by name: language, room, and the pattern as it stands in its file.
PATTERNS = [(language, room, rule) for language, room in ROOMS for rule in load(language, room).patterns.values()]

KEYED = [entry for entry in PATTERNS if {"keys", "starts"} & set(entry[2].meaning)]


def tables(file: Path, *kinds: str) -> list[dict[str, Any]]:
    """The [[rule]] and [[pattern]] tables of a file (those of `kinds`), as they stand there."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return [table for kind in kinds or ("rule", "pattern") for table in content.get(kind, [])]


def rooms_with_rules() -> list[str]:
    return sorted({file.parts[-2] for file in FILES if tables(file, "rule")})


def test_there_are_rules() -> None:
    assert ("en", "time") in ROOMS and ("en", "quote") in ROOMS and len(FILES) > 10


@pytest.mark.parametrize(("language", "room"), ROOMS, ids="/".join)
def test_a_room_loads(language: str, room: str) -> None:
    rules = load(language, room)
    files = [file for file in FILES if file.parts[-3:-1] == (language, room)]
    assert len(rules.rules) == sum(len(tables(file, "rule")) for file in files)
    assert len(rules.patterns) == sum(len(tables(file, "pattern")) for file in files)
    for name in rules.lists:
        assert rules.words(name), f"list {name} is empty"
        re.compile(rules.alternatives(name))
    assert load(language, room) is rules


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_a_file_says_where_its_words_come_from(file: Path) -> None:
    first, *_ = file.read_text(encoding="utf-8").split("\n")
    assert first.startswith("# "), "the first line says what the file holds"
    known = {"lists", "rule", "pattern"}
    assert set(tomllib.loads(file.read_text(encoding="utf-8"))) <= known
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        assert line == line.rstrip() and "\t" not in line, f"line {number} has white space to take out"


@pytest.mark.parametrize(
    ("file", "table"),
    [(file, table) for file in FILES for table in tables(file)],
    ids=lambda value: value.get("name", "?") if isinstance(value, dict) else value.parent.name,
)
def test_a_rule_is_whole(file: Path, table: dict[str, Any]) -> None:
    for field in ("name", "pattern", "source"):
        assert isinstance(table.get(field), str) and table[field].strip(), f"the rule lacks {field}"
    assert re.fullmatch(r"[a-z0-9]+(?:[-. ][a-z0-9]+)*", table["name"])
    assert table.get("no"), f"{table['name']} has no example of what it must not find"
    # A rule that only keeps others off has nothing to find: its room then says so.
    assert table.get("yes") or file.stem == "not", f"{table['name']} has no example of what it finds"
    examples = [str(example) for example in (*table.get("yes", ()), *table["no"])]
    assert len(set(examples)) == len(examples), "an example stands there twice"


@pytest.mark.parametrize(
    ("language", "room", "rule"), PATTERNS, ids=lambda value: value.name if isinstance(value, Rule) else value
)
def test_a_pattern_finds_its_examples_and_no_others(language: str, room: str, rule: Rule) -> None:
    """As the code asks: from the beginning of the example where it says `at = "start"`, else anywhere in it."""
    pattern = Language(language).pattern(room, rule.name)
    finds = pattern.match if rule.meaning.get("at") == "start" else pattern.search
    assert set(rule.meaning) <= {"at", "case", "keys", "starts"}
    for text in rule.yes:
        assert finds(text), text
    for text in rule.no:
        assert not finds(text), text


def test_every_pattern_is_asked_for() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src" / "tellings").rglob("*.py"))
    assert not [f"{room}: {rule.name}" for _, room, rule in PATTERNS if f'"{rule.name}"' not in source]


def test_a_pattern_that_is_not_there_is_named() -> None:
    with pytest.raises(RuleError, match="en/time: no pattern 'weather'; there are: "):
        Language("en").pattern("time", "weather")


def test_the_words_of_saying_of_one_room_are_words_of_saying() -> None:
    for language in languages():
        words = Language(language).lexicon.words
        assert words("telling_verb", "news_verb", "present_speech_verb") <= words("speech_verb")
        assert words("weekday_name") <= words("weekday") and words("month_name") <= words("month")


def test_verbs_that_are_told_to_somebody_are_a_list_of_their_own() -> None:
    rules = Language("en").rules("quote")
    assert rules.words("telling_to") == {
        verb for verb, group in rules.meanings("speech_verb").items() if group == "tell"
    }


@pytest.mark.parametrize("room", rooms_with_rules())
def test_the_examples_of_a_room_are_run_by_its_tests(room: str) -> None:
    """Some test file parametrises over the room's rules and runs both `yes` and `no`."""
    running = []
    for file in sorted((ROOT / "tests").glob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        loads = re.search(rf'\bload\(\s*"en",\s*"{room}"\s*\)|\b{room}\(\)\.rules', text)
        if file.name != Path(__file__).name and loads and ".yes" in text and ".no" in text:
            running.append(file.name)
    assert running, f"no test runs the examples of the rules of {room!r}"


def test_no_rule_is_run_twice_or_by_none() -> None:
    """Where two files share a room (times and parts), what each takes must add up to all of it."""
    from test_facts import EVENT_RULES, OTHER_RULES
    from test_times import RULES

    everything = list(load("en", "time").rules)
    parts = [rule for rule in everything if rule.meaning.get("room") == "parts"]
    assert sorted(rule.name for rule in [*RULES, *parts]) == sorted(rule.name for rule in everything)
    facts = [*EVENT_RULES, *OTHER_RULES]
    assert sorted(rule.name for rule in facts) == sorted(rule.name for rule in load("en", "fact").rules)


# ---- what is said of a rule file that is wrong


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[rule]\n", "bad.toml"),
        ('[[rule]]\nname = "a"\npattern = "a"\nyes = ["a"]\n', "rule 'a' lacks 'source'"),
        ('[[rule]]\npattern = "a"\n', "rule '?' lacks 'name'"),
        ('[[rule]]\nname = "a"\npattern = "a"\nyes = []\nsource = "s"\n' * 2, "named twice: a"),
    ],
    ids=["not TOML", "no source", "no name", "one name twice"],
)
def test_a_wrong_rule_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, said: str) -> None:
    folder = tmp_path / "data" / "xx" / "time"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text(content, encoding="utf-8")
    monkeypatch.setattr("tellings.model.rules.resources.files", lambda package: tmp_path)
    with pytest.raises(RuleError, match=re.escape(said)):
        load.__wrapped__("xx", "time")


def test_a_room_or_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(RuleError, match="no rules for room 'weather' in language 'en'"):
        load("en", "weather")
    with pytest.raises(RuleError, match="no word list 'winds'; there are: months"):
        RuleSet({"months": {"May": "05"}}).words("winds")


def test_what_is_made_of_a_name_is_made_when_it_is_asked_for_and_once() -> None:
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    asked = Asked(make)
    assert not made
    assert (asked["osk"], asked["osk"], asked["dunlow"]) == ("OSK", "OSK", "DUNLOW")
    assert made == ["osk", "dunlow"]


def test_a_rule_of_times_that_cannot_be_used_is_named_where_it_is_tried() -> None:
    rule = Rule("odd", "(", MappingProxyType({"before": "["}), (), (), "", "en/time/odd.toml")
    compiled = Compiled(rule, load("en", "time"), det=False, rank=5)
    with pytest.raises(RuleError, match=r"en/time/odd.toml: rule 'odd': .*; mend its pattern"):
        _ = compiled.pattern
    with pytest.raises(RuleError, match="rule 'odd'"):
        _ = compiled.before
    assert compiled.not_before is None


def test_lists_asked_for_together_are_joined() -> None:
    rules = RuleSet({"month": {"May": "05"}, "season": {"spring": "SP", "May": "SP"}})
    assert rules.words("month", "season") == {"May", "spring"}
    assert rules.words("month") == {"May"}


def test_a_pattern_takes_its_words_from_lists() -> None:
    rules = RuleSet({"month": {"May": "05", "May Day": "05-01", "Mother's": "x"}})
    found = re.match(rules.expand(r"{month} to {month#2}"), "May\n Day to Mother’s")
    assert found is not None and found.groupdict() == {"month": "May\n Day", "month_2": "Mother’s"}


@pytest.mark.parametrize("room", [room for language, room in ROOMS if language == "en"])
def test_a_list_in_a_pattern_matches_what_its_words_one_by_one_would(room: str) -> None:
    rules = load("en", room)
    for name in rules.lists:
        words = sorted(map(str, rules.meanings(name)), key=lambda word: (-len(word), word))
        if not words:
            continue
        plain = "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in words)
        for flags in (0, re.IGNORECASE):
            expected, pattern = re.compile(plain, flags), re.compile(rules.alternatives(name), flags)
            for word in words:
                for text in (word, word.upper(), word.title(), f"{word}s x", word.replace(" ", "  "), word[:-1]):
                    found, right = pattern.match(text), expected.match(text)
                    assert (found and found.span()) == (right and right.span()), (name, text)


def test_whatever_a_keyed_pattern_finds_holds_one_of_its_keys() -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples" / "ferry-fire" / "articles").iterdir())
    ]
    texts += ["They’ve not been heard, hadn't left, weren't found, didn’t go; it's said he'd gone, and we're burning."]
    texts += [text for _, _, rule in KEYED for text in rule.yes]
    english = Language("en")
    keyed = [Language(language).keyed(room, rule.name) for language, room, rule in KEYED]
    names = name_lists(english)
    for text in texts:
        for one in (*keyed, _events(english)[0], verb_of_speech(), names.description, names.pronoun):
            for match in one.pattern.finditer(text):
                # What a pattern finds without a word by itself (a mark) is for its room to look for.
                words = words_in(match[0]) | words_in(text[match.start() : match.end() + 12])
                assert one.may_stand(words) or not WORD.search(match[0]), match


STARTING = [(language, room, rule) for language, room, rule in KEYED if "starts" in rule.meaning]


@pytest.mark.parametrize(
    ("language", "room", "rule"), STARTING, ids=lambda value: value.name if isinstance(value, Rule) else value
)
def test_a_pattern_finds_where_its_starts_stand_what_it_finds_anywhere(language: str, room: str, rule: Rule) -> None:
    keyed = Language(language).keyed(room, rule.name)
    articles = sorted((ROOT / "examples" / "ferry-fire" / "articles").iterdir())
    for text in (*rule.yes, *rule.no, *(path.read_text(encoding="utf-8") for path in articles)):
        anywhere = [
            match.span() for match in keyed.pattern.finditer(text) if WORD.match(match[0]) or match[0][0].isdigit()
        ]
        assert [match.span() for match in keyed.finditer(text, 0, len(text))] == anywhere


def test_a_search_by_keys_finds_what_a_search_finds() -> None:
    text = "The claims were “flatly denied.” Nobody denied a post on Reddit, the harbour said."
    for name, found in (("said to be denied", "claims were “flatly denied"), ("medium", "a post on Reddit")):
        keyed = Language("en").keyed("quote", name)
        match = keyed.search(text, 0, len(text))
        assert match is not None and match[0] == found and match.span() == keyed.pattern.search(text).span()  # type: ignore[union-attr]
        assert keyed.search(text, match.end(), match.end() + 5) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Clerks at Osk and ", "Clerks at Osk and "),
        ("It shut. Officials of the harbour and ", "Officials of the harbour and "),
        ("Clerks at Osk and Merrin ", None),
        ("Clerks at Osk and Merrin and ", None),
        ("Clerks and ", None),
        ("", None),
    ],
)
def test_a_pattern_that_ends_with_a_key_is_looked_for_only_behind_it(text: str, found: str | None) -> None:
    keyed = Language("en").keyed("quote", "several at two")
    match = keyed.ending(text, 0, len(text))
    assert (match and match[0]) == found
    anywhere = keyed.pattern.search(text)
    assert (anywhere and anywhere[0]) == found
    assert keyed.ending(f"{text}Merrin", 0, len(text)) is not None or found is None


def test_a_pattern_without_keys_is_named() -> None:
    with pytest.raises(RuleError, match=r"en/time/patterns\.toml: pattern 'until-before' has no keys; add"):
        Language("en").keyed("time", "until-before")


def test_a_phrase_is_a_piece_of_patterns() -> None:
    rules = RuleSet({"month": {"May": 5}, "phrase": {"date": r"{month} \d+", "range": "{date} to"}})
    found = re.match(rules.expand("on {range}"), "on May 5 to")
    assert found is not None and found.groupdict() == {"month": "May"}


def test_a_keyed_pattern_finds_at_its_keys_what_it_finds_anywhere() -> None:
    text = "He said that she SAID it; he told them, re-told it, ’said and was saying to state; said."
    verb = verb_of_speech()
    assert (
        [m.span() for m in verb.finditer(text, 0, len(text))] == [m.span() for m in verb.pattern.finditer(text)] != []
    )

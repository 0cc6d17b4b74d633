"""A language as the stages see it: its lexicon, the rules of each room, and the small functions that no list can say.

Lists and patterns are files under `data/<code>/`; a language with nothing but files is `Language(code)`. One whose
words need a function of their own (stems, agreement) gives it in a module of this package, entered in `_FUNCTIONS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tellings.model.rules import RuleSet, languages, load

__all__ = ["LEXICON", "Language", "language_of"]

#: Room of the lists that several rooms need.
LEXICON = "lexicon"


@dataclass(frozen=True, slots=True)
class Language:
    """A language there are rules for. `code` is ISO 639-1.

    Equal and hashable by its code, so that what a room compiles can be kept for each language.
    """

    code: str

    @property
    def lexicon(self) -> RuleSet:
        """The lists that several rooms share: months, numbers, words of saying, …"""
        return load(self.code, LEXICON)

    def rules(self, room: str) -> RuleSet:
        """The lists and rules of `room`, the lexicon's lists among them.

        Raises:
            RuleError: there is no such folder, or a file in it that cannot be used.
        """
        return load(self.code, room)


@cache
def language_of(code: str) -> Language:
    """The language `code`.

    Raises:
        KeyError: there are no rules for it; ask `languages` first.
    """
    if code not in languages():
        raise KeyError(f"no rules for language {code!r}; there are: {', '.join(languages())}")
    return Language(code)

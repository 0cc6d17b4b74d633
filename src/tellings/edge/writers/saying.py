"""How the line of a quotation begins: with the telling's own words where it is not simply said, else with ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.edge.writers import wording
from tellings.edge.writers.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tellings.model.record import Evidence, QuoteEntry, VariantLine
    from tellings.model.records import QuoteType, Stance

#: Stances that turn what is quoted into its opposite.
_AGAINST = ("denies", "retracts")
#: Characters between the words that lead and those quoted which need no mark of omission: a space, quotation marks.
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """What stands before the words of a quotation: `ours` ("denied:", "said earlier:"), then `theirs` ("has denied");
    either may be empty. `strong`: they tell that the words are not simply said; the last of the two is set in bold."""

    ours: str = ""
    theirs: str = ""
    strong: bool = False

    def parts(self) -> list[tuple[str, bool]]:
        """What stands there, and which of it is set in bold."""
        found = [part for part in (self.ours, self.theirs) if part]
        return [(part, self.strong and place == len(found)) for place, part in enumerate(found, 1)]

    def before(self, words: str) -> str:
        """The words with what stands before them."""
        return " ".join([*(part for part, _ in self.parts()), words])


def saying(stance: Stance, lead: str = "", *, marked: bool = False, earlier: bool = False) -> Saying:
    """How a quotation begins whose source does this with it, by the telling's own words where it has some: `lead`.
    `marked`: what is quoted tells by itself that it is no plain statement."""
    if stance == "says":
        return Saying("said earlier:") if earlier else Saying(theirs=lead)
    if lead:
        return Saying("earlier:" if earlier else "", lead, strong=True)
    ours = (wording.STANCES_IN_WORDS if marked else wording.STANCES)[stance]
    return Saying(f"{ours}{' earlier' if earlier else ''}:", strong=True)


def in_variant(variant: VariantLine) -> Saying:
    """How a telling's version of an utterance begins."""
    return saying(variant.stance, _lead(variant), marked=variant.marker is not None, earlier=variant.earlier)


def of_fullest(entry: QuoteEntry) -> Saying:
    """How the fullest text begins, which is no single telling's: in our words."""
    variant = speaks_for(entry)
    return saying(variant.stance, marked=variant.marker is not None, earlier=variant.earlier)


def in_brief(entry: QuoteEntry, most: int) -> str:
    """Who says what and how, on one line: "the mayor: has denied making a deal"; of the words as many characters as
    `most`."""
    variant = speaks_for(entry)
    words, _ = wording.shorten(one_line(variant.stretches[0].exact), most)
    quoted = f"“{words}”" if type_of(variant, 0) == "direct" else words
    return f"{one_line(wording.speaker(entry.speaker))}: {in_variant(variant).before(quoted)}"


def type_of(variant: VariantLine, stretch: int) -> QuoteType:
    """The type of a stretch of a telling's version."""
    return variant.types[stretch] if variant.types else variant.type


def in_marks(variant: VariantLine, words: Sequence[str], between: str) -> str:
    """The `words` of the stretches of a telling's version, what was said as it stands there in marks; of a version that
    is all direct once around all."""
    if variant.type == "direct":
        return f"“{between.join(words)}”"
    marked = (f"“{each}”" if type_of(variant, at) == "direct" else each for at, each in enumerate(words))
    return between.join(marked)


def speaks_for(entry: QuoteEntry) -> VariantLine:
    """The variant that the line of an utterance goes by: the first that denies it or takes it back, else the one that
    prints most of its words."""
    against = next((each for each in entry.variants if each.stance in _AGAINST), None)
    return against or max(entry.variants, key=lambda each: (each.type != "indirect", each.printed))


def _lead(variant: VariantLine) -> str:
    if variant.lead is None:
        return ""
    return one_line(variant.lead.exact) + (" …" if leaves_out(variant.lead, variant) else "")


def leaves_out(lead: Evidence, variant: VariantLine) -> bool:
    """Whether words stand between those that lead and those quoted."""
    return not any(0 <= words.start - lead.end <= _BESIDE for words in variant.stretches)


def circumstances(variant: VariantLine) -> str:
    """When, where and to whom it was said, in the telling's words, on one line."""
    return ", ".join(one_line(words.exact) for words in variant.circumstances)

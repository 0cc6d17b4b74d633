"""Why a form of a verb of speech is no cue: each reason is a function of the form, and its name."""

from __future__ import annotations

import re
from functools import cache

from tellings.model.rules import Keyed, words_in
from tellings.within.quotes.context import endings, is_participle, keyed, listed, pattern, singular, words
from tellings.within.quotes.forms import BESIDE, Form

_QUOTES_NEXT = re.compile(r"\s*[,:.]?\s*[“\"‘«]|\s*[.,]?\s*\Z")
#: Characters before a noun of speech that hold the words it is one by.
_NOUN_PHRASE = 60


def is_noun(form: Form) -> bool:
    """Whether it is a noun here, or tells what goes on and not what is said."""
    return any(reason(form) for reason in _NOUNS)


def no_saying(form: Form) -> bool:
    """Whether it is an adjective, a participle or the end of a name, or is a verb that says nothing here."""
    return any(reason(form) for reason in _NO_SAYING)


def _noun_behind_a_determiner(form: Form) -> bool:
    """ "the note", "her claims"."""
    return form.stands(_noun_before()) and not pattern("verb form").search(form.word)


def _noun_as_an_object(form: Form) -> bool:
    """ "in reports", "heard claims", "Crew Hit by Claim"."""
    if not form.noun_too:
        return False
    bare = form.word[0].isupper() and form.beside.strip() != "" and not form.word.endswith("s")
    return bare or form.is_behind("before an object")


def _behind_a_determiner(form: Form) -> bool:
    return form.stands(keyed("determiner right before")) and form.folded not in listed("plain_form")


def _object_of_a_cue(form: Form) -> bool:
    """ "agreed with earlier press |reports| that"."""
    return bool(form.cues) and form.noun_too and form.is_behind("bare object before")


def _plural_before_its_verb(form: Form) -> bool:
    """ "the |states| should show it", "viral |tweets| alleged that"."""
    if not (form.noun_too and form.word.endswith(endings("plural_ending"))):
        return False
    following = words_in(form.text[form.span.end : form.span.end + BESIDE].lstrip().partition(" ")[0])
    return form.next_is("auxiliary right behind") or not following.isdisjoint(listed("speech_verb"))


def _noun_before_of(form: Form) -> bool:
    """ "but |details| of how she would pay"."""
    return form.folded in listed("noun_before_of") and form.next_is("of right behind")


def _noun_of_speech(form: Form) -> bool:
    """ "the unverified |claim|"."""
    noun = keyed("noun of speech")
    return form.folded in noun.keys and noun.pattern.search(f"{form.before[-_NOUN_PHRASE:]}{form.word}") is not None


def _goes_on_without_words(form: Form) -> bool:
    """ "went on to say": the next verb is the cue; "went on the record": none is."""
    if form.group == "act" or form.word.split()[-1].casefold() not in listed("going_on"):
        return False
    return _QUOTES_NEXT.match(form.text[form.span.end : form.sentence.end]) is None


def _goes_on_without_marks(form: Form) -> bool:
    """ "the feud |began| when …": an event."""
    return form.folded in listed("marks_only") and not _beside_marks(form)


#: What makes a form a noun, or an event.
_NOUNS = (
    _noun_behind_a_determiner,
    _noun_as_an_object,
    _behind_a_determiner,
    _object_of_a_cue,
    _plural_before_its_verb,
    _noun_before_of,
    _noun_of_speech,
    _goes_on_without_words,
    _goes_on_without_marks,
)


def _adjective_behind_a_genitive(form: Form) -> bool:
    """ "Osk’s |confirmed| cases", "the state’s |confirmed| cases"."""
    if not form.past:
        return False
    if form.is_behind("genitive right before") and not form.next_is("that right behind"):
        return True
    return form.is_behind("genitive of a thing right before") and form.next_is("bare noun next")


def _name_of_a_thing(form: Form) -> bool:
    """ "boats, commonly |called| “tubs”": what they are called."""
    return form.group == "label" and form.past and form.is_behind("commonly right before")


def _words_of_a_licence(form: Form) -> bool:
    """ "EITHER |EXPRESSED| OR IMPLIED": a law’s or a licence’s words."""
    return form.word.isupper() and form.group in listed("object_group")


def _more_of_what_is_counted(form: Form) -> bool:
    """ "24,000 jobs |added| in April"."""
    if not form.past or form.group not in listed("counting_group"):
        return False
    counted = pattern("counted things before").search(form.beside)
    people = listed("source_noun", "source_person", "institution_noun", "several_word", "speaking_noun")
    if counted is None or not people.isdisjoint((counted["thing"], singular(counted["thing"]))):
        return False
    return form.next_is("time or place next")


def _adjective(form: Form) -> bool:
    """ "a figure with |alleged| ties", "the newly |confirmed| master"."""
    return form.past and (form.is_behind("preposition right before") or form.is_behind("newly right before"))


def _effect(form: Form) -> bool:
    """ "ten crew, effectively |ruling out| a start": what it brings about."""
    of_a_thing = form.folded in listed("object_verb", "gerund_verb")
    return of_a_thing and is_participle(form.word.split()[0]) and form.is_behind("in effect right before")


def _other_sense(form: Form) -> bool:
    """ "continuing to look for it", "claimed 20 lives"."""
    return pattern("no saying").match(form.text, form.span.start, form.sentence.end) is not None


def _participle_behind_a_dash(form: Form) -> bool:
    """ "this opinion—|called| “strange”"."""
    return form.past and form.before.endswith(("—", "–"))


def _word_of_a_name(form: Form) -> bool:
    """ "Samira |Said|, Nils Holm", "a Public |Voices| Fellow"."""
    if not form.word.istitle() or not form.before.strip():
        return False
    return _ends_a_name(form) or _inside_a_name(form) or form.is_behind("article and a capital right before")


def _noun_of_a_title(form: Form) -> bool:
    """ "“…,” |State| Department clerk Ana Vell said": nothing stands before it, and no plain form opens a report."""
    return (
        form.word[0].isupper()
        and form.noun_too
        and not form.word.endswith(endings("plural_ending"))
        and not form.before.strip()
    )


def _denied_to_be_said(form: Form) -> bool:
    """ "denied |saying| it": what is denied is that it was said."""
    return form.stands(keyed("denies right before")) and is_participle(form.word)


#: What makes a form none that anybody says anything by.
_NO_SAYING = (
    _adjective_behind_a_genitive,
    _name_of_a_thing,
    _words_of_a_licence,
    _more_of_what_is_counted,
    _adjective,
    _effect,
    _other_sense,
    _participle_behind_a_dash,
    _word_of_a_name,
    _noun_of_a_title,
    _denied_to_be_said,
)


def _ends_a_name(form: Form) -> bool:
    """Whether a form with a capital is the end of a name: a capital stands before it, and none behind, as in titles."""
    last = form.before.split()[-1]
    behind = form.text[form.span.end : form.span.end + 2].strip()[:1]
    return last[0].isupper() and last[-1].isalpha() and not behind.isupper()


def _inside_a_name(form: Form) -> bool:
    """Whether a form with a capital is a word inside a name: "The Osk Warning Centre"."""
    near = form.context.mentions_between(form.span.start - BESIDE, form.span.start)
    return any(mention.kind == "name" and mention.span.end > form.span.end for mention in near)


def _beside_marks(form: Form) -> bool:
    """Whether it stands in a sentence with words in marks, or behind what it says: "it sank, he continued"."""
    behind = form.text[form.span.end : form.sentence.end].strip()
    quoted = form.context.quoted_over(form.sentence.start, form.sentence.end + 2)
    return behind[:1] in ("", ",", ".", ":") or bool(quoted)


@cache
def _noun_before() -> Keyed:
    pattern = rf"\b(?:{words().alternatives('noun_determiner')})\s+\Z"
    return Keyed(re.compile(pattern, re.IGNORECASE), words().telling_words("noun_determiner"))

"""The commitments of an article, from cue to evidence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from digest.model import Actor, Commitment, CommitmentKind, Quote, QuoteKind, Span
from digest.reading.commitments.actors import find_actors, name_of
from digest.reading.commitments.doers import POSSESSIVES, can_commit, is_first_person
from digest.reading.commitments.doubts import is_doubtful
from digest.reading.commitments.modals import find_modal
from digest.reading.commitments.nominals import find_nominal
from digest.reading.commitments.parts import find_parts
from digest.reading.commitments.readiness import find_readiness
from digest.reading.commitments.reports import own_doers, report_over
from digest.reading.commitments.retellings import join_retellings
from digest.reading.commitments.scene import Scene, set_scene
from digest.reading.commitments.scheduled import find_scheduled
from digest.reading.commitments.trigger import THIRD_PERSON, Rule, Trigger
from digest.reading.commitments.verbs import find_verb
from digest.reading.commitments.withdrawals import find_withdrawal
from digest.reading.language import Parsed
from digest.reading.names import Names

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_SENTENCE = 200  # tokens
_NO_CUES = frozenset({"PUNCT", "SPACE", "DET", "PRON", "CCONJ", "NUM"})
_THIRD = frozenset({"it", "he", "she", "they"})
_RULES = (find_verb, find_modal, find_scheduled, find_readiness, find_nominal)


def find_commitments(
    parsed: Parsed, names: Names, quotes: Sequence[Quote], *, published_on: date | None
) -> tuple[Commitment, ...]:
    """Return who commits to what, in text order; precise rather than complete: without an actor nothing is listed.

    All spans lie in `parsed.text`; `cue` lies in `sentence`. What is told twice is one, its other sentences in `also`.
    """
    return _find(set_scene(parsed, names, quotes, published_on), _RULES)


def find_withdrawals(
    parsed: Parsed, names: Names, quotes: Sequence[Quote], *, published_on: date | None
) -> tuple[Commitment, ...]:
    """Return what is taken back by who committed to it, as `find_commitments` does; each `is_withdrawal`."""
    found = _find(set_scene(parsed, names, quotes, published_on), (find_withdrawal,))
    return tuple(replace(commitment, is_withdrawal=True) for commitment in found)


def _find(scene: Scene, rules: Sequence[Callable[["Token"], Trigger | None]]) -> tuple[Commitment, ...]:
    found = [commitment for trigger in _triggers(scene, rules) for commitment in _judged(scene, trigger)]
    return join_retellings(scene.parsed.text, found)


def _triggers(scene: Scene, rules: Sequence[Callable[["Token"], Trigger | None]]) -> Iterator[Trigger]:
    for token in _readable(scene.parsed):
        for rule in rules:
            trigger = rule(token)
            if trigger is not None:
                yield _in_its_report(trigger)
                break


def _readable(parsed: Parsed) -> Iterator["Token"]:
    # The rules look around in their sentence; a longer one is a list, and would cost the square of its length.
    for sentence in parsed.doc.sents:
        if len(sentence) <= _LONGEST_SENTENCE:
            yield from (token for token in sentence if token.pos_ not in _NO_CUES)


def _in_its_report(trigger: Trigger) -> Trigger:
    report = report_over(trigger.verb)
    if report is None:
        return trigger
    doers = trigger.doers
    if report.leads and len(doers) == 1 and doers[0].lower_ in _THIRD and trigger.rule != Rule.SAID_OWN:
        doers = own_doers(doers[0], report) or doers
    return replace(trigger, doers=doers, report=report.cue)


def _judged(scene: Scene, trigger: Trigger) -> Iterator[Commitment]:
    if not trigger.doers or is_doubtful(trigger, scene.published_on) or not _may_be_bound(scene, trigger):
        return
    parts = find_parts(scene, trigger)
    actors = find_actors(scene, trigger)
    cue = scene.parsed.span_of(*trigger.cue)
    sentence = scene.parsed.sentence_at(cue.start)
    if parts is None or not actors or sentence is None:
        return
    yield Commitment(
        actors=actors,
        kind=trigger.kind,
        what=parts.what,
        cue=cue,
        sentence=sentence.span,
        recipient=parts.recipient or _addressee(scene, trigger),
        condition=parts.condition,
        deadline=parts.deadline,
        strength=trigger.strength,
        reported_by=_reporter(scene, trigger, actors),
        method=trigger.rule.value,
    )


def _may_be_bound(scene: Scene, trigger: Trigger) -> bool:
    if is_first_person(trigger.doers):
        return scene.quote_at(trigger.doers[0]) is not None and not scene.is_requoted(trigger.doers[0])
    quote = scene.quote_at(trigger.verb)
    if quote is not None and quote.kind is QuoteKind.DIRECT and trigger.rule in THIRD_PERSON:
        return False  # what a speaker says that others will do
    return all(can_commit(doer) or doer.lower_ in POSSESSIVES for doer in trigger.doers)


def _reporter(scene: Scene, trigger: Trigger, actors: tuple[Actor, ...]) -> Span | None:
    if _is_kin(trigger):
        return None
    quote = scene.quote_at(trigger.verb)
    name: Span | None = None
    if quote is not None and quote.speaker is not None:
        name = quote.speaker.name
    else:
        report = report_over(trigger.verb)
        told = scene.report_at(trigger.verb.idx)
        if report is not None and report.speakers:
            name = name_of(scene, report.speakers[0])
        elif told is not None and told[1].speaker is not None and trigger.verb.dep_ != "relcl":
            name = told[1].speaker.name
    if name is None:
        return None
    text = scene.parsed.text
    return None if any(_is_one(text, name, actor) for actor in actors) else name


def _is_kin(trigger: Trigger) -> bool:
    # "warned that his members would walk out": the speaker is bound as well as those he speaks for.
    return any(child.dep_ == "poss" and child.pos_ == "PRON" for doer in trigger.doers for child in doer.children)


def _is_one(text: str, name: Span, actor: Actor) -> bool:
    named, other = name.of(text).lower(), actor.name.of(text).lower()
    return actor.mention == name or f" {named} " in f" {other} " or f" {other} " in f" {named} "


def _addressee(scene: Scene, trigger: Trigger) -> Span | None:
    """Return whom the speaker of first-person words told them: "told parliament"."""
    is_own = is_first_person(trigger.doers) and trigger.kind is CommitmentKind.PLEDGE
    quote = scene.quote_at(trigger.verb) if is_own else None
    tokens = scene.parsed.tokens_of(quote.cue) if quote is not None and quote.cue is not None else None
    told = next((token for token in tokens or () if token.lemma_ == "tell"), None)
    listener = _listener(told) if told is not None else None
    return name_of(scene, listener) if listener is not None else None


def _listener(told: "Token") -> "Token | None":
    return next((child for child in told.children if child.dep_ == "dobj" and child.pos_ in {"NOUN", "PROPN"}), None)

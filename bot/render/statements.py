"""The statements of a told story, one by one: sentences, quotes and commitments, each of a version of an article."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot import texts
from bot.render import limits
from bot.render.text import clean, shorten_plain
from bot.texts import proofs as words
from digest.model import Brief, Commitment, EditionStory, Evidence, Quote, Span, StatementKind


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement of an article: `index` is its place among those of its kind in this version of it."""

    evidence: Evidence
    version: int
    kind: StatementKind
    index: int

    @property
    def key(self) -> str:
        """By what a select knows it: never the words, which are too long."""
        return f"{self.evidence.article_id}.{self.version}.{self.kind.value}.{self.index}"

    @property
    def brief(self) -> Brief:
        """The version of the article that has it."""
        return self.evidence.brief if self.version == self.evidence.version else self.evidence.newest

    @property
    def hidden(self) -> tuple[Span, ...]:
        """Where that version has something that is not to be seen here."""
        return self.evidence.hidden if self.version == self.evidence.version else self.evidence.newest_hidden

    @property
    def found(self) -> Quote | Commitment | None:
        """The quote or commitment that it is; None for a sentence."""
        if self.kind is StatementKind.SENTENCE:
            return None
        return (self.brief.quotes if self.kind is StatementKind.QUOTE else self.brief.commitments)[self.index]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its words stand."""
        if isinstance(self.found, Quote):
            return self.found.spans
        return (self.found.what if self.found else self.brief.sentences[self.index].span,)

    @property
    def words(self) -> str:
        """Its words in one line."""
        return texts.ELLIPSIS.join(filter(None, (clean(self.brief.words(span)) for span in self.spans)))

    @property
    def who(self) -> str:
        """Who says or commits to it, as the article names them; empty where nobody is named."""
        if isinstance(self.found, Quote):
            return self.brief.words(self.found.speaker.name) if self.found.speaker else ""
        return ", ".join(self.brief.words(actor.name) for actor in self.found.actors) if self.found else ""


def list_statements(story: EditionStory) -> tuple[Cited, ...]:
    """Return all statements of the story that have words to be seen, each once: those of its cards first.

    What a correction put into the newest version stands behind those of the version that was told.
    """
    found: dict[tuple[StatementKind, str], Cited] = {}
    for one in (*_on_cards(story), *_others(story)):
        if one.words:
            found.setdefault((one.kind, one.words), one)
    return tuple(found.values())


def find_statement(story: EditionStory, key: str) -> Cited | None:
    """Return the statement that a select knew by this key; None where the story has it no more."""
    every = (*_on_cards(story), *_others(story))
    return next((one for one in every if one.key == key), None)


def option_of(one: Cited) -> tuple[str, str, str]:
    """Return a statement as a select has it: label, value, description."""
    outlet = shorten_plain(one.brief.article.site, limits.OPTION // 2)
    who = " · ".join(filter(None, (shorten_plain(one.who, limits.OPTION // 3), outlet)))
    label = shorten_plain(one.words, limits.OPTION)
    return label, one.key, words.OPTION.format(kind=words.KINDS[one.kind], who=who or words.NOBODY)


def _on_cards(story: EditionStory) -> Iterator[Cited]:
    for place, evidence in enumerate(story.evidence):
        for version, brief in _versions(evidence):
            card = brief.card
            # Of other articles than the first a card shows no sentences.
            chosen = [(StatementKind.SENTENCE, card.sentences if place == 0 else ())]
            chosen += [(StatementKind.QUOTE, card.quotes), (StatementKind.COMMITMENT, card.commitments)]
            for kind, indexes in chosen:
                yield from (Cited(evidence, version, kind, index) for index in indexes)


def _others(story: EditionStory) -> Iterator[Cited]:
    for evidence in story.evidence:
        for version, brief in _versions(evidence):
            for kind, indexes in (
                (StatementKind.SENTENCE, brief.summary.sentences),
                (StatementKind.QUOTE, range(len(brief.quotes))),
                (StatementKind.COMMITMENT, range(len(brief.commitments))),
            ):
                yield from (Cited(evidence, version, kind, index) for index in indexes)


def _versions(evidence: Evidence) -> Iterator[tuple[int, Brief]]:
    yield evidence.version, evidence.brief
    if evidence.versions != evidence.version:
        yield evidence.versions, evidence.newest

"""What an article has of what is followed: by the keys of names, so that articles are looked up, not follows."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from digest.editions.hidden import Curtain, extracts_of
from digest.editions.phrases import PhraseFinder, find_phrases, fold
from digest.model import Brief, Follow, FollowKind, Speaker, StatementKind
from digest.reading.names.aliases import key_of
from digest.reading.names.printed import wordlists

LONGEST = 100
"""Characters of what is followed."""

_SHORTEST = 2  # letters and digits: less stands in every article
_LONGEST_KEY = 1000  # bytes: the index takes a little more
_LONGEST_NAME = 6  # words of a name that is looked for in a title or a role
_MOST_WORDS = 40  # of a title or a role: what is longer is none
_MOST_SENTENCES = 1

Places: TypeAlias = Mapping[str, tuple[int, ...]]
"""Indexes of quotes or commitments, by the key of a name."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom an article names and where: as speakers, in their roles, as actors, in its title; and which phrases it has.

    Commitments and withdrawals are numbered together, in this order.
    """

    said: Places
    roles: Places
    committed: Places
    titled: frozenset[str]
    phrases: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Return the keys of all names."""
        return frozenset((*self.said, *self.roles, *self.committed)) | self.titled


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an article fits what is followed; without quotes and commitments it only names it."""

    quotes: tuple[int, ...] = ()
    commitments: tuple[int, ...] = ()


def key_of_followed(kind: FollowKind, words: str) -> str:
    """Return the key under which what is followed and what articles have meet; empty for words that say nothing."""
    spaced = " ".join(words.split())
    return fold(spaced) if kind is FollowKind.PHRASE else _name_key(spaced)


def is_followable(follow: Follow) -> bool:
    """Return whether the words say something, and are not too long."""
    key = key_of_followed(follow.kind, follow.words)
    says = sum(sign.isalnum() for sign in key) >= _SHORTEST
    return says and len(follow.words) <= LONGEST and len(key.encode(errors="replace")) <= _LONGEST_KEY


def guess_kind(words: str, *, is_speaker: bool, is_actor: bool) -> FollowKind:
    """Return what the words most likely are, from whether anybody of this name spoke or committed to anything."""
    is_body = not wordlists().bodies.isdisjoint(key_of(words).split())
    if is_speaker and not is_body:
        return FollowKind.PERSON
    return FollowKind.ORGANISATION if is_speaker or is_actor else FollowKind.PHRASE


def read_mentions(brief: Brief, phrases: PhraseFinder) -> Mentions:
    """Return whom the article names, and which of the phrases its title or text has."""
    said, roles, committed = defaultdict(list), defaultdict(list), defaultdict(list)
    for number, quote in enumerate(brief.quotes):
        if quote.speaker is not None:
            said[_speaker_key(brief, quote.speaker)].append(number)
            for key in _keys_in(brief.words(quote.speaker.role) if quote.speaker.role else ""):
                roles[key].append(number)
    for number, commitment in enumerate((*brief.commitments, *brief.withdrawals)):
        for actor in commitment.actors:
            committed[_name_key(brief.words(actor.name))].append(number)
    title = brief.article.title
    return Mentions(
        said=_places(said),
        roles=_places(roles),
        committed=_places(committed),
        titled=frozenset(_keys_in(title)),
        phrases=frozenset(map(fold, phrases.find(f"{title}\n{brief.article.text}"))),
    )


def find_evidence(brief: Brief, mentions: Mentions, follow: Follow, names: Collection[str]) -> Evidence | None:
    """Return why the article fits what is followed, None where it does not.

    `names` are the keys under which articles name it, its own among them. Where it says and commits to nothing, a
    title that names it is enough, by a short name only if the text has the words in full.
    """
    own = key_of_followed(follow.kind, follow.words)
    if follow.kind is FollowKind.PHRASE:
        return Evidence() if own in mentions.phrases else None
    quotes = {number for name in names for number in mentions.said.get(name, ())}
    if follow.kind is FollowKind.ORGANISATION:
        quotes |= {number for name in names for number in mentions.roles.get(name, ())}
    committed = {number for name in names for number in mentions.committed.get(name, ())}
    if quotes or committed:
        return Evidence(tuple(sorted(quotes)), tuple(sorted(committed)))
    is_titled = own in mentions.titled or (
        not mentions.titled.isdisjoint(names) and bool(find_phrases(brief.article.text, [follow.words]))
    )
    return Evidence() if is_titled else None


def read_all_mentions(briefs: Sequence[Brief], phrases: Sequence[str]) -> tuple[Mentions, ...]:
    """Return what each article mentions."""
    finder = PhraseFinder(phrases)
    return tuple(read_mentions(brief, finder) for brief in briefs)


def news_of(
    evidence: Evidence, said: Sequence[Hashable], promised: Sequence[Hashable], told: Collection[Hashable]
) -> Evidence | None:
    """Return what of the evidence the follower was not told yet; None where they were told all that is said in it.

    `said` and `promised` are what each quote and commitment of the article tells.
    """
    if not evidence.quotes and not evidence.commitments:
        return evidence
    quotes = {said[number]: number for number in reversed(evidence.quotes) if said[number] not in told}
    promises = {promised[number]: number for number in reversed(evidence.commitments) if promised[number] not in told}
    left = Evidence(tuple(sorted(quotes.values())), tuple(sorted(promises.values())))
    return left if left.quotes or left.commitments else None


def leave_visible_evidence(curtain: Curtain, article_id: int, brief: Brief, evidence: Evidence) -> Evidence | None:
    """Return the evidence without what a guild hides; None where nothing is left of it, or the headline is hidden."""
    if not curtain:
        return evidence
    if curtain.has_name(brief.article.title):
        return None
    shown = {
        (one.statement.kind, one.index) for one in extracts_of(article_id, brief) if not curtain.hides_extract(one)
    }
    left = Evidence(
        tuple(index for index in evidence.quotes if (StatementKind.QUOTE, index) in shown),
        tuple(index for index in evidence.commitments if (StatementKind.COMMITMENT, index) in shown),
    )
    return left if left != Evidence() or evidence == Evidence() else None


def sentences_with(brief: Brief, words: str) -> tuple[int, ...]:
    """Return the first sentence of the article that has the words, if one has."""
    found = (
        sentence.index
        for sentence in brief.sentences
        if find_phrases(" ".join(brief.words(sentence.span).split()), [" ".join(words.split())])
    )
    return tuple(number for number, _ in zip(found, range(_MOST_SENTENCES), strict=False))


def _speaker_key(brief: Brief, speaker: Speaker) -> str:
    name = brief.words(speaker.name)
    # As the store keeps speakers: a single word with the office before it.
    return key_of(name, brief.words(speaker.role) if speaker.role else "") or _name_key(name)


def _name_key(words: str) -> str:
    # "the ports" is no name, nor is "ilse brandt" as people type it; scripts without capitals meet as they are written.
    return key_of(words) or key_of(words.title()) or fold(words)


def _keys_in(text: str) -> Iterator[str]:
    """Yield the keys of all names that may stand in a title or a role, and of much that is none."""
    words = text.split()[:_MOST_WORDS]
    keys = {
        _name_key(" ".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1)
    }
    yield from sorted(filter(None, keys))


def _places(found: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(dict.fromkeys(numbers)) for key, numbers in found.items() if key}

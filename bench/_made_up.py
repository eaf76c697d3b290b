"""Articles made up by a seed: words as frequent as in a language, people who are quoted, what they commit to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise, product
from random import Random

from digest.model import (
    Actor,
    Article,
    Brief,
    Card,
    Commitment,
    CommitmentKind,
    Deadline,
    Quote,
    QuoteKind,
    Sentence,
    Span,
    Speaker,
    Summary,
)

LAST = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""When the newest article is dated."""

DAYS = 730
QUOTES, COMMITMENTS = 10, 2
_WORDS, _PEOPLE, _OFFICES = 30_000, 20_000, 40
_QUOTED, _TOLD, _FILLED, _FILLERS = 16, 6, 18, 6
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_LATE_PART, _RETOLD_PART = 0.05, 0.05


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2) for rank in range(count)))


@dataclass
class Language:
    """Words by how common they are, the commonest first, and people by how often they are quoted."""

    random: Random
    words: list[str] = field(init=False)
    people: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.words = ["".join(parts) for parts in product(_SYLLABLES, repeat=2)]
        self.words += ["".join(parts) for parts in product(_SYLLABLES[::3], repeat=3)]
        self.words += [
            "".join(parts) for parts in product(_SYLLABLES[::4], _SYLLABLES[1::4], "lmnrst", _SYLLABLES[::6])
        ]
        self.random.shuffle(self.words)
        del self.words[_WORDS:]
        names = self.random.sample(self.words, 600)
        offices = self.random.sample(self.words, _OFFICES)
        first, last = names[:200], names[200:]
        self.people = [
            (
                f"{self.random.choice(first).title()} {self.random.choice(last).title()}",
                f"director of {self.random.choice(offices)}",
            )
            for _ in range(_PEOPLE)
        ]
        self._words, self._people = _zipf(len(self.words)), _zipf(_PEOPLE)

    def say(self, count: int) -> str:
        """Return so many words."""
        return " ".join(self.random.choices(self.words, cum_weights=self._words, k=count))

    def person(self) -> tuple[str, str]:
        """Return somebody's name and role."""
        return self.random.choices(self.people, cum_weights=self._people)[0]


class _Text:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.length = 0
        self.sentences: list[Sentence] = []

    def add(self, *pieces: str) -> list[Span]:
        """Add a sentence, and return where its pieces stand."""
        ends = list(accumulate(map(len, pieces), initial=self.length))
        self.sentences.append(Sentence(len(self.sentences), Span(self.length, ends[-1])))
        self.lines.append("".join(pieces))
        self.length = ends[-1] + 1
        return [Span(start, end) for start, end in pairwise(ends)]


def make_briefs(count: int, *, seed: int) -> Iterator[tuple[Brief, int | None]]:
    """Yield so many briefs in the order in which they are read; some with the number of the one they tell again.

    One of twenty is months older than what is read around it, and one of twenty has quotes and commitments of another.
    """
    random = Random(seed)  # noqa: S311 -- the same record each time
    language = Language(random)
    told: list[_Said] = []
    for number in range(count):
        again = random.randrange(max(0, number - 200), number) if number and random.random() < _RETOLD_PART else None
        said = _say(language) if again is None else told[again]
        told.append(said)
        dated = LAST - timedelta(days=DAYS) * (1 - (number + 1) / count)
        if random.random() < _LATE_PART:
            dated -= timedelta(days=random.randrange(1, 200))
        yield _brief(language, said, number, dated), again


@dataclass(frozen=True, slots=True)
class _Said:
    quotes: Sequence[tuple[str, str, str]]  # words, name, role
    commitments: Sequence[tuple[str, str, int | None]]  # actor, what, days until


def _say(language: Language) -> _Said:
    random = language.random
    return _Said(
        [(language.say(_QUOTED), *language.person()) for _ in range(QUOTES)],
        [
            (language.person()[0], language.say(_TOLD), random.randrange(1, 400) if random.random() < 1 / 2 else None)
            for _ in range(COMMITMENTS)
        ],
    )


def _brief(language: Language, said: _Said, number: int, dated: datetime) -> Brief:
    text = _Text()
    for _ in range(_FILLERS):
        text.add(language.say(_FILLED).capitalize(), ".")
    quotes = tuple(_quote(text, *one) for one in said.quotes)
    kinds = tuple(CommitmentKind)
    commitments = tuple(
        _commitment(text, *one, dated, kinds[(number + place) % len(kinds)])
        for place, one in enumerate(said.commitments)
    )
    article = Article(
        text="\n".join(text.lines),
        url=f"https://outlet-{number % 997}.example/{number}",
        title=language.say(8).capitalize(),
        site=f"Outlet {number % 997}",
        published_at=dated.replace(microsecond=0),
        language="en",
    )
    return Brief(
        article=article,
        sentences=tuple(text.sentences),
        summary=Summary((0, 1, 2), "lead"),
        quotes=quotes,
        commitments=commitments,
        card=Card((0, 1), (0,), (0,)),
        read_until=len(article.text),
    )


def _quote(text: _Text, words: str, name: str, role: str) -> Quote:
    spans = text.add("“", words, ",” ", "said", " ", name, ", ", role, ".")
    speaker = Speaker(name=spans[5], mention=spans[5], role=spans[7])
    return Quote(QuoteKind.DIRECT, (spans[1],), spans[3], speaker, "subject after the marks, then its verb")


def _commitment(  # noqa: PLR0917 -- three of them are one promise
    text: _Text, actor: str, what: str, days: int | None, dated: datetime, kind: CommitmentKind
) -> Commitment:
    day = (dated + timedelta(days)).date() if days else None
    until = [" ", f"by {day:%d %B %Y}"] if day else []
    spans = text.add(actor, " ", "will", " ", what, *until, ".")
    return Commitment(
        actors=(Actor(spans[0], spans[0]),),
        kind=kind,
        what=spans[4],
        cue=spans[2],
        sentence=Span(spans[0].start, spans[-1].end),
        deadline=Deadline(spans[6], day, day) if day else None,
        method="modal under a named subject",
    )

"""The gold over the seeds: what is right, kept as words of the articles and found again in the text that is read.

A label is the verbatim words, so a change in cleaning moves it and does not break it. Words that occur once are a
string; others are `{ words = "...", nth = 2 }`. What belongs to a commitment is counted inside its sentence, or in the
text where it is not there; the cue of a quote is counted outward from the quote: the nearest is the first.
"""

import tomllib
from dataclasses import dataclass
from datetime import date

from digest import CommitmentKind, QuoteKind, Span, Strength

WEIGHTS = {1, 2}
REASONS = {
    "caption or byline",
    "correction",
    "fragment",
    "history or list",
    "only contrasts",
    "overtaken",
    "platitude",
    "question",
    "quote without speaker",
    "scene",
    "unresolved reference",
}


_INSIDE = ("cue", "what", "recipient", "condition")
_COMMITMENT = {
    *_INSIDE,
    *("id", "kind", "actors", "also_right", "sentence", "deadline", "strength", "reported_by", "also", "optional"),
}


class LabelError(Exception):
    """Labels that do not stand in their article, or say what cannot be; `problems` names each."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class GoldQuote:
    """Reported words. `speakers` has every right name, the fullest first; none where the article names nobody."""

    id: str
    kind: QuoteKind
    spans: tuple[Span, ...]
    speakers: tuple[str, ...]
    cue: Span | None
    is_optional: bool


@dataclass(frozen=True)
class GoldDeadline:
    span: Span
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class GoldCommitment:
    """Who committed what. Each of `actors` is bound; `also_right` are other names for one of them."""

    id: str
    kind: CommitmentKind
    actors: tuple[str, ...]
    also_right: tuple[str, ...]
    sentence: Span
    cue: Span
    what: Span
    recipient: Span | None
    condition: Span | None
    deadline: GoldDeadline | None
    strength: Strength
    reported_by: str | None
    also: tuple[Span, ...]
    is_optional: bool


@dataclass(frozen=True)
class Nugget:
    """A core fact, and every sentence that conveys it. Weight 2 is vital, 1 useful."""

    label: str
    weight: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Unfit:
    """A sentence that no card shows; tolerable directly after one of `ok_after`."""

    span: Span
    why: str
    ok_after: tuple[Span, ...]


@dataclass(frozen=True)
class Gold:
    """All labels of one article. The key ones are ids with their weights."""

    quotes: tuple[GoldQuote, ...]
    commitments: tuple[GoldCommitment, ...]
    nuggets: tuple[Nugget, ...]
    unfit: tuple[Unfit, ...]
    key_quotes: dict[str, int]
    weak_quotes: frozenset[str]
    key_commitments: dict[str, int]


def read_labels(toml, text):
    """Return the labels of an article with this text. Raises LabelError with everything that is wrong in them."""
    table, finder = tomllib.loads(toml), _Finder(text)
    quotes = tuple(_quote(finder, row) for row in table.pop("quotes", []))
    commitments = tuple(_commitment(finder, row) for row in table.pop("commitments", []))
    card = table.pop("card", {})
    gold = Gold(
        quotes=quotes,
        commitments=commitments,
        nuggets=tuple(_nugget(finder, row) for row in card.pop("nuggets", [])),
        unfit=tuple(_unfit(finder, row) for row in card.pop("unfit", [])),
        key_quotes=_weighted(finder, card.pop("key_quotes", []), "quote", {quote.id for quote in quotes}),
        weak_quotes=frozenset(card.pop("weak_quotes", [])),
        key_commitments=_weighted(finder, card.pop("key_commitments", []), "commitment", {c.id for c in commitments}),
    )
    finder.refuse_rest(table, "the file")
    finder.refuse_rest(card, "the card")
    finder.require(gold.weak_quotes <= {quote.id for quote in quotes}, "weak_quotes names a quote that is not there")
    ids = [one.id for one in (*quotes, *commitments)]
    finder.require(len(ids) == len(set(ids)), "an id stands twice")
    if finder.problems:
        raise LabelError(finder.problems)
    return gold


class _Finder:
    """Finds words in a text, and keeps what is wrong instead of stopping at the first."""

    def __init__(self, text):
        self.text = text
        self.problems = []
        self.where = ""

    def begin(self, row, what, allowed):
        row = dict(row)
        self.where = f"{what} {row.get('id') or row.get('label') or row.get('sentence') or row}"
        for name in sorted(set(row) - allowed):
            self.problems.append(f"{self.where}: unknown field {name!r}")
        return row

    def require(self, is_so, problem):
        if not is_so:
            self.problems.append(f"{self.where}: {problem}")

    def refuse_rest(self, table, what):
        self.where = what
        self.require(not table, f"unknown fields {sorted(table)}")

    def place(self, label, field, *, inside=None, near=None):
        """The place of a label: in `inside` if it stands there, else in the text; counted outward from `near`."""
        words, nth = (label["words"], label.get("nth")) if isinstance(label, dict) else (label, None)
        places = self._places(words, inside) or self._places(words, None)
        if near is not None:
            places.sort(key=lambda place: min(_gap(place, span) for span in near))
            nth = nth or 1
        if not places or (nth or 1) > len(places):
            self.problems.append(f"{self.where}: {field} {words!r} stands {len(places)} times in the article")
            return Span(0, 0)
        if nth is None and len(places) > 1:
            around = "; ".join(self.text[max(0, p.start - 25) : p.end + 25] for p in places).replace("\n", " ")
            self.problems.append(f"{self.where}: {field} {words!r} needs nth, it stands {len(places)} times: {around}")
        return places[(nth or 1) - 1]

    def _places(self, words, inside):
        place, end = (inside.start, inside.end) if inside else (0, len(self.text))
        places = []
        while words and (place := self.text.find(words, place, end)) >= 0:
            if self._is_whole(place, place + len(words)):
                places.append(Span(place, place + len(words)))
            place += len(words)
        return places

    def _is_whole(self, start, end):
        # Words as words: "said" is not found in "unsaid".
        before, after = self.text[max(0, start - 1) : start + 1], self.text[end - 1 : end + 1]
        return not (before.isalnum() and len(before) > 1) and not (after.isalnum() and len(after) > 1)


def _gap(one, other):
    return max(one.start - other.end, other.start - one.end, 0)


def _quote(finder, row):
    row = finder.begin(row, "quote", {"id", "kind", "spans", "speaker", "also_right", "cue", "optional"})
    spans = tuple(finder.place(label, "span") for label in row.get("spans", []))
    finder.require(spans, "no spans")
    finder.require(list(spans) == sorted(spans), "spans are not in the order of the text")
    speakers = (*([row["speaker"]] if row.get("speaker") else []), *row.get("also_right", []))
    for name in speakers[:1]:
        finder.require(name in finder.text, f"speaker {name!r} is not in the article")
    return GoldQuote(
        id=str(row.get("id")),
        kind=_one_of(finder, QuoteKind, row.get("kind")),
        spans=spans,
        speakers=speakers,
        cue=finder.place(row["cue"], "cue", near=spans) if row.get("cue") and spans else None,
        is_optional=row.get("optional", False),
    )


def _commitment(finder, row):
    row = finder.begin(row, "commitment", _COMMITMENT)
    sentence = finder.place(row.get("sentence", ""), "sentence")
    inside = {name: finder.place(row[name], name, inside=sentence) for name in _INSIDE if row.get(name)}
    finder.require({"cue", "what"} <= set(inside), "no cue or no what")
    finder.require(row.get("actors"), "no actors")
    for name in row.get("actors", []):
        finder.require(name in finder.text, f"actor {name!r} is not in the article")
    return GoldCommitment(
        id=str(row.get("id")),
        kind=_one_of(finder, CommitmentKind, row.get("kind")),
        actors=tuple(row.get("actors", [])),
        also_right=tuple(row.get("also_right", [])),
        sentence=sentence,
        cue=inside.get("cue", Span(0, 0)),
        what=inside.get("what", Span(0, 0)),
        recipient=inside.get("recipient"),
        condition=inside.get("condition"),
        deadline=_deadline(finder, row.get("deadline"), sentence),
        strength=_one_of(finder, Strength, row.get("strength", "firm")),
        reported_by=row.get("reported_by"),
        also=tuple(finder.place(label, "also") for label in row.get("also", [])),
        is_optional=row.get("optional", False),
    )


def _deadline(finder, row, sentence):
    if row is None:
        return None
    earliest, latest = row.get("earliest"), row.get("latest")
    finder.require(not (earliest and latest) or earliest <= latest, "the deadline ends before it begins")
    return GoldDeadline(finder.place(row, "deadline", inside=sentence), earliest, latest)


def _nugget(finder, row):
    row = finder.begin(row, "nugget", {"label", "weight", "sentences"})
    finder.require(row.get("weight") in WEIGHTS, "weight is 2 (vital) or 1 (useful)")
    finder.require(row.get("sentences"), "no sentences")
    sentences = tuple(finder.place(label, "sentence") for label in row.get("sentences", []))
    return Nugget(row.get("label", ""), row.get("weight", 1), sentences)


def _unfit(finder, row):
    row = finder.begin(row, "unfit", {"sentence", "why", "ok_after"})
    finder.require(row.get("why") in REASONS, f"why is one of {sorted(REASONS)}")
    after = tuple(finder.place(label, "ok_after") for label in row.get("ok_after", []))
    return Unfit(finder.place(row.get("sentence", ""), "sentence"), row.get("why", ""), after)


def _weighted(finder, rows, name, ids):
    finder.where = f"key {name}s"
    for row in rows:
        finder.require(row.get(name) in ids and row.get("weight") in WEIGHTS and set(row) == {name, "weight"}, f"{row}")
    return {row.get(name, ""): row.get("weight", 1) for row in rows}


def _one_of(finder, kinds, value):
    known = [kind.value for kind in kinds]
    finder.require(value in known, f"{value!r} is none of {known}")
    return kinds(value) if value in known else next(iter(kinds))

"""Why a story or a sentence is in a digest or not, in words and numbers. Pure."""

from collections.abc import Mapping, Sequence

from bot import texts
from bot.render import limits
from bot.render.days import show_instant
from bot.render.fitting import fit_lines
from bot.render.message import Embed, Message
from bot.render.stories import show_evidence
from bot.render.text import escape, quoted, safe_url, shorten, shorten_plain
from bot.texts import sources as source_words, why as words
from digest.model import EditionStory, Fate, Outcome, SentenceFitness, SentencePlace, SentenceReason, Traced

_COLOR = 0x4A90D9
_NAME = 60
_ROOM = 900
_SENTENCE_ROOM = 1200


def render_why(found: Sequence[EditionStory | Traced], sentence: Embed | None = None) -> Message:
    """Return what became of each story or article, as many as fit, and of a sentence, if there is one to tell of."""
    room = limits.EMBED_TOTAL - (limits.measure_embed(sentence) if sentence else 0)
    kept: list[Embed] = []
    for embed in (_story(one) if isinstance(one, EditionStory) else _traced(one) for one in found):
        room -= limits.measure_embed(embed)
        if room < 0 or len(kept) == limits.EMBEDS - 1:
            break
        kept.append(embed)
    rest = len(found) - len(kept)
    return Message(_more(rest) if rest else "", (*kept, *([sentence] if sentence else [])))


def show_sentence(reason: SentenceReason) -> Embed:
    """Return why the sentence is shown or not."""
    said = quoted(reason.words)
    lines = [
        f"> {said}" if limits.measure(said) <= _SENTENCE_ROOM else texts.TOO_LONG,
        words.SENTENCE_PLACE.format(number=reason.number, sentences=reason.sentences),
        _place(reason),
        words.FITNESS[reason.fitness],
    ]
    if reason.rank is not None:
        head = words.SENTENCE_WEIGHT if reason.least_chosen is None else words.SENTENCE_WEIGHT_AGAINST
        least = "" if reason.least_chosen is None else _number(reason.least_chosen)
        total, rank = _total(reason.weight), reason.rank
        lines.append(head.format(total=_number(total), rank=rank, weighed=reason.weighed, least=least))
        lines += _parts(reason.weight, words.SENTENCE_PARTS)
    return Embed(words.SENTENCE_TITLE, description="\n".join(filter(None, lines)), color=_COLOR)


def choice_of(one: EditionStory) -> tuple[str, str]:
    """Return a story as autocomplete offers it: what became of it and its headline, and its place."""
    label = words.CHOICE.format(outcome=words.OUTCOME_LABELS[one.outcome], headline=one.headline)
    return shorten_plain(label, limits.OPTION) or texts.UNTITLED, f"{one.edition_id}:{one.number}"


def _story(one: EditionStory) -> Embed:
    edition = _edition(one.digest, show_instant(one.composed_at))
    shown = texts.count(one.shown, "story", "stories") if one.outcome is not Outcome.SHOWN else one.shown
    lines = [words.OUTCOMES[one.outcome].format(edition=edition, number=one.number, shown=shown)]
    if one.weight:
        is_less = one.outcome is Outcome.OVER_CAP and one.least_shown is not None
        head = words.WEIGHT_AGAINST if is_less else words.WEIGHT
        lines.append(head.format(total=_number(_total(one.weight)), least=_number(one.least_shown or 0)))
        lines += _parts(one.weight, words.PARTS)
    behind = [show_evidence(each) for each in one.evidence]
    if behind:
        lines += ["", f"**{words.ARTICLES}**", fit_lines(behind, _ROOM, _more)]
    lead = one.evidence[0].brief.article if one.evidence else None
    return Embed(
        title=shorten(one.headline, limits.TITLE // 2) or texts.UNTITLED,
        url=safe_url(lead.canonical_url) or safe_url(lead.url) if lead else "",
        description="\n".join(lines),
        color=_COLOR,
    )


def _traced(one: Traced) -> Embed:
    reason = source_words.FAILURE_REASONS[one.failure.kind] if one.failure else ""
    if one.failure and one.failure.status:
        reason = words.STATUS.format(reason=reason, status=one.failure.status)
    edition = _edition(one.digest, show_instant(one.composed_at)) if one.composed_at else ""
    lines = [words.FATES[one.fate].format(failure=reason, edition=edition)]
    if one.fate is Fate.FAILED:
        again = show_instant(one.next_try_at, "R") if one.next_try_at else ""
        lines.append(words.TRIES_AGAIN.format(at=again) if again else words.GIVES_UP)
    listed = words.LISTED.format(source=shorten(one.source, _NAME), at=show_instant(one.listed_at))
    lines.append(texts.SMALL.format(text=listed))
    title = shorten(one.title, limits.TITLE // 2) or texts.UNTITLED
    return Embed(title=title, url=safe_url(one.url), description="\n".join(lines), color=_COLOR)


def _place(reason: SentenceReason) -> str:
    leans = reason.fitness is SentenceFitness.AFTER and not reason.leans_shown
    if reason.place is SentencePlace.CARD:
        return words.ON_CARD
    if reason.place is SentencePlace.SUMMARY:
        return words.NOT_ON_CARD.format(why=words.CARD_LEANS if leans else words.CARD_FULL)
    if reason.fitness is SentenceFitness.NEVER:
        return words.NOT_CHOSEN.format(why=words.CANNOT)
    if reason.rank is None:
        return words.NOT_CHOSEN.format(why=words.TOO_FAR)
    return words.NOT_CHOSEN.format(why=" · ".join(_against(reason, leans=leans)))


def _against(reason: SentenceReason, *, leans: bool) -> list[str]:
    is_lighter = reason.least_chosen is not None and _total(reason.weight) < reason.least_chosen
    found = [
        words.OUTWEIGHED if is_lighter else "",
        words.REPEATS.format(percent=round(100 * reason.said)) if reason.said else "",
        words.LEANS if leans else "",
    ]
    return [one for one in found if one] or [words.NO_ROOM]


def _edition(digest: str, at: str) -> str:
    return words.IN_EDITION.format(digest=shorten(digest, _NAME) or texts.NAME, at=at)


def _parts(weight: Sequence[tuple[str, float]], names: Mapping[str, str]) -> list[str]:
    return [
        words.PART.format(part=f"{part:+.2f}", name=names.get(name, escape(name)))
        for name, part in weight
        if round(part, 2)
    ]


def _total(weight: Sequence[tuple[str, float]]) -> float:
    return sum(part for _, part in weight)


def _number(value: float) -> str:
    return f"{value:.2f}"


def _more(number: int) -> str:
    return texts.MORE.format(number=number)

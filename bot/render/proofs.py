"""The proof of a statement: its words where they stand, which rule says whose they are, and what became of the page."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot import texts
from bot.render import limits
from bot.render.days import show_instant
from bot.render.message import Embed, Message
from bot.render.places import link_article, show_site
from bot.render.statements import Cited
from bot.render.text import clean, escape
from bot.texts import proofs as words
from digest import commitment_precision, speaker_precision
from digest.model import Commitment, Evidence, Quote, Span, Trouble

_COLOR = 0x4A90D9
_ROOM = 3000  # of the words and what stands around them
_PARAGRAPH = re.compile(r"[^\n]+")


def render_proof(one: Cited) -> Message:
    """Return the paragraphs around the words, the words in bold, and below them all that is known of where they stand.

    Paragraphs that are too long to be shown whole, or have something hidden, give way to the sentences, and these to
    the words.
    """
    lines = [
        words.FROM.format(place=show_source(one.evidence)),
        words.TIMES.format(times=" · ".join(_times(one))),
        words.VERSION.format(version=_version(one)),
        words.ATTRIBUTED.format(rule=_rule(one)),
        show_page(one),
    ]
    description = "\n".join((_around(one), "", *lines))
    return Message(embeds=(Embed(words.PROOF_TITLE, description=description, color=_COLOR, footer=texts.FOOTER),))


def show_source(evidence: Evidence) -> str:
    """Return outlet and article, the article as a link."""
    article = evidence.brief.article
    named = link_article(article.title, article.canonical_url or article.url)
    return " · ".join(filter(None, (show_site(article.site) or texts.UNKNOWN_OUTLET, named)))


def show_page(one: Cited) -> str:
    """Return whether the page still has the words, as it was last read."""
    evidence, checked = one.evidence, show_instant(one.evidence.checked_at)
    if evidence.trouble in (Trouble.REMOVED, Trouble.RETRACTED):
        gone = words.REMOVED if evidence.trouble is Trouble.REMOVED else words.RETRACTED
        return gone.format(at=checked)
    newest = clean(evidence.newest.article.text)
    if all(clean(one.brief.words(span)) in newest for span in one.spans):
        return words.STANDS.format(at=checked)
    changed = show_instant(evidence.changed_at)
    return (words.GONE if evidence.is_newest_whole else words.UNKNOWN).format(at=changed)


def _times(one: Cited) -> Iterator[str]:
    published_at = one.brief.article.published_at
    if published_at:
        yield words.PUBLISHED.format(at=show_instant(published_at))
    is_shown = one.version == one.evidence.version
    yield words.FETCHED.format(at=show_instant(one.evidence.fetched_at if is_shown else one.evidence.changed_at))


def _version(one: Cited) -> str:
    if one.evidence.versions == 1:
        return words.ONLY_VERSION
    at = show_instant(one.evidence.changed_at)
    return words.CHANGED.format(number=one.version, versions=one.evidence.versions, at=at)


def _rule(one: Cited) -> str:
    found = one.found
    if isinstance(found, Quote):
        if found.speaker is None:
            return words.NO_RULE
        rule, precision = words.SPEAKER_RULES.get(found.method), speaker_precision(found.kind, found.method)
    elif isinstance(found, Commitment):
        rule, precision = words.COMMITMENT_RULES.get(found.method), commitment_precision(found.method)
    else:
        chosen = one.brief.summary.method.split(", ")
        return words.CHOSEN.format(method=", ".join(words.METHODS.get(name, escape(name)) for name in chosen))
    right = words.NOT_MEASURED
    if precision:
        percent = f"{100 * precision.share:.1f} %"
        right = words.PRECISION.format(percent=percent, judged=f"{precision.judged:,}", corpus=precision.corpus)
    return f"{rule or escape(found.method)}: {right}"


def _around(one: Cited) -> str:
    text = one.brief.article.text
    paragraphs = [Span(*found.span()) for found in _PARAGRAPH.finditer(text)]
    sentences = [sentence.span for sentence in one.brief.sentences]
    is_hidden = False
    for stretches in (paragraphs, sentences):
        held = [stretch for stretch in stretches if any(stretch.overlaps(span) for span in one.spans)]
        is_hidden = any(stretch.overlaps(span) for stretch in held for span in one.hidden)
        if is_hidden:
            continue
        shown = "\n".join(f"> {line}" for stretch in held if (line := _marked(text, stretch, one.spans)))
        if shown and limits.measure(shown) <= _ROOM:
            return shown
    alone = f"> **{escape(one.words)}**"
    why = words.HIDDEN_AROUND if is_hidden else words.TOO_LONG
    return f"{why}\n{alone}" if limits.measure(alone) <= _ROOM else texts.TOO_LONG


def _marked(text: str, stretch: Span, spans: Sequence[Span]) -> str:
    """Return the words of a stretch in one line, escaped, in bold those that the spans have."""
    pieces, at = [], stretch.start
    for start, end in _merged(span for span in spans if span.overlaps(stretch)):
        first, last = max(start, stretch.start), min(end, stretch.end)
        pieces += [_plain(text[at:first]), _bold(text[first:last])]
        at = last
    return "".join([*pieces, _plain(text[at : stretch.end])]).strip()


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return the spans without overlaps: two stretches of bold that touch would not be bold."""
    merged: list[tuple[int, int]] = []
    for span in sorted(spans):
        start, end = span.start, span.end
        if merged and start <= merged[-1][1]:
            start, end = merged[-1][0], max(merged.pop()[1], end)
        merged.append((start, end))
    return merged


def _plain(part: str) -> str:
    return _spaced(part, escape(part))


def _bold(part: str) -> str:
    return _spaced(part, f"**{escape(part)}**" if clean(part) else "")


def _spaced(part: str, shown: str) -> str:
    # What is escaped has lost the spaces at its ends, which part it from its neighbours.
    if not shown:
        return " " if part else ""
    return f"{' ' * part[:1].isspace()}{shown}{' ' * part[-1:].isspace()}"

"""All readings of one article: where sentences, summary, quotes and commitments come together."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from multiprocessing import get_context

from digest.model import Article, Brief, Commitment, Page, Quote
from digest.reading.cards import choose_card
from digest.reading.clean import clean_page
from digest.reading.commitments import find_commitments, find_withdrawals
from digest.reading.language import parse
from digest.reading.merits import Findings
from digest.reading.names import find_names
from digest.reading.quotes import find_quotes
from digest.reading.quotes.unparsed import find_marked_quotes
from digest.reading.recognise import recognise_language
from digest.reading.sentences import first_sentences
from digest.reading.shown import limit_shown
from digest.reading.summary import SUMMARY_CHARS, summarise

MAX_READ_CHARS = 60_000
"""Of a longer text, the sentences that end before this offset are read: about 10,000 words, two to three seconds."""

_PARSED_LANGUAGE = "en"
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_TEXTS_A_TURN = 8


def read_article(article: Article) -> Brief:
    """Return all readings of the article; never raises, whatever the text. `read_until` says how far it was read.

    Speakers and commitments are found in English only; other languages have sentences, a summary and marked words.
    """
    # Lone surrogates are no text to the tokenizers; one character for one keeps every offset.
    text = article.text.translate(_SURROGATES)
    if article.language is None:
        article = replace(article, language=recognise_language(text))
    language = article.language or _PARSED_LANGUAGE
    sentences, read_until = first_sentences(text, MAX_READ_CHARS, language)
    quotes: tuple[Quote, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    withdrawals: tuple[Commitment, ...] = ()
    found = None
    if language == _PARSED_LANGUAGE:
        parsed = parse(text[:read_until], sentences)
        sentences, read_until = parsed.sentences, len(parsed.text)
        names = find_names(parsed)
        quotes = find_quotes(parsed, names)
        published_on = article.published_at.date() if article.published_at else None
        commitments = find_commitments(parsed, names, quotes, published_on=published_on)
        withdrawals = find_withdrawals(parsed, names, quotes, published_on=published_on)
        found = Findings(parsed, quotes, commitments)
    else:
        quotes = find_marked_quotes(text[:read_until])
    allowed = article.terms.max_snippet
    most_chars = SUMMARY_CHARS if allowed is None else min(allowed, SUMMARY_CHARS)
    summary = summarise(sentences, text, title=article.title, language=language, found=found, most_chars=most_chars)
    brief = Brief(
        article=article,
        sentences=sentences,
        summary=summary,
        quotes=quotes,
        commitments=commitments,
        withdrawals=withdrawals,
        card=choose_card(text, sentences, summary, quotes, commitments, title=article.title, language=language),
        read_until=read_until,
    )
    return limit_shown(brief)


def read_text(
    text: str, *, title: str = "", published_at: datetime | date | None = None, language: str | None = None
) -> Brief:
    """Return all readings of a text as it stands: offsets refer to it. A day, or a time without zone, is UTC."""
    language = language or recognise_language(text)
    return read_article(Article(text=text, title=title, published_at=_instant(published_at), language=language))


def read_html(html: bytes | str, url: str, *, charset: str | None = None, terms: Sequence[str] = ()) -> Brief:
    """Return all readings of a page; raises NoArticleError where there is nothing to read, or it is reserved."""
    return read_article(clean_page(html, url, charset=charset, terms=terms))


def read_page(page: Page) -> Brief:
    """Return all readings of a page off the wire; raises NoArticleError as `read_html` does."""
    return read_html(page.body, page.url, charset=page.charset, terms=page.terms)


def read_many(texts: Iterable[str], workers: int = 0) -> tuple[Brief, ...]:
    """Return the readings of each text, in the order of the texts; with `workers`, in that many processes.

    The processes are spawned, so a script that asks for them has its own `if __name__ == "__main__"`.
    """
    if workers <= 0:
        return tuple(read_text(text) for text in texts)
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        return tuple(pool.map(read_text, texts, chunksize=_TEXTS_A_TURN))


def _instant(published_at: datetime | date | None) -> datetime | None:
    if published_at is None:
        return None
    if not isinstance(published_at, datetime):
        return datetime(published_at.year, published_at.month, published_at.day, tzinfo=UTC)
    return published_at if published_at.tzinfo else published_at.replace(tzinfo=UTC)

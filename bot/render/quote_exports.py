"""Quotes as files: JSON for programs, CSV for spreadsheets, in the form of docs/exports.md."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.render.exports import (
    MOST_BYTES,
    VERSION,
    ExportFormat,
    csv_rows,
    encode,
    fit_pieces,
    iso,
    write_cell,
)
from digest.model import QuoteHit

_COLUMNS = (
    *("quote", "kind", "words", "speaker", "role", "is_speaker_sure", "outlet", "title", "url", "published_at"),
    "also_in",
)


def write_quotes(
    hits: Sequence[QuoteHit], form: ExportFormat, *, now: datetime, most_bytes: int = MOST_BYTES
) -> Iterator[bytes]:
    """Yield the file in pieces: its head, then one for each quote, whole, then its tail; together at most `most_bytes`.

    There is no calendar of quotes: ValueError.
    """
    if form is ExportFormat.ICS:
        raise ValueError("quotes have no days")
    return fit_pieces(_json_pieces(hits, now) if form is ExportFormat.JSON else _csv_pieces(hits), most_bytes)


def _json_pieces(hits: Sequence[QuoteHit], now: datetime) -> Iterator[bytes]:
    yield encode(f'{{"version": {VERSION}, "exported_at": "{now.isoformat()}", "quotes": [')
    yield b"\n]}\n"
    for number, hit in enumerate(hits):
        yield encode(("," if number else "") + "\n" + json.dumps(_quote_dict(hit), ensure_ascii=False))


def _csv_pieces(hits: Sequence[QuoteHit]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + encode(csv_rows([_COLUMNS]))
    yield b""
    for hit in hits:
        yield encode(csv_rows([_row(hit)]))


def _row(hit: QuoteHit) -> list[str]:
    fields = [
        *(hit.id, hit.kind, " … ".join(hit.words), hit.speaker, hit.role, hit.is_speaker_sure),
        *(hit.site, hit.title, hit.url, hit.published_at, "; ".join(hit.also_in)),
    ]
    return [write_cell(field) for field in fields]


def _quote_dict(hit: QuoteHit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "kind": hit.kind,
        "words": list(hit.words),
        "speaker": hit.speaker,
        "role": hit.role,
        "is_speaker_sure": hit.is_speaker_sure,
        "outlet": hit.site,
        "title": hit.title,
        "url": hit.url,
        "published_at": iso(hit.published_at),
        "also_in": list(hit.also_in),
    }

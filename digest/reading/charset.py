"""Bytes to text, by what the server, the page and the bytes themselves say of their encoding."""

import codecs
import re

# The mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096
# The encoding standard reads these labels as their superset (https://encoding.spec.whatwg.org/#names-and-labels).
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
_WIDE = ("utf-16", "utf-32")
_HTML = re.compile(r"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_ODD = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]")
_LOOKED_AT = 4096
_MOST_ODD = 0.1


def decode_page(body: bytes, charset: str | None = None) -> str | None:
    """Return the text of a page, or None where the bytes are no text and name no HTML.

    A byte order mark decides; then bytes that are valid UTF-8 and not plain ASCII; then the declared `charset`; then
    the page's own; then Windows-1252. What cannot be decoded becomes U+FFFD.
    """
    text = _decode(body, charset)
    shown = text[:_LOOKED_AT]
    is_odd = len(_ODD.findall(shown)) > _MOST_ODD * len(shown)
    return None if is_odd and not _HTML.search(text) else text


def _decode(body: bytes, charset: str | None) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    found = _META.search(body, 0, _META_WITHIN)
    own = _codec(found and found[1].decode("ascii"))
    if own and own.startswith(_WIDE):
        own = "utf-8"  # what says so in ASCII cannot be it (https://html.spec.whatwg.org/#determining-the-character-encoding)
    declared = [name for name in (_codec(charset), own) if name]
    # ISO-2022 and UTF-16 hide in what looks like ASCII, so plain ASCII is read as it was declared.
    order = [*declared, "utf-8"] if body.isascii() else ["utf-8", *declared]
    for name in [*order, "cp1252"]:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode(declared[0] if declared else "utf-8", "replace")


def _codec(label: str | None) -> str | None:
    try:
        name = codecs.lookup((label or "").strip()).name
    except (LookupError, ValueError):
        return None
    # Python also calls compressions and escapes codecs; their decode gives no text. "undefined" refuses any.
    is_text = codecs.lookup(name)._is_text_encoding and name != "undefined"  # noqa: SLF001
    return _SUPERSETS.get(name, name) if is_text else None

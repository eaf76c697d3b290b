"""Other people's words made safe for Discord: they show as they are, and do nothing.

Rules of Discord's markdown: https://support.discord.com/hc/en-us/articles/210298617; a backslash before any character
that is no letter, digit or space shows that character as it is, in the desktop and in the mobile clients.
"""

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from bot.render import limits

ELLIPSIS = "…"

_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})  # controls, formats (bidi, zero width, tags), lone surrogates
# Letters and marks that show nothing, though their category does not say so.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_BLANK = frozenset("\u2800")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_PING = re.compile(r"@(?=everyone|here)", re.IGNORECASE)

# Emphasis, code, spoilers, quotes, headings, brackets of links and of <mentions>; ":emoji:" and "https:"; "discord.gg".
_ESCAPED = re.compile(r"[\\*_~`|<>#\[\]@]|:(?=\S)|(?<=[^\s.])\.(?=[^\W\d_])")
_LIST_ITEM = re.compile(r"^(\d*)([-+.)])(?=\s|$)")

_BARE_MENTION = re.compile(r"<([@#/:a-z][^<>]*)>")
_CUT_MENTION = re.compile(r"<(?=[@#/:])")
_BARE_INVITE = re.compile(r"((?:discord|dsc)\.|discord(?:app)?\.com/)(gg\b|invite\b)", re.IGNORECASE)
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_INVITE = re.compile(r"(?:discord|dsc)\.gg\b|discord\.(?:new|gift)\b|discord(?:app)?\.com/+(?:invite|gifts|template)\b")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_URL_SAFE = "/%:=&?+!$,;"


def clean(text: str) -> str:
    """Return the text as it will be seen: one line, NFC, without characters that show nothing.

    "@everyone" and "@here" get a full-width at sign, so that no place and no setting can make them ring.
    """
    kept = "".join(" " if c.isspace() or c in _BLANK else c for c in text if _is_seen(c) or c.isspace())
    composed = unicodedata.normalize("NFC", _NONCHARACTER.sub("", kept))
    return _PING.sub("\N{FULLWIDTH COMMERCIAL AT}", " ".join(composed.split()))


def escape(text: str) -> str:
    """Return the text clean and escaped: whatever it holds, Discord shows exactly `clean(text)`.

    No markdown, mention, emoji code, timestamp, command, link or invite in it works. For content, titles, descriptions
    and fields, at any place of a line; authors and footers take `plain`.
    """
    return _escape_clean(clean(text))


def plain(text: str) -> str:
    """Return the text clean, for authors and footers, where Discord reads no markdown and shows backslashes.

    What would be a mention or an invite elsewhere is written so that it is none anywhere.
    """
    return _plain_clean(clean(text))


def _plain_clean(text: str) -> str:
    closed = _BARE_MENTION.sub(r"‹\1›", text)
    return _BARE_INVITE.sub(r"\1 \2", _CUT_MENTION.sub("‹", closed))


def _escape_clean(text: str) -> str:
    return _LIST_ITEM.sub(r"\1\\\2", _ESCAPED.sub(lambda found: "\\" + found[0], text))


def _is_seen(character: str) -> bool:
    return character not in _INVISIBLE and unicodedata.category(character) not in _DROPPED_CATEGORIES


def shorten(text: str, limit: int) -> str:
    """Return the text escaped, and ending in an ellipsis at a word if that is longer than `limit`.

    Only for titles and labels: quotes, sentences and commitments are shown whole or not at all.
    """
    return _shorten(clean(text), limit, _escape_clean)


def shorten_plain(text: str, limit: int) -> str:
    """Return the text as `plain` gives it, shortened as `shorten` does."""
    return _shorten(_plain_clean(clean(text)), limit, str)


def _shorten(text: str, limit: int, write: Callable[[str], str]) -> str:
    if limits.measure(write(text)) <= limit:
        return write(text)
    # Bisection: what `write` gives grows with what it gets.
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if limits.measure(write(text[:middle].rstrip() + ELLIPSIS)) <= limit:
            fits = middle
        else:
            too_long = middle
    at_word = text.rfind(" ", 0, fits + 1)
    cut = at_word if at_word > fits // 2 else _before_marks(text, fits)
    return write(text[:cut].rstrip(" ,;:–—-") + ELLIPSIS)


def _before_marks(text: str, cut: int) -> int:
    # A word without end is cut inside, but not between a letter and its accents.
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return cut


def quoted(words: str) -> str:
    """Return somebody's own words, escaped, in quotation marks."""
    return f"“{escape(words)}”"


def link(label: str, url: str, limit: int = 100) -> str:
    """Return a masked link, its label shortened to `limit`; only the label where a link would not work or be safe."""
    safe = safe_url(url)
    shown = shorten(label, limit)
    # Discord pairs brackets in labels without heeding backslashes, and distrusts labels that look like addresses.
    if not safe or not shown or set("[]") & set(shown) or "\\://" in shown:
        return shown
    return f"[{shown}]({safe})"


def safe_url(url: str) -> str:
    """Return the address as Discord takes it, or "" where we would not lead anybody there.

    Only http and https to a host with a dotted name; no user names, no invites; anything outside plain ASCII and all
    brackets, quotes and spaces percent-encoded; at most `limits.URL` long.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
        port = f":{parts.port}" if parts.port else ""
        rest = [quote(_STRAY_PERCENT.sub("%25", part), safe=_URL_SAFE) for part in parts[2:]]
    except ValueError:  # also what cannot be encoded
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return ""
    safe = urlunsplit((parts.scheme, host + port, *rest))
    is_invite = _INVITE.search(unquote(safe).lower())
    return safe if not is_invite and limits.measure(safe) <= limits.URL else ""

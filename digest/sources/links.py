"""Links as pages and feeds write them, to absolute urls."""

from urllib.parse import urljoin, urlsplit

_MAX_LENGTH = 2048
_WITHOUT_LINE_BREAKS = str.maketrans("", "", "\t\r\n")


def absolute_url(base_url: str, link: str) -> str:
    """Return the absolute http(s) url that the link means on a page at `base_url`, or "" where it means none.

    Line breaks inside a link are dropped, as browsers do (WHATWG URL, section 4.4). It may still be unsafe to fetch.
    """
    reference = link.strip().translate(_WITHOUT_LINE_BREAKS)
    if not reference:
        return ""
    try:
        url = urljoin(base_url, reference)
        parts = urlsplit(url)
        has_host = bool(parts.hostname)
    except ValueError:
        return ""
    is_good = parts.scheme in {"http", "https"} and has_host and len(url) <= _MAX_LENGTH and url.isprintable()
    return url if is_good else ""

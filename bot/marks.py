"""The mark that every posted part bears, so that it can be found again in a channel's history after a crash."""

from base64 import b32encode
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from digest.model import Delivery

MARK_LENGTH = 8
ROOM_FOR_MARK = MARK_LENGTH + 4  # with what parts it from the rest
_SEPARATOR = " · "


def mark_of(delivery: Delivery) -> str:
    """Return the part's mark: eight letters and digits, the same at each call, another for every nonce."""
    return b32encode(blake2b(delivery.nonce.encode(), digest_size=5).digest()).decode().lower()


def marked(payload: Mapping[str, Any], mark: str) -> dict[str, Any]:
    """Return the payload with the mark at the end of its last embed's footer, or of its content if it has no embed.

    It grows by `ROOM_FOR_MARK` characters; who composes payloads leaves them.
    """
    embeds = [dict(embed) for embed in payload.get("embeds", ())]
    if not embeds:
        return {**payload, "content": f"{payload.get('content', '')}\n-# {mark}".lstrip()}
    footer = dict(embeds[-1].get("footer", {}))
    footer["text"] = _SEPARATOR.join(filter(None, (footer.get("text", ""), mark)))
    embeds[-1]["footer"] = footer
    return {**payload, "embeds": embeds}


def bears(mark: str, content: str, footers: Iterable[str | None]) -> bool:
    """Return whether a message with this content and these footers of embeds is the one that bears the mark."""
    return content.endswith(f"-# {mark}") or any(footer and footer.split(_SEPARATOR)[-1] == mark for footer in footers)

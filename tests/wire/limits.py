"""Discord's limits on a message, read from its documentation a second time, so that this table checks the bot's."""

from tests.wire.world import WireError

CONTENT = 2000
EMBEDS = 10
ALL_EMBEDS = 6000
NONCE = 25
EMBED = {"title": 256, "description": 4096}
FIELDS = 25
FIELD = {"name": 256, "value": 1024}
FOOTER = 2048
AUTHOR = 256


def check_message(body):
    """Raise the 400 that Discord would answer with, naming everything that is over a limit."""
    wrong = [*_wrong_parts(body)]
    if wrong:
        raise WireError(400, 50035, "Invalid Form Body", errors={"_errors": [{"message": one} for one in wrong]})


def _wrong_parts(body):
    embeds = body.get("embeds") or []
    if not body.get("content") and not embeds:
        yield "the message is empty"
    if len(body.get("content") or "") > CONTENT:
        yield "content is too long"
    if len(body.get("nonce") or "") > NONCE:
        yield "nonce is too long"
    if len(embeds) > EMBEDS:
        yield "too many embeds"
    if sum(map(_size, embeds)) > ALL_EMBEDS:
        yield "the embeds are too long in all"
    for index, embed in enumerate(embeds):
        yield from (f"embed {index}: {name}" for name in _wrong_places(embed))


def _wrong_places(embed):
    yield from (name for name, limit in EMBED.items() if len(embed.get(name) or "") > limit)
    fields = embed.get("fields") or []
    if len(fields) > FIELDS:
        yield "fields"
    yield from (f"field {name}" for one in fields for name, limit in FIELD.items() if not 0 < len(one[name]) <= limit)
    if len((embed.get("footer") or {}).get("text") or "") > FOOTER:
        yield "footer"
    if len((embed.get("author") or {}).get("name") or "") > AUTHOR:
        yield "author"


def _size(embed):
    fields = sum(len(one["name"]) + len(one["value"]) for one in embed.get("fields") or ())
    footer = len((embed.get("footer") or {}).get("text") or "")
    author = len((embed.get("author") or {}).get("name") or "")
    return sum(len(embed.get(name) or "") for name in EMBED) + fields + footer + author

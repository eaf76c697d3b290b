"""Discord's limits on a message, read from its documentation a second time, so that this table checks the bot's."""

from tests.wire.errors import invalid_form
from tests.wire.limits_components import wrong_components
from tests.wire.nouns import COMPONENTS_V2

CONTENT = 2000
EMBEDS = 10
ALL_EMBEDS = 6000
NONCE = 25
EMBED = {"title": 256, "description": 4096}
FIELDS = 25
FIELD = {"name": 256, "value": 1024}
FOOTER = 2048
AUTHOR = 256
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
ALL_FILES_BYTES = 25 * 1024 * 1024
NAME = 100
TAGS = 5
ARCHIVE_MINUTES = frozenset({60, 1440, 4320, 10080})


def check_message(body, files=()):
    """Raise the 400 that Discord would answer with, naming everything that is over a limit."""
    _refuse([*wrong_in_message(body, files, may_be_empty=False)])


def check_edit(body, files=()):
    """The same for an edit, which need not name anything."""
    _refuse([*wrong_in_message(body, files, may_be_empty=True)])


def check_thread(body, files=(), *, has_message=False):
    """Raise the 400 for a thread's name, its tags and its first message."""
    wrong = [*wrong_thread(body)]
    if has_message:
        wrong += wrong_in_message(body.get("message") or {}, files, may_be_empty=False)
    _refuse(wrong)


def _refuse(wrong):
    if wrong:
        raise invalid_form(wrong)


def wrong_thread(body, *, is_new=True):
    name = body.get("name")
    if (is_new or name is not None) and not 1 <= len(name or "") <= NAME:
        yield "the name must have 1 to 100 characters"
    if len(body.get("applied_tags") or ()) > TAGS:
        yield "too many tags"
    minutes = body.get("auto_archive_duration")
    if minutes is not None and minutes not in ARCHIVE_MINUTES:
        yield "auto_archive_duration is none of 60, 1440, 4320, 10080"


def wrong_in_message(body, files=(), *, may_be_empty):
    """Everything in a message that is over a limit, in words."""
    embeds = body.get("embeds") or []
    is_v2 = bool((body.get("flags") or 0) & COMPONENTS_V2)
    filled = body.get("content") or embeds or files or body.get("components") or body.get("sticker_ids")
    if not filled and not may_be_empty and not body.get("poll"):
        yield "the message is empty"
    if is_v2 and (body.get("content") or embeds or body.get("poll")):
        yield "a message of Components V2 has no content, embeds or poll"
    yield from _wrong_texts(body)
    yield from _wrong_embeds(embeds)
    yield from wrong_components(body.get("components") or (), is_v2=is_v2)
    yield from _wrong_files(files)
    yield from _wrong_mentions(body.get("allowed_mentions") or {})


def _wrong_texts(body):
    if len(body.get("content") or "") > CONTENT:
        yield "content is too long"
    if len(str(body.get("nonce") or "")) > NONCE:
        yield "nonce is too long"


def _wrong_embeds(embeds):
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


def _wrong_files(files):
    if len(files) > FILES:
        yield "too many files"
    yield from (f"the file {one.filename} is too large" for one in files if len(one.body) > FILE_BYTES)
    if sum(len(one.body) for one in files) > ALL_FILES_BYTES:
        yield "the files are too large in all"


def _wrong_mentions(allowed):
    for kind in ("users", "roles"):
        if allowed.get(kind) and kind in (allowed.get("parse") or ()):
            yield f"allowed_mentions: {kind} are named both as a list and to be parsed"
        if len(allowed.get(kind) or ()) > 100:
            yield f"allowed_mentions: more than 100 {kind}"


def _size(embed):
    fields = sum(len(one["name"]) + len(one["value"]) for one in embed.get("fields") or ())
    footer = len((embed.get("footer") or {}).get("text") or "")
    author = len((embed.get("author") or {}).get("name") or "")
    return sum(len(embed.get(name) or "") for name in EMBED) + fields + footer + author

"""What Discord accepts, and whether a message keeps to it.

Numbers: https://discord.com/developers/docs/resources/message#embed-object-embed-limits and #create-message.
Discord does not say what it counts as a character; UTF-16 units are the most that any reading gives.
"""

from bot.render.message import Embed, Message

CONTENT = 2000
EMBEDS = 10
EMBED_TOTAL = 6000  # titles, descriptions, names and values of fields, footers and authors of all embeds together
TITLE = 256
DESCRIPTION = 4096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
URL = 2048
THREAD_NAME = 100
OPTION = 100  # label, description and value of a select's option
OPTIONS = 25
LABEL = 80
ROWS = 5

# Left free in each message for the mark that a channel adds to the last footer.
ROOM_FOR_MARK = 16


def measure(text: str) -> int:
    """Return the length of the text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def measure_embed(embed: Embed) -> int:
    """Return how much of `EMBED_TOTAL` an embed takes."""
    parts = [embed.title, embed.description, embed.author, embed.footer]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    return sum(map(measure, parts))


def breaches(message: Message) -> tuple[str, ...]:
    """Return the limits that the message breaks, by name and with both numbers; nothing if Discord will take it."""
    found = [
        *_over("content", message.content, CONTENT),
        *_over_number("embeds", len(message.embeds), EMBEDS),
        *_over_number("embeds together", sum(map(measure_embed, message.embeds)), EMBED_TOTAL),
    ]
    if not message.content.strip() and not message.embeds:
        found.append("nothing to show")
    for embed in message.embeds:
        found += _embed_breaches(embed)
    return tuple(found)


def fits(message: Message) -> bool:
    """Return whether Discord will take the message."""
    return not breaches(message)


def _embed_breaches(embed: Embed) -> list[str]:
    found = [
        *_over("title", embed.title, TITLE),
        *_over("description", embed.description, DESCRIPTION),
        *_over("footer", embed.footer, FOOTER),
        *_over("author", embed.author, AUTHOR),
        *_over("url", embed.url, URL),
        *_over("thumbnail", embed.thumbnail, URL),
        *_over_number("fields", len(embed.fields), FIELDS),
    ]
    for field in embed.fields:
        found += [*_over("field name", field.name, FIELD_NAME), *_over("field value", field.value, FIELD_VALUE)]
        found += [f"empty {part}" for part in ("name", "value") if not getattr(field, part).strip()]
    return found


def _over(name: str, text: str, limit: int) -> tuple[str, ...]:
    return _over_number(name, measure(text), limit)


def _over_number(name: str, number: int, limit: int) -> tuple[str, ...]:
    return (f"{name}: {number} of {limit}",) if number > limit else ()

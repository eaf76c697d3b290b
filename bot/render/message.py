"""A Discord message as a value: what is written, before anything of Discord's library comes into play."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """A named paragraph of an embed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Embed:
    """A card of a message; what is empty is not shown. Discord reads no markdown in `author` and `footer`."""

    title: str = ""
    url: str = ""
    description: str = ""
    color: int | None = None
    author: str = ""
    footer: str = ""
    timestamp: datetime | None = None
    thumbnail: str = ""
    fields: tuple[Field, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the embed in the form of Discord's REST API."""
        parts = {
            "title": self.title,
            "url": self.url,
            "description": self.description,
            "color": self.color,
            "author": self.author and {"name": self.author},
            "footer": self.footer and {"text": self.footer},
            "timestamp": self.timestamp and self.timestamp.isoformat(),
            "thumbnail": self.thumbnail and {"url": self.thumbnail},
            "fields": [{"name": field.name, "value": field.value} for field in self.fields],
        }
        return {name: part for name, part in parts.items() if part or (name == "color" and part is not None)}

    @classmethod
    def from_dict(cls, parts: Mapping[str, Any]) -> "Embed":
        """Return the embed that `to_dict` gave these parts of."""
        timestamp = parts.get("timestamp")
        return cls(
            title=parts.get("title", ""),
            url=parts.get("url", ""),
            description=parts.get("description", ""),
            color=parts.get("color"),
            author=parts.get("author", {}).get("name", ""),
            footer=parts.get("footer", {}).get("text", ""),
            timestamp=datetime.fromisoformat(timestamp) if timestamp else None,
            thumbnail=parts.get("thumbnail", {}).get("url", ""),
            fields=tuple(Field(field["name"], field["value"]) for field in parts.get("fields", ())),
        )


@dataclass(frozen=True, slots=True)
class StoryLabel:
    """A story that a message tells, as its select names it: its number in the edition, and two lines of plain text."""

    number: int
    headline: str
    outlets: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a line or more of content, and its embeds in their order.

    `stories` are those that it tells: who posts it puts controls under it. `role_id` is whom it may ping, which is
    nobody else; its first line names the role.
    """

    content: str = ""
    embeds: tuple[Embed, ...] = ()
    stories: tuple[StoryLabel, ...] = ()
    role_id: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the message in the form of Discord's REST API, and under keys of our own what only we know of it."""
        ours = {
            "stories": [[story.number, story.headline, story.outlets] for story in self.stories],
            "role": self.role_id,
        }
        embeds = [embed.to_dict() for embed in self.embeds]
        return {"content": self.content, "embeds": embeds} | {name: value for name, value in ours.items() if value}

    def to_json(self) -> str:
        """Return the message as the opaque payload that the store keeps and a channel posts."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, payload: str) -> "Message":
        """Return the message that `to_json` gave this payload of."""
        parts = json.loads(payload)
        return cls(
            parts.get("content") or "",
            tuple(Embed.from_dict(embed) for embed in parts.get("embeds", ())),
            tuple(StoryLabel(*story) for story in parts.get("stories", ())),
            parts.get("role"),
        )

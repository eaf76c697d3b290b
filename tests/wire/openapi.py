"""Discord's own description of its API, where it lies beside the project: every request's body is held against it."""

import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

ENVIRONMENT = "DISCORD_OPENAPI"
BESIDE = Path(__file__).parents[2].parent / "shared" / "data" / "discord-openapi.json"
_URI = "urn:discord"

# Where the description is narrower than Discord, which takes ids as numbers too: so its documentation on "Snowflakes",
# and so discord.py sends those of allowed_mentions, of replies and of attachments.
_ID = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}

# A type of channel that its documentation has ("Channel Types"), and its description leaves out.
_MEDIA = {"title": "GUILD_MEDIA", "const": 16}


def where():
    """The file, or None: it belongs to Discord and is not part of the project."""
    path = Path(os.environ.get(ENVIRONMENT) or BESIDE)
    return path if path.is_file() else None


@cache
def description():
    """The description, read once a process."""
    path = where()
    return Description(json.loads(path.read_text("utf8"))) if path else None


def _amended(document):
    schemas = document["components"]["schemas"]
    schemas["SnowflakeType"] |= _ID
    schemas["ChannelTypes"]["oneOf"].append(_MEDIA)
    schemas["GuildChannelResponse"]["properties"]["type"]["enum"].append(_MEDIA["const"])
    return document


class Description:
    """Finds what is wrong with a request's body, in a sentence. Validators are made when they are first needed."""

    def __init__(self, document):
        self._document = _amended(document)
        self._registry = Registry().with_resource(_URI, DRAFT202012.create_resource(document))
        self._validators = {}
        # A path with fewer gaps is the more precise one: /messages/@original before /messages/{message_id}.
        self._paths = sorted(
            ((re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path) for path in document["paths"]),
            key=lambda pair: pair[1].count("{"),
        )

    def complaint(self, method, path, body):
        """What Discord's description says against this request, or None."""
        described = self._described(path)
        if described is None or method.lower() not in self._document["paths"][described]:
            return f"{method} {path}: Discord describes no such request"
        place = ("paths", described, method.lower(), "requestBody")
        if body is None:
            return f"{method} {path}: a body is required" if self._at(place).get("required") else None
        return self._judged(f"{method} {described}", place, body)

    def complaint_on_answer(self, method, path, status, body):
        """What the description says against what the wire answered: a test of the wire itself."""
        described = self._described(path)
        if described is None or status not in (200, 201):
            return None
        place = ("paths", described, method.lower(), "responses", str(status))
        return self._judged(f"the wire's answer to {method} {described}", place, body)

    def _judged(self, what, place, body):
        validator = self._validator((*place, "content", "application/json", "schema"))
        error = validator and best_match(validator.iter_errors(body))
        if not error:
            return None
        while error.context:  # of several forms that the body could have, what comes nearest to it
            error = max(error.context, key=lambda one: len(one.absolute_path))
        step = "/".join(map(str, error.absolute_path)) or "the body"
        return f"{what}: {step}: {error.message[:300]}"

    def _described(self, path):
        return next((name for pattern, name in self._paths if pattern.fullmatch(path)), None)

    def _at(self, place):
        found = self._document
        for step in place:
            found = found.get(step, {})
        return found

    def _validator(self, place):
        if place not in self._validators:
            pointer = "/".join(quote(step.replace("~", "~0").replace("/", "~1"), safe="~") for step in place)
            schema = {"$ref": f"{_URI}#/{pointer}"}
            made = Draft202012Validator(schema, registry=self._registry) if self._at(place) else None
            self._validators[place] = made
        return self._validators[place]

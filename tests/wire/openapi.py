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


def where():
    """The file, or None: it belongs to Discord and is not part of the project."""
    path = Path(os.environ.get(ENVIRONMENT) or BESIDE)
    return path if path.is_file() else None


@cache
def description():
    """The description, read once a process."""
    path = where()
    return Description(json.loads(path.read_text("utf8"))) if path else None


class Description:
    """Finds what is wrong with a request's body, in a sentence. Validators are made when they are first needed."""

    def __init__(self, document):
        self._document = document
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
        validator = self._validator(method.lower(), described)
        if validator is None or body is None:
            return f"{method} {path}: a body is required" if validator and self._needs(method, described) else None
        error = best_match(validator.iter_errors(body))
        if error is None:
            return None
        place = "/".join(map(str, error.absolute_path)) or "the body"
        return f"{method} {described}: {place}: {error.message[:300]}"

    def _described(self, path):
        return next((name for pattern, name in self._paths if pattern.fullmatch(path)), None)

    def _needs(self, method, described):
        return self._document["paths"][described][method.lower()]["requestBody"].get("required", False)

    def _validator(self, method, described):
        if (method, described) not in self._validators:
            self._validators[method, described] = self._made(method, described)
        return self._validators[method, described]

    def _made(self, method, described):
        content = self._document["paths"][described][method].get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        steps = ("paths", described, method, "requestBody", "content", "application/json", "schema")
        pointer = "/".join(quote(step.replace("~", "~0").replace("/", "~1"), safe="~") for step in steps)
        return Draft202012Validator({"$ref": f"{_URI}#/{pointer}"}, registry=self._registry)

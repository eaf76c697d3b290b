"""Loads the cue lists (package data in `digest/reading/cues`): what counts as a cue is data, not code."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_cues(name: str) -> dict[str, Any]:
    """Return the cue list `cues/{name}.toml` as it stands, read once a process; FileNotFoundError for no such list."""
    return tomllib.loads((files("digest.reading") / "cues" / f"{name}.toml").read_text("utf8"))

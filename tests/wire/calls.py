"""One request on its way: what a route is, and what its function is given."""

import re
from dataclasses import dataclass, field
from datetime import datetime

_MAJOR = ("channel", "guild", "webhook", "token", "interaction")


@dataclass(frozen=True)
class Route:
    """What is answered at a path, by which function. `is_open` needs no token of a bot: the path has its own."""

    method: str
    template: str
    answer: object
    is_open: bool = False

    @property
    def is_of_interactions(self):
        return self.template.startswith(("/interactions/", "/webhooks/"))

    @property
    def pattern(self):
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.template))


@dataclass(frozen=True)
class File:
    filename: str
    content_type: str
    body: bytes = field(repr=False)


@dataclass
class Request:
    """What came, and what was answered: `status` is None while it is not, and 499 where nobody got an answer."""

    method: str
    path: str
    query: dict = field(default_factory=dict)
    body: object = None
    files: tuple = ()
    at: datetime | None = None
    status: int | None = None
    scope: str | None = None


@dataclass(frozen=True)
class Call:
    """A request of a known route, with the gaps of its path by name; ids are numbers."""

    world: object
    tell: object
    request: Request
    gaps: dict

    def __getitem__(self, name):
        """The gap of this name, as a number where it is one."""
        return int(self.gaps[name]) if self.gaps[name].isdigit() else self.gaps[name]

    @property
    def body(self):
        return self.request.body or {}

    @property
    def files(self):
        return self.request.files

    @property
    def major(self):
        return tuple(self.gaps[name] for name in _MAJOR if name in self.gaps)


@dataclass(frozen=True)
class Reply:
    """An answer that is not simply 200 with a body."""

    status: int
    body: object = None

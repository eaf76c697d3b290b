"""Whom a message pings: what its text names, less what its `allowed_mentions` leave out."""

import re

_NAMED = re.compile(r"<@(&?)!?(\d+)>")


def pings(content, allowed, *, may_ping_everyone):
    """The ids of users and roles that are pinged, and "everyone". Without `allowed`, all that the text names."""
    named = {("roles" if role else "users", int(number)) for role, number in _NAMED.findall(content)}
    found = {number for kind, number in named if _passes(kind, number, allowed)}
    if re.search(r"@(everyone|here)\b", content) and may_ping_everyone and _passes("everyone", None, allowed):
        found.add("everyone")
    return frozenset(found)


def _passes(kind, number, allowed):
    if allowed is None:
        return True
    if kind in (allowed.get("parse") or ()):
        return True
    return number is not None and str(number) in {str(one) for one in allowed.get(kind) or ()}

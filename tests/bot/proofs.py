"""What stands behind posts, in memory: told stories by guild and edition, and which messages tell them."""

from datetime import timedelta

from digest.errors import NotFoundError
from digest.model import EditionStory, Evidence, Outcome
from tests.builders import NOW, brief

FETCHED = NOW - timedelta(hours=1)


def evidence(article_id=1, *, newest=None, **changes):
    """An article that was read once, or where `newest` is given twice."""
    read = changes.pop("brief", None) or brief()
    values = {
        "article_id": article_id,
        "brief": read,
        "version": 1,
        "fetched_at": FETCHED,
        "newest": newest or read,
        "versions": 2 if newest else 1,
        "changed_at": NOW if newest else FETCHED,
        "checked_at": NOW,
    }
    return Evidence(**(values | changes))


def told_story(number=1, *behind, **changes):
    values = {
        "edition_id": 7,
        "number": number,
        "headline": f"Story {number}",
        "outcome": Outcome.SHOWN,
        "composed_at": NOW,
        "digest": "World",
        "zone": "Europe/Berlin",
        "weight": (("outlets", 1.0), ("recency", 0.5)),
        "evidence": behind or (evidence(number),),
        "least_shown": 1.5,
        "shown": 1,
    }
    return EditionStory(**(values | changes))


class FakeProofs:
    """Editions' stories by guild and edition; posts by guild and message, each an edition and its payload.

    `traces` are what is found for what is asked, `reasons` why an article's one sentence is shown or not.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self.told = {}
        self.posts = {}
        self.traces = {}
        self.reasons = {}

    async def list_stories(self, guild_id, edition_id):
        found = [one for one in self.told.get((guild_id, edition_id), ()) if one.outcome is Outcome.SHOWN]
        if not found:
            raise NotFoundError(f"guild {guild_id} has no edition {edition_id}")
        return tuple(found)

    async def get_edition_story(self, guild_id, edition_id, number):
        for one in self.told.get((guild_id, edition_id), ()):
            if one.number == number and one.evidence:
                return one
        raise NotFoundError(f"guild {guild_id} has no story {number} in {edition_id}")

    async def find_post(self, guild_id, message_id):
        return self.posts.get((guild_id, message_id))

    async def suggest_considered(self, guild_id, typed, *, limit=25):
        found = [one for (guild, _), told in self.told.items() if guild == guild_id for one in told]
        return tuple(one for one in found if typed.casefold() in one.headline.casefold())[:limit]

    async def trace(self, guild_id, asked):
        return tuple(self.traces.get((guild_id, asked), ()))

    async def explain_sentence(self, guild_id, article_id, asked):
        if (guild_id, article_id) not in self.reasons:
            raise NotFoundError(f"the text of {article_id} has expired")
        reason = self.reasons[guild_id, article_id]
        return reason if reason and asked in reason.words else None

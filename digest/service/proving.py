"""What stands behind what was posted: the stories of a guild's editions, and their articles as they were read."""

from digest.errors import NotFoundError
from digest.model import EditionStory
from digest.service.tools import Tools
from digest.store import evidence


class Proofs:
    """The part of the Service that shows where the words of a digest come from, to the guild that was told them."""

    _tools: Tools

    async def list_stories(self, guild_id: int, edition_id: int) -> tuple[EditionStory, ...]:
        """Return the stories that an edition of the guild showed, in its order; NotFoundError where there is none.

        What no source of the guild brings any more is left out.
        """
        async with self._tools.store.reading() as db:
            found = await evidence.list_stories(db, edition_id, guild_id=guild_id)
        stories = tuple(story for story in found if story.evidence)
        if not stories:
            raise NotFoundError(f"nothing that guild {guild_id} follows tells the stories of edition {edition_id}")
        return stories

    async def get_edition_story(self, guild_id: int, edition_id: int, number: int) -> EditionStory:
        """Return a story of an edition of the guild, shown or not; NotFoundError where nothing of it may be seen."""
        async with self._tools.store.reading() as db:
            (story,) = await evidence.list_stories(db, edition_id, guild_id=guild_id, number=number)
        if not story.evidence:
            raise NotFoundError(f"nothing that guild {guild_id} follows tells story {number} of edition {edition_id}")
        return story

    async def find_post(self, guild_id: int, message_id: int) -> tuple[int, str] | None:
        """Return the edition that a message of ours in the guild tells of, and its payload as it stands; else None."""
        async with self._tools.store.reading() as db:
            return await evidence.find_post(db, guild_id, message_id)

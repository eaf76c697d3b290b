"""Why a story or a sentence is in a digest or not: what the steps before noted, and what the choice computes."""

from collections.abc import Sequence
from dataclasses import replace

from digest.editions.filters import lets_through
from digest.errors import NotFoundError
from digest.model import Brief, EditionStory, Fate, SentenceReason, Traced
from digest.reading.reasons import explain_sentence
from digest.service.tools import Tools
from digest.store import Transaction, articles, entries, evidence, fates, sources
from digest.store.fates import Listed

_MOST_STORIES = 5


class Whys:
    """The part of the Service that says why something is in a digest or not."""

    _tools: Tools

    async def trace(self, guild_id: int, asked: str) -> tuple[EditionStory | Traced, ...]:
        """Return what became of what is at this address, or has all these words in its title: a few, newest first.

        Each story as an edition considered it; what no edition considered, as far as it came.
        """
        async with self._tools.store.reading() as db:
            listed = await fates.find_listed(db, guild_id, asked.strip(), limit=_MOST_STORIES)
            places = dict.fromkeys(place for one in listed for place in one.told)
            told = [await _story(db, guild_id, *place) for place in list(places)[:_MOST_STORIES]]
            rest = [await _with_filters(db, guild_id, one) for one in listed if not one.told]
        return (*(one for one in told if one), *rest)

    async def explain_sentence(self, guild_id: int, article_id: int, asked: str) -> SentenceReason | None:
        """Return why the sentence with these words of an article is shown or not; None where it has no such sentence.

        One with something in it that the guild hides is none. It looks at the article as it was last read.
        NotFoundError where no source of the guild brought it, or where its full text is not kept any more.
        """
        async with self._tools.store.reading() as db:
            brief = await articles.get_brief(db, article_id, guild_id=guild_id)
            if not await articles.is_whole(db, article_id):
                raise NotFoundError(f"the text of article {article_id} has expired")
        return await self._tools.think(explain_sentence, brief, asked)


async def _story(db: Transaction, guild_id: int, edition_id: int, number: int) -> EditionStory | None:
    try:
        found: Sequence[EditionStory] = await evidence.list_stories(db, edition_id, guild_id=guild_id, number=number)
    except NotFoundError:  # its headline is hidden
        return None
    return next((one for one in found if one.evidence), None)


async def _with_filters(db: Transaction, guild_id: int, one: Listed) -> Traced:
    if one.article_id is None or one.traced.fate is Fate.OLD:
        return one.traced
    brief = await articles.get_brief(db, one.article_id, guild_id=guild_id)
    passes = await _passes(db, guild_id, one.article_id, brief)
    return one.traced if passes else replace(one.traced, fate=Fate.FILTERED)


async def _passes(db: Transaction, guild_id: int, article_id: int, brief: Brief) -> bool:
    filters = {status.source.id: status.filters for status in await sources.list_statuses(db, guild_id)}
    listings = (await entries.map_listings(db, [article_id])).get(article_id, ())
    return any(
        lets_through(filters[source_id], entry, brief.article) for source_id, entry in listings if source_id in filters
    )

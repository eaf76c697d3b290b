"""What a guild looks back at, kept in memory: behaves as the service promises, scoped by guild."""

from digest.editions.suggestions import may_mean
from digest.errors import NotFoundError
from digest.model import ArticleHit, Recap, SpeakerRecord, StoryHit


class FakeLookBack:
    """The part of FakeService that looks back: each is by guild.

    `issued` are IssuedDigests, `records` ArticleRecords, `said` QuoteHits, `stories` StoryRecords, `recaps` Recaps.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self.zones = {}
        self.issued = {}
        self.records = {}
        self.said = {}
        self.stories = {}
        self.recaps = {}

    async def get_zone(self, guild_id):
        subscriptions = await self.list_subscriptions(guild_id)
        return self.zones.get(guild_id) or (subscriptions[0].zone if subscriptions else "UTC")

    async def list_issued(self, guild_id, day):
        self._meet_trouble()
        return tuple(one for one in self.issued.get(guild_id, ()) if one.day == day)

    async def get_issued(self, guild_id, edition_id):
        return _only(one for one in self.issued.get(guild_id, ()) if one.edition_id == edition_id)

    async def find_nearest_days(self, guild_id, day):
        days = [one.day for one in self.issued.get(guild_id, ())]
        before, after = [one for one in days if one < day], [one for one in days if one > day]
        return max(before, default=None), min(after, default=None)

    async def catch_up(self, guild_id, *, days, now):
        self._meet_trouble()
        self.asked.append(("catch up", guild_id, days))
        return self.recaps.get(guild_id, Recap(now, now, 0))

    async def suggest_articles(self, guild_id, typed, *, limit=25):
        self._meet_trouble()
        hits = [_hit_of(one) for one in self.records.get(guild_id, ())]
        return tuple(hit for hit in hits if may_mean(typed, f"{hit.title} {hit.site}"))[:limit]

    async def find_articles(self, guild_id, typed, *, limit=25):
        self._meet_trouble()
        hits = [_hit_of(one) for one in self.records.get(guild_id, ())]
        return tuple(hit for hit in hits if typed == hit.url or typed.casefold() in hit.title.casefold())[:limit]

    async def get_article(self, guild_id, article_id):
        return _only(one for one in self.records.get(guild_id, ()) if one.id == article_id)

    async def suggest_speakers(self, guild_id, typed, *, limit=25):
        names = dict.fromkeys(hit.speaker for hit in self.said.get(guild_id, ()) if hit.speaker)
        return tuple(name for name in names if may_mean(typed, name))[:limit]

    async def list_said(self, guild_id, speaker, query="", *, limit=5, offset=0):
        self._meet_trouble()
        self.asked.append(("said", guild_id, (speaker, query)))
        hits = [hit for hit in self.said.get(guild_id, ()) if not speaker or _is(speaker, hit.speaker)]
        return tuple(hit for hit in hits if query.casefold() in " ".join(hit.words).casefold())[offset : offset + limit]

    async def describe_speaker(self, guild_id, speaker):
        hits = [hit for hit in self.said.get(guild_id, ()) if _is(speaker, hit.speaker)]
        names, roles = ({getattr(hit, name): None for hit in hits} for name in ("speaker", "role"))
        return SpeakerRecord(tuple(filter(None, names)), tuple(filter(None, roles)))

    async def suggest_stories(self, guild_id, typed, *, limit=25):
        self._meet_trouble()
        return tuple(_story_hit(one) for one in self.stories.get(guild_id, ()) if may_mean(typed, one.headline))[:limit]

    async def get_story(self, guild_id, story_id):
        return _only(one for one in self.stories.get(guild_id, ()) if one.id == story_id)


def _only(found):
    for one in found:
        return one
    raise NotFoundError("no such thing of this guild")


def _is(typed, name):
    return name is not None and typed.strip().casefold() == name.casefold()


def _hit_of(record):
    article = record.brief.article
    return ArticleHit(record.id, article.title, article.url, article.site, article.published_at, "")


def _story_hit(story):
    return StoryHit(story.id, story.headline, story.began_at)

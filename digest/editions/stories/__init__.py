"""Which articles tell one event: those of one edition together, or all of them as they come."""

from digest.editions.stories.copies import OPEN_FOR as OPEN_FOR
from digest.editions.stories.running import (
    Grouped as Grouped,
    OpenStories as OpenStories,
    OpenStory as OpenStory,
    RunningStories as RunningStories,
    group_articles as group_articles,
)
from digest.editions.stories.telling import group_briefs as group_briefs, make_article as make_article

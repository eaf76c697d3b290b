"""How many of each a guild may have, so that one of them is not all that the bot does."""

from digest.errors import Limit, LimitError
from digest.model import Subscription

MOST_DIGESTS = 25
MOST_SOURCES = 200
MOST_TIMES = 6
MOST_KEYWORDS = 20


def check_limit(limit: Limit, number: int, most: int) -> None:
    """Raise LimitError where there are more than `most`."""
    if number > most:
        raise LimitError(limit, most)


def check_rules(subscription: Subscription) -> None:
    """Raise LimitError where the subscription comes too often a day, or has too many keywords of a kind."""
    check_limit(Limit.TIMES, len(set(subscription.times)), MOST_TIMES)
    check_limit(Limit.KEYWORDS, len(subscription.keywords), MOST_KEYWORDS)
    check_limit(Limit.LESS, len(subscription.less), MOST_KEYWORDS)

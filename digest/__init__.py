"""On Record's library: follows news sources, reads articles, composes digests. It knows articles, not Discord.

    sources -> fetch -> clean -> sentences -> summary
                                           -> quotes      } -> brief -> store -> stories -> compose
                                           -> commitments                 |
                                                                      look-ups

These are the public names; everything else is a room of its own. They load when they are first used, so that a process
which only posts does not pay for the libraries that read.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from digest.errors import (
    AlreadyExistsError as AlreadyExistsError,
)
from digest.errors import (
    CorruptStoreError as CorruptStoreError,
)
from digest.errors import (
    DigestError as DigestError,
)
from digest.errors import (
    FetchError as FetchError,
)
from digest.errors import (
    InvalidFeedError as InvalidFeedError,
)
from digest.errors import (
    NoArticleError as NoArticleError,
)
from digest.errors import (
    NotFoundError as NotFoundError,
)
from digest.errors import (
    ReadingError as ReadingError,
)
from digest.errors import (
    RefusedError as RefusedError,
)
from digest.errors import (
    StoreError as StoreError,
)
from digest.errors import (
    UnreachableError as UnreachableError,
)
from digest.errors import (
    UnsafeError as UnsafeError,
)
from digest.model import (
    EVERY_DAY as EVERY_DAY,
)
from digest.model import (
    Actor as Actor,
)
from digest.model import (
    Article as Article,
)
from digest.model import (
    ArticleHit as ArticleHit,
)
from digest.model import (
    ArticleKind as ArticleKind,
)
from digest.model import (
    Brief as Brief,
)
from digest.model import (
    Card as Card,
)
from digest.model import (
    Commitment as Commitment,
)
from digest.model import (
    CommitmentKind as CommitmentKind,
)
from digest.model import (
    Coverage as Coverage,
)
from digest.model import (
    Deadline as Deadline,
)
from digest.model import (
    Delivery as Delivery,
)
from digest.model import (
    DeliveryState as DeliveryState,
)
from digest.model import (
    Digest as Digest,
)
from digest.model import (
    Edition as Edition,
)
from digest.model import (
    Entry as Entry,
)
from digest.model import (
    Failure as Failure,
)
from digest.model import (
    FailureKind as FailureKind,
)
from digest.model import (
    Feed as Feed,
)
from digest.model import (
    LedgerEntry as LedgerEntry,
)
from digest.model import (
    Page as Page,
)
from digest.model import (
    Period as Period,
)
from digest.model import (
    Quote as Quote,
)
from digest.model import (
    QuoteHit as QuoteHit,
)
from digest.model import (
    QuoteKind as QuoteKind,
)
from digest.model import (
    Refresh as Refresh,
)
from digest.model import (
    Sentence as Sentence,
)
from digest.model import (
    Slot as Slot,
)
from digest.model import (
    Source as Source,
)
from digest.model import (
    SourceKind as SourceKind,
)
from digest.model import (
    SourceStatus as SourceStatus,
)
from digest.model import (
    Span as Span,
)
from digest.model import (
    Speaker as Speaker,
)
from digest.model import (
    Story as Story,
)
from digest.model import (
    Strength as Strength,
)
from digest.model import (
    Subscription as Subscription,
)
from digest.model import (
    Summary as Summary,
)
from digest.model import (
    Validators as Validators,
)

if TYPE_CHECKING:
    from digest.editions.compose import compose_digest as compose_digest
    from digest.editions.stories import group_articles as group_articles
    from digest.editions.stories import make_article as make_article
    from digest.reading.brief import read_article as read_article
    from digest.reading.brief import read_html as read_html
    from digest.reading.brief import read_many as read_many
    from digest.reading.brief import read_page as read_page
    from digest.reading.brief import read_text as read_text
    from digest.reading.clean import clean_page as clean_page
    from digest.reading.summary import pick_sentences as pick_sentences
    from digest.service import Service as Service
    from digest.sources.bundled import BundledDay as BundledDay
    from digest.sources.bundled import BundledFetcher as BundledFetcher
    from digest.sources.bundled import bundled_day as bundled_day
    from digest.sources.bundled import bundled_sources as bundled_sources
    from digest.sources.bundled import starter_sources as starter_sources
    from digest.sources.feeds import parse_feed as parse_feed
    from digest.sources.web import Fetcher as Fetcher
    from digest.sources.web import WebFetcher as WebFetcher
    from digest.store import Store as Store
    from digest.work.embedded import ReadingPool as ReadingPool

_ROOMS = {
    "digest.editions.compose": "compose_digest",
    "digest.editions.stories": "group_articles make_article",
    "digest.reading.brief": "read_article read_html read_many read_page read_text",
    "digest.reading.clean": "clean_page",
    "digest.reading.summary": "pick_sentences",
    "digest.service": "Service",
    "digest.sources.bundled": "BundledDay BundledFetcher bundled_day bundled_sources starter_sources",
    "digest.sources.feeds": "parse_feed",
    "digest.sources.web": "Fetcher WebFetcher",
    "digest.store": "Store",
    "digest.work.embedded": "ReadingPool",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value

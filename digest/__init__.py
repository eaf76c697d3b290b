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
    BackupError as BackupError,
    BackupFault as BackupFault,
    CorruptStoreError as CorruptStoreError,
    DigestError as DigestError,
    DisallowedError as DisallowedError,
    FetchError as FetchError,
    InvalidFeedError as InvalidFeedError,
    Limit as Limit,
    LimitError as LimitError,
    MoveError as MoveError,
    NoArticleError as NoArticleError,
    NotFoundError as NotFoundError,
    ReadingError as ReadingError,
    RefusedError as RefusedError,
    ReservedError as ReservedError,
    StoreError as StoreError,
    UnreachableError as UnreachableError,
    UnreachableStoreError as UnreachableStoreError,
    UnsafeError as UnsafeError,
    UnwritableStoreError as UnwritableStoreError,
)
from digest.model import (
    BY_HAND as BY_HAND,
    EVERY_DAY as EVERY_DAY,
    Actor as Actor,
    Alert as Alert,
    AlertRecord as AlertRecord,
    Article as Article,
    ArticleHit as ArticleHit,
    ArticleKind as ArticleKind,
    AuditEntry as AuditEntry,
    Brief as Brief,
    Card as Card,
    Case as Case,
    CatchUp as CatchUp,
    Change as Change,
    Commitment as Commitment,
    CommitmentKind as CommitmentKind,
    Correction as Correction,
    Coverage as Coverage,
    Deadline as Deadline,
    Delivery as Delivery,
    DeliveryState as DeliveryState,
    Digest as Digest,
    Edition as Edition,
    EditionKind as EditionKind,
    Entry as Entry,
    Evidence as Evidence,
    Extract as Extract,
    Failure as Failure,
    FailureKind as FailureKind,
    Feed as Feed,
    FeedLink as FeedLink,
    Filters as Filters,
    Fit as Fit,
    Follow as Follow,
    FollowKind as FollowKind,
    FollowStatus as FollowStatus,
    GuildSettings as GuildSettings,
    Hidden as Hidden,
    Job as Job,
    LedgerEntry as LedgerEntry,
    Mark as Mark,
    MemberRecord as MemberRecord,
    MessageStatements as MessageStatements,
    Offer as Offer,
    Outcome as Outcome,
    Page as Page,
    Part as Part,
    PastDay as PastDay,
    PastEdition as PastEdition,
    Period as Period,
    Post as Post,
    QueueHealth as QueueHealth,
    Quote as Quote,
    QuoteHit as QuoteHit,
    QuoteKind as QuoteKind,
    Refresh as Refresh,
    Sentence as Sentence,
    Shown as Shown,
    Slot as Slot,
    Source as Source,
    SourceKind as SourceKind,
    SourceStatus as SourceStatus,
    Span as Span,
    Speaker as Speaker,
    Standing as Standing,
    Statement as Statement,
    StatementKind as StatementKind,
    Step as Step,
    Story as Story,
    StoryHit as StoryHit,
    StoryQuote as StoryQuote,
    Strength as Strength,
    Style as Style,
    Subscription as Subscription,
    Summary as Summary,
    Telling as Telling,
    Terms as Terms,
    ToldStory as ToldStory,
    Trouble as Trouble,
    Validators as Validators,
    Vanished as Vanished,
    Week as Week,
)

if TYPE_CHECKING:
    from digest.editions.compose import compose_digest as compose_digest
    from digest.editions.follows import is_followable as is_followable
    from digest.editions.hidden import Curtain as Curtain
    from digest.editions.ledger import due_on as due_on, is_withdrawn as is_withdrawn
    from digest.editions.quotes import story_quotes as story_quotes
    from digest.editions.schedule import next_run_at as next_run_at, quiet_times as quiet_times
    from digest.editions.stories import group_articles as group_articles, make_article as make_article
    from digest.reading.brief import (
        read_article as read_article,
        read_html as read_html,
        read_many as read_many,
        read_page as read_page,
        read_text as read_text,
    )
    from digest.reading.certainty import (
        Precision as Precision,
        commitment_precision as commitment_precision,
        is_speaker_sure as is_speaker_sure,
        speaker_precision as speaker_precision,
    )
    from digest.reading.clean import clean_page as clean_page
    from digest.reading.summary import pick_sentences as pick_sentences
    from digest.service import Service as Service
    from digest.service.failures import failure_of as failure_of, kind_of as kind_of
    from digest.service.taking_turns import share_turns as share_turns
    from digest.sources.bundled import (
        BundledDay as BundledDay,
        BundledFetcher as BundledFetcher,
        bundled_day as bundled_day,
        bundled_sources as bundled_sources,
        starter_sources as starter_sources,
    )
    from digest.sources.feeds import parse_feed as parse_feed
    from digest.sources.opml import Outline as Outline, parse_opml as parse_opml, render_opml as render_opml
    from digest.sources.web import Fetcher as Fetcher, WebFetcher as WebFetcher, name_agent as name_agent
    from digest.store import Store as Store
    from digest.store.backups import back_up_store as back_up_store, restore_store as restore_store
    from digest.store.dialects import Turn as Turn
    from digest.store.inspecting import inspect_store as inspect_store
    from digest.store.moving import Moved as Moved, move_store as move_store
    from digest.work.distributed import Queue as Queue
    from digest.work.embedded import ReadingPool as ReadingPool

_ROOMS = {
    "digest.editions.compose": "compose_digest",
    "digest.editions.follows": "is_followable",
    "digest.editions.hidden": "Curtain",
    "digest.editions.ledger": "due_on is_withdrawn",
    "digest.editions.quotes": "story_quotes",
    "digest.editions.schedule": "next_run_at quiet_times",
    "digest.editions.stories": "group_articles make_article",
    "digest.reading.brief": "read_article read_html read_many read_page read_text",
    "digest.reading.certainty": "Precision commitment_precision is_speaker_sure speaker_precision",
    "digest.reading.clean": "clean_page",
    "digest.reading.summary": "pick_sentences",
    "digest.service": "Service",
    "digest.service.failures": "failure_of kind_of",
    "digest.service.taking_turns": "share_turns",
    "digest.sources.bundled": "BundledDay BundledFetcher bundled_day bundled_sources starter_sources",
    "digest.sources.feeds": "parse_feed",
    "digest.sources.opml": "Outline parse_opml render_opml",
    "digest.sources.web": "Fetcher WebFetcher name_agent",
    "digest.store": "Store",
    "digest.store.backups": "back_up_store restore_store",
    "digest.store.inspecting": "inspect_store",
    "digest.store.dialects": "Turn",
    "digest.store.moving": "Moved move_store",
    "digest.work.distributed": "Queue",
    "digest.work.embedded": "ReadingPool",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value

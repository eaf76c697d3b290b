r"""The tables as they are now; migrations/ knows how a database gets there.

    sources --< entries >-- articles --< article_versions --< quotes
       |   \--< article_sources >--/                     \--< commitments >-- ledger_entries --< ledger_marks
    guild_sources        claims >--/                        /     \--< commitment_actors             (guild)
       (guild)              |                shown_commitments
                     subscriptions --< editions --< deliveries, told_stories
                             \--< reminders

    guild_settings, hidden_names, audit_entries, drafts (guild)    articles --< cases (guild)
    follows (guild, user) --< alerted >-- alerts    articles --< arrivals

host_turns (of the processes, nobody's)

Every row that belongs to a guild has its id, or hangs on one that has. An article is everybody's; who may see it goes
through article_sources and guild_sources.
"""

from digest.store.schema.digests import (
    claims,
    deliveries,
    editions,
    reminders,
    shown_commitments,
    subscriptions,
    told_stories,
)
from digest.store.schema.guilds import (
    alerted,
    alerts,
    arrivals,
    audit_entries,
    cases,
    drafts,
    follows,
    guild_settings,
    hidden_names,
)
from digest.store.schema.ledger import commitment_actors, commitments, ledger_entries, ledger_marks
from digest.store.schema.news import (
    aliases,
    article_sources,
    article_versions,
    articles,
    entries,
    guild_sources,
    host_turns,
    quotes,
    sources,
)
from digest.store.schema.tables import metadata

__all__ = [
    "alerted",
    "alerts",
    "aliases",
    "arrivals",
    "article_sources",
    "article_versions",
    "articles",
    "audit_entries",
    "cases",
    "claims",
    "commitment_actors",
    "commitments",
    "deliveries",
    "drafts",
    "editions",
    "entries",
    "follows",
    "guild_settings",
    "guild_sources",
    "hidden_names",
    "host_turns",
    "ledger_entries",
    "ledger_marks",
    "metadata",
    "quotes",
    "reminders",
    "shown_commitments",
    "sources",
    "subscriptions",
    "told_stories",
]

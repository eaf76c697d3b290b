"""What users see of sources: what can be followed, how sources do and why they fail, filters, lists in and out."""

from digest.errors import Fault
from digest.model import FailureKind, SourceKind

# --- why a source or page gave nothing, and what to do ---------------------------------------------------------------

FAILURE_REASONS = {
    FailureKind.NO_NAME: "its name cannot be found",
    FailureKind.NO_CONNECTION: "takes no connection",
    FailureKind.NO_ENCRYPTION: "offers no trustworthy encrypted connection",
    FailureKind.TOO_SLOW: "gave no answer in time",
    FailureKind.UNREACHABLE: "broke off its answer",
    FailureKind.IN_TROUBLE: "is in trouble itself",
    FailureKind.BUSY: "asks to be asked less often",
    FailureKind.FORBIDDEN: "refused to answer",
    FailureKind.MISSING: "is not there",
    FailureKind.GONE: "is gone for good",
    FailureKind.REFUSED: "refused to answer",
    FailureKind.DISALLOWED: "asks bots to stay away",
    FailureKind.RESERVED: "reserves what I would do with it",
    FailureKind.UNSAFE: "is not safe to fetch",
    FailureKind.NOT_A_FEED: "sent no feed",
    FailureKind.NO_ARTICLE: "has no article to read",
    FailureKind.TOO_HARD: "took too long to read",
    FailureKind.MISTAKE: "brings out a mistake in me",
}
FAILURE_STATUS = "{reason} (HTTP {status})"

_PASSES = "It mostly passes by itself; I keep trying."
_ADDRESS = "Check the address in a browser, and add the new one if it has moved."
FAILURE_ADVICE = {
    FailureKind.NO_NAME: f"The site may have closed or moved. {_ADDRESS}",
    FailureKind.NO_CONNECTION: f"The server is off, or keeps this machine out. {_PASSES}",
    FailureKind.NO_ENCRYPTION: "Its certificate is wrong or has run out: only its owner can mend that. I keep trying.",
    FailureKind.TOO_SLOW: _PASSES,
    FailureKind.UNREACHABLE: _PASSES,
    FailureKind.IN_TROUBLE: _PASSES,
    FailureKind.BUSY: "I wait for as long as it asks. If it goes on, ask the site to let this bot in.",
    FailureKind.FORBIDDEN: (
        "It wants a login, or keeps bots or this machine's country out. If it opens in a browser without a login, ask "
        "the site to let this bot in; a feed behind a login needs the address that the site gives to subscribers."
    ),
    FailureKind.MISSING: _ADDRESS,
    FailureKind.GONE: "The site says that it will not come back, so I ask no more. Remove it, or add its successor.",
    FailureKind.REFUSED: _ADDRESS,
    FailureKind.DISALLOWED: "Its robots.txt says so, and I keep to it. Only the site can change that.",
    FailureKind.RESERVED: "Its publisher allows no excerpts, and I keep to it. Only the site can change that.",
    FailureKind.UNSAFE: "Only public web addresses of a sensible size are fetched. Add its public address.",
    FailureKind.NOT_A_FEED: (
        "It answers with something else, often a login page, an error page or a page against bots. Open the address "
        "in a browser: a feed begins with <rss>, <feed> or {."
    ),
    FailureKind.NO_ARTICLE: "It may be a PDF, a picture, or a page of links only.",
    FailureKind.TOO_HARD: "It is too large or odd to be read. If it goes on, remove it.",
    FailureKind.MISTAKE: "Tell who runs this bot: the log has what they can report. I keep trying.",
}

# --- why an address cannot be followed now ----------------------------------------------------------------------------

FAULTS = {
    Fault.NAME: "No site of that name can be found. Check the address.",
    Fault.CONNECTION: "The site's server takes no connection: it is off, or keeps this machine out. Try again later.",
    Fault.ENCRYPTION: "The site's certificate is wrong or has run out: only its owner can mend that.",
    Fault.TIME: "The site did not answer in time. Try again later.",
    Fault.TURN: "Too many requests to this site wait already. Try again later.",
    Fault.ANSWER: "The site did not answer as websites do, or broke off. Try again later.",
}
IN_TROUBLE = "The site is in trouble itself (HTTP {status}). Try again later."
BUSY = "The site asks to be asked less often (HTTP {status}). Try again later."
FORBIDDEN = (
    "The site refused to give the page (HTTP {status}): it wants a login, or keeps bots or this machine's country out. "
    "If it opens in a browser without a login, ask the site to let this bot in."
)
MISSING = "There is nothing at that address (HTTP {status}). Open it in a browser to see whether it has moved."

# --- how sources do --------------------------------------------------------------------------------------------------

SOURCES_TITLE = "Sources"
HEALTH_TITLE = "Sources that need somebody"
HEALTH_GOOD = "Nothing is wrong: {sources} followed."
NO_SOURCES = "No sources yet. Add one with `/source add`: the address of a feed, or of any page of a site."
SOURCE = "**{name}** · {host} · {when}"
SOURCE_READ = "read {when}"
SOURCE_NEVER_READ = "not read yet"
SOURCE_FAILS = "⚠️ {failure}"
SOURCE_PAUSED = "⏸️ paused, tried once a day · {failure}"
SOURCE_GONE = "⏹️ {failure}"
SOURCE_SILENT = "💤 answers, but lists nothing new since {day}"
SOURCE_FILTERED = "🔎 {filters}"
ADVICE = "-# {advice}"
SILENT_ADVICE = "It may have moved its feed or stopped. Look at the site, and add the new address."
NOTICE_TITLE = "⏸️ Not read any more"
NOTICE_FOOT = "-# What answers again is read again by itself. `/source health` shows all, `/source remove` removes one."

# --- what can be followed --------------------------------------------------------------------------------------------

KINDS = {
    SourceKind.FEED: "feed",
    SourceKind.SITEMAP: "news sitemap",
    SourceKind.LINKS: "the article links of the page",
    SourceKind.PAGE: "this one page, as an article",
}
OFFERS_TITLE = "Found at {host}"
OFFER = "**{number} · {name}** · {kind}"
OFFER_LISTS = "{offer} · lists {entries}"
OFFER_ENTRY = "• {title}"
OFFER_ENTRY_AT = "• {title} · {when}"
OFFER_EMPTY = "• nothing yet"
OFFER_ASK_ONE = "Follow it?"
OFFER_ASK = "Which one? Choose, then follow it."
OFFER_FOLLOW, OFFER_CANCEL = "Follow", "Leave it"
OFFER_CHOICE = "Choose what to follow"
OFFER_LEFT = "Nothing was added."
OFFER_LATE = "That is over, or it was another member's question. Use `/source add` again."
SOURCE_ADDED = "Following **{name}** now. Its news comes with the next digest; `/source health` shows how it does."
SOURCE_REMOVED = "**{name}** is not followed any more, and what only it brought is not found here any more."
SOURCE_WAS_ALL = "⚠️ Of what is followed nothing is left for {digests}: choose other sources with `/digest edit`."

# --- filters ---------------------------------------------------------------------------------------------------------

FILTERS_SET = "From **{name}** only this gets into digests now: {filters}."
FILTERS_NONE = "Everything from **{name}** gets into digests now."
FILTER_NAMES = {
    "keywords": "with {words}",
    "without": "without {words}",
    "authors": "by {words}",
    "sections": "filed under {words}",
    "languages": "in {words}",
}
FILTER_OR, FILTER_AND = " or ", " · "
FILTER_MORE = "{number} more"
TRIED_TITLE = "What the filters of {name} let through"
TRIED_COUNT = "{passing} of the newest {listed} pass."
TRIED_PASSES, TRIED_FAILS = "✅ {title}", "✖️ {title}"
TRIED_NOTHING = "It has listed nothing yet."
TOO_MANY_FILTERS = "That is more than {most} words in one filter."
WHICH_SOURCE = "Several sources are “{value}”. Give the address, or the number of one: {numbers}."
NUMBERED = "{id} ({kind})"
WRONG_LANGUAGE = "“{value}” is no language code of two letters, such as en or de."

# --- lists in and out ------------------------------------------------------------------------------------------------

OPML_TITLE = "Sources of On Record"
OPML_NAME = "sources.opml"
EXPORTED = "{sources}, as most feed readers take them."
IMPORTED = "Following {added} from the list."
IMPORTED_KNOWN = "{number} were followed already."
IMPORTED_FAILED = "{number} could not be added:"
IMPORT_LINE = "• {failure}"
IMPORT_EMPTY = "There is no feed in that file."
IMPORT_NO_LIST = (
    "That file is no list of feeds that I can take: OPML of at most 2 MB and 2,000 feeds, as feed readers export it."
)
IMPORT_TOO_BIG = "That file is larger than {megabytes} MB."
IMPORT_LEFT = "Time ran out: import the list again for the {left} that are left."

# --- commands --------------------------------------------------------------------------------------------------------

ABOUT_SOURCE = "The publications that this server follows"
ABOUT_ADD = "Follow a publication: paste the address of its feed, or of any of its pages"
ABOUT_LIST = "Show what is followed, and what fails and why"
ABOUT_REMOVE = "Follow a publication no more"
ABOUT_HEALTH = "Show which sources fail, are paused or have fallen silent, and what to do"
ABOUT_EDIT = "Choose what of a source gets into digests"
ABOUT_TEST = "Show what the filters of a source let through"
ABOUT_IMPORT = "Follow what a feed reader's list (OPML) names"
ABOUT_EXPORT = "Give what is followed as a feed reader's list (OPML)"
OPTION_URL = "The address of a feed, or of any page of a site"
OPTION_SOURCE = "Which source"
OPTION_KEYWORDS = "Words or phrases, with commas between: one of them must be in title, summary or opening"
OPTION_WITHOUT = "Words or phrases, with commas between: none of them may be there"
OPTION_AUTHORS = "Names, with commas between: one must be among the authors"
OPTION_SECTIONS = "Sections or tags of the source, with commas between"
OPTION_LANGUAGES = "Language codes, with commas between: en, de"
OPTION_FILE = "A file that a feed reader exported, ending in .opml or .xml"

# --- command line ----------------------------------------------------------------------------------------------------

CLI_SOURCE = "follow sources, see how they do"
CLI_ACTIONS = {
    "add": "show what can be followed at an address, and follow it",
    "list": "list what is followed",
    "health": "list what fails, is paused or has fallen silent, and what to do",
    "remove": "follow a source no more",
    "import": "follow what a feed reader's list (OPML) names",
    "export": "write what is followed as OPML",
}
CLI_URL = "the address of a feed, or of any page of a site"
CLI_NAME = "the name or address of a source"
CLI_SERVER = "the Discord server, by its id; by default the only one in the database"
CLI_YES = "follow the first that is found, without asking"
CLI_OPML = "an OPML file"
CLI_OUTPUT = "the file to write; the terminal by default"
CLI_ASK_ONE = "Follow it? [y/N] "
CLI_ASK = "Follow which one? [1-{most}, nothing for none] "
CLI_WHICH_SERVER = "The database knows several servers. Name one with --server: {ids}."
CLI_NO_FILE = "There is no file that can be read at {path}."
CLI_NO_PLACE = "No file can be written at {path}."
YES = frozenset({"y", "yes"})

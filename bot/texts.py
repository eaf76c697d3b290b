"""The one catalogue of all text that users see. English; `{names}` are filled with `.format`.

A word that stands beside a sign says the same as the sign: no meaning hangs on colour or picture alone.
"""

from datetime import date

from digest.model import CommitmentKind, FailureKind

NAME = "On Record"

# --- numbers and days ------------------------------------------------------------------------------------------------

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def count(number: int, one: str, many: str = "") -> str:
    """Return the number with its noun: "1 story", "4 stories"; the plural adds an s unless given."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def short_day(day: date) -> str:
    """Return a day as the head of a digest has it, "Mon 23 Nov", whatever the locale of the machine."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def long_day(day: date) -> str:
    """Return a day with its year, "23 Nov 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"


# --- the digest ------------------------------------------------------------------------------------------------------

DIGEST_HEAD = "📰 **{name}** · {day} — {stories} from {outlets}"
DIGEST_HEAD_QUIET = "📰 **{name}** · {day} — nothing new"
DIGEST_HEAD_DUE = "{head} · {due}"
DIGEST_CONTINUED = "📰 **{name}** · {day} — part {part} of {parts}"
DUE_ONE, DUE_MANY = "commitment falls due", "commitments fall due"

INDEX_TITLE = "In this digest"
INDEX_LINE = "**{number}** · {headline} · {outlets}"
MORE_BELOW = "-# +{number} more below"

UNTITLED = "Untitled"
UNKNOWN_OUTLET = "outlet not named"
QUOTE_BY = "— {speaker}"
QUOTE_UNSIGNED = "— speaker not named"
QUOTE_REPORTED = "in the reporter's words"
ALSO_IN = "Also in {outlets}"
AND = " and "
AND_MORE = "{shown} and {number} more"
PUBLISHED = "published"
LIVE_BLOG = "live blog"
WALLED = "only the open part was read"

KIND_SIGNS = {
    CommitmentKind.PLEDGE: "✋",
    CommitmentKind.AGREEMENT: "🤝",
    CommitmentKind.OFFER: "📨",
    CommitmentKind.PLAN: "📅",
    CommitmentKind.THREAT: "⚠️",
    CommitmentKind.REFUSAL: "🚫",
}
KIND = "{sign} {kind}"
HEDGED = "{kind}, not firm"
CONDITION = "condition: {words}"
DEADLINE = "when: {words} → {days}"
DEADLINE_WORDS = "when: {words}"
DEADLINE_DAYS = "when: {days}"
REPORTED_BY = "reported by: {name}"
DETAILS = "↳ {details}"
COMMITMENT = "{kind} · {who}{what}"
DROPPED = "-# +{units}"

DUE_TITLE = "Falling due"
SAID = "reported {day}"
SMALL = "-# {text}"
MORE_DUE = "-# +{number} more that fall due"

COVERS = "Covers {start} – {end}"
LOOKED_AT = "looked at {sources} and {articles}"
OVER_CAP = "{stories} over the cap"
FAILED = "{name}: {reason}"
FAILED_SINCE = "{name}: {reason}, since {day}"
NOT_READ = "Not read: {failure}"
MORE_FAILED = "Not read: {number} more"
FOOTER = "On Record · words in quotation marks are the articles' own"

FAILURE_REASONS = {
    FailureKind.UNREACHABLE: "could not be reached",
    FailureKind.REFUSED: "refused to answer",
    FailureKind.UNSAFE: "is not safe to fetch",
    FailureKind.NOT_A_FEED: "sent no feed",
    FailureKind.NO_ARTICLE: "has no article to read",
    FailureKind.TOO_HARD: "took too long to read",
}
FAILURE_STATUS = "{reason} (HTTP {status})"

# --- look-ups --------------------------------------------------------------------------------------------------------

ARTICLES_TITLE = "Articles about “{query}”"
QUOTES_TITLE = "Quotes about “{query}”"
COMMITMENTS_TITLE = "Commitments"
COMMITMENTS_TITLE_ABOUT = "Commitments about “{query}”"
COMMITMENTS_TITLE_KIND = "{title} · {kind}"
NOTHING_FOUND = (
    "Nothing found for “{query}”. Try fewer or other words; only articles of your server's sources are searched."
)
NO_COMMITMENTS = "No commitments on record here yet."
RESULTS = "Results {first} to {last}"
RESULTS_LEFT_OUT = "+{number} too long to show here"

SOURCES_TITLE = "Sources"
NO_SOURCES = "No sources yet. Add one with `/source add`: the address of a feed, or of a page that names one."
SOURCE_READ = "read {when}"
SOURCE_NEVER_READ = "not read yet"
SOURCES_LEFT_OUT = "+{number} more"

HELP_TITLE = "On Record"
HELP_TEXT = (
    "I follow news sources and post digests here: summaries, key quotes and who committed to what.\n"
    "Every word in quotation marks is copied from an article, nothing is written by a machine."
)
HELP_EVERYBODY = "For everybody"
HELP_MANAGERS = "For who manages the server"
HELP_COMMANDS = {
    HELP_EVERYBODY: (
        ("/article search", "articles by their words"),
        ("/quote search", "who said what"),
        ("/commitment list", "who committed to what, by kind and words"),
        ("/help", "this page"),
    ),
    HELP_MANAGERS: (
        ("/source add", "follow a feed, or a page that names one"),
        ("/source list", "what is followed, and what fails"),
        ("/digest setup", "channel, time, zone and sources of a digest"),
        ("/digest preview", "what the next digest would say, for your eyes only"),
        ("/digest now", "post what is new at once"),
    ),
}
HELP_LINE = "**{command}** {does}"

# --- errors ----------------------------------------------------------------------------------------------------------

ERROR_UNREACHABLE = "The site did not answer. Try again later."
ERROR_REFUSED = "The site refused to give the page (HTTP {status}). Check the address, or open it in a browser."
ERROR_UNSAFE = "That address is not fetched: only public web pages over http or https, of a sensible size."
ERROR_NO_FEED = "That is neither a feed nor a page that names one. Look for the site's RSS or Atom address."
ERROR_NO_ARTICLE = "The page came, but there is no article in it."
ERROR_READING = "The page is too hard to read: it was stopped after taking too long."
ERROR_NOT_FOUND = "There is no such thing here. It may have been removed."
ERROR_ALREADY_EXISTS = "That is already there."
ERROR_CORRUPT_STORE = "The database is damaged or newer than this program. Tell who runs this bot."
ERROR_STORE = "The database did not take that. Try again; if it goes on, tell who runs this bot."
ERROR_SETTINGS = "These settings are missing or wrong:\n{problems}"
ERROR_FORBIDDEN_CHANNEL = "I may not post in <#{channel_id}>. Grant me there: {missing}."
ERROR_CHANNEL_GONE = "That channel is gone. Choose another one with `/digest setup`."
ERROR_REJECTED_PART = "Discord will not take this message."
ERROR_DELIVERY = "The message did not go out. It will be tried again."
ERROR_UNEXPECTED = "Something went wrong on my side. It is in the log; try again."

# --- settings and permissions ----------------------------------------------------------------------------------------

SETTING_DATABASE = "must begin with sqlite+aiosqlite:// or postgresql+psycopg://"
SETTING_TOKEN = "must be one word of plain characters, as Discord's developer portal shows it"  # noqa: S105 -- advice
PERMISSIONS_UNKNOWN = "View Channel, Send Messages, Embed Links, Read Message History"
PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}

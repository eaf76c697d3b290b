"""The one catalogue of all text that users see. English; `{names}` are filled with `.format`.

A word that stands beside a sign says the same as the sign: no meaning hangs on colour or picture alone.
"""

from digest.model import CommitmentKind

NAME = "On Record"

# --- numbers and days ------------------------------------------------------------------------------------------------

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def count(number: int, one: str, many: str = "") -> str:
    """Return the number with its noun: "1 story", "4 stories"; the plural adds an s unless given."""
    return f"{number} {one if number == 1 else many or one + 's'}"


DAY_AND_TIME = "{day} {time}"
SOME_DAY = "a day beyond the calendar"
SPANS_OF_TIME = (
    (31_536_000, "year"),
    (2_592_000, "month"),
    (86_400, "day"),
    (3600, "hour"),
    (60, "minute"),
    (1, "second"),
)
AGO = "{amount} ago"
AHEAD = "in {amount}"

# --- the digest ------------------------------------------------------------------------------------------------------

DIGEST_HEAD = "📰 **{name}** · {day} — {stories} from {outlets}"
DIGEST_HEAD_QUIET = "📰 **{name}** · {day} — nothing new"
DIGEST_HEAD_DUE = "{head} · {due}"
DIGEST_CONTINUED = "📰 **{name}** · {day} — part {part} of {parts}"
DUE_ONE, DUE_MANY = "commitment falls due", "commitments fall due"

INDEX_TITLE = "In this digest"
INDEX_LINE = "**{number}** · {headline} · {outlets}"
INDEX_LINE_MARKED = "{line} · {mark}"
UPDATE = "update, day {day}"
NEW = "new"
MORE_BELOW = "-# +{number} more below"

UNTITLED = "Untitled"
UNKNOWN_OUTLET = "outlet not named"
ELLIPSIS = " … "
QUOTE_BY = "— {speaker}"
QUOTE_UNSIGNED = "— speaker not named"
QUOTE_UNSURE = "speaker not certain"
QUOTE_REPORTED = "in the reporter's words"
ALSO_IN = "Also in {outlets}"
SHORTENED_IN = "shortened in {outlets}"
HIT_ALSO_IN = "also in {outlets}"
AND = " and "
AND_MORE = "{shown} and {number} more"
PUBLISHED = "published"
LIVE_BLOG = "live blog"
WALLED = "only the open part was read"
GALLERY, LIST, VIDEO = "gallery", "list", "video"

KIND_SIGNS = {
    CommitmentKind.PLEDGE: "✋",
    CommitmentKind.AGREEMENT: "🤝",
    CommitmentKind.OFFER: "📨",
    CommitmentKind.PLAN: "📅",
    CommitmentKind.THREAT: "⚠️",
    CommitmentKind.REFUSAL: "🚫",
}
KIND = "{sign} {kind}"
KIND_UNNAMED_THREAT = "announced"
HEDGED = "{kind}, not firm"
CONDITION = "condition: {words}"
DEADLINE = "when: {words} → {days}"
DEADLINE_WORDS = "when: {words}"
DEADLINE_DAYS = "when: {days}"
REPORTED_BY = "reported by: {name}"
DETAILS = "↳ {details}"
COMMITMENT = "{kind} · {who}{what}"
DROPPED = "-# +{units}"

SMALL = "-# {text}"

COVERS = "Covers {start} – {end}"
LOOKED_AT = "looked at {sources} and {articles}"
OVER_CAP = "{stories} over the cap"
WITHOUT_NEWS = "{stories} with nothing new"
FILTERED = "{articles} kept out by filters"
RESERVED = "{pages} kept back at the publisher's wish"
BEHIND_WALLS = "{pages} behind a login or paywall"
FAILED = "{name}: {reason}"
FAILED_SINCE = "{name}: {reason}, since {day}"
NOT_READ = "Not read: {failure}"
MORE_FAILED = "Not read: {number} more"
FOOTER = "On Record · words in quotation marks are the articles' own"

# --- look-ups --------------------------------------------------------------------------------------------------------

ARTICLES_TITLE = "Articles about “{query}”"
QUOTES_TITLE = "Quotes about “{query}”"
COMMITMENTS_TITLE = "Commitments"
COMMITMENTS_TITLE_ABOUT = "Commitments about “{query}”"
COMMITMENTS_TITLE_KIND = "{title} · {kind}"
NOTHING_FOUND = "Nothing found for “{query}”. Try fewer or other words; only this server's sources are searched."
NOTHING_ON_RECORD = "Nothing on record here yet."
NO_MORE = "No more results."
RESULTS = "Results {first} to {last}"
MORE = "-# +{number} more"
TOO_LONG = "too long to show here"

# --- errors ----------------------------------------------------------------------------------------------------------

ERROR_REFUSED = "The site refused to give the page (HTTP {status}). Check the address, or open it in a browser."
ERROR_DISALLOWED = "The site asks bots to stay away from that address (robots.txt), and I keep to it."
ERROR_RESERVED = "The publisher of that page allows no excerpts, and I keep to it."
ERROR_UNSAFE = "That address is not fetched: only public web pages over http or https, of a sensible size."
ERROR_NO_FEED = "There is nothing to follow there: no feed, no list of articles. Look for the site's RSS address."
ERROR_NO_ARTICLE = "There is no article to read there: it may be a PDF, a picture, or a page of links only."
ERROR_READING = "The page is too hard to read: reading took too long or broke off, and was stopped."
ERROR_NOT_FOUND = "There is no such thing here. It may have been removed."
ERROR_ALREADY_EXISTS = "That is already there."
ERROR_CORRUPT_STORE = "The database is damaged or newer than this program. Tell who runs this bot."
ERROR_STORE = "The database did not take that. Try again; if it goes on, tell who runs this bot."
ERROR_SETTINGS = "These settings are missing or wrong:\n{problems}"
ERROR_FORBIDDEN_CHANNEL = "I may not post in <#{channel_id}>. Grant me there: {missing}."
ERROR_CHANNEL_GONE = (
    "That channel is gone, and what was kept for it stays unposted. Make a new digest elsewhere with `/digest setup`."
)
ERROR_REJECTED_PART = "Discord will not take this message."
ERROR_DELIVERY = "The message did not go out. It will be tried again."
ERROR_UNEXPECTED = "Something went wrong on my side. It is in the log; try again."

# --- settings and permissions ----------------------------------------------------------------------------------------

SETTING_NEEDS_POSTGRES = (
    "must be of PostgreSQL (postgresql+psycopg://...) for several processes: "
    "`onrecord migrate --to URL` moves what you have; `onrecord run` alone needs none"
)
SETTING_NEEDS_TOKEN = "is needed by gateways, and by workers that deliver"  # noqa: S105 -- advice
SETTING_DATABASE = "must begin with sqlite+aiosqlite:/// or postgresql+psycopg://"
SETTING_DATABASE_SIGNS = (
    "must be postgresql+psycopg://user:password@host:port/name, with signs like @ / : # in a password written as "
    "%40 %2F %3A %23"
)
SETTING_API = "must be the http:// or https:// address of a proxy, without a name, a password or a question mark"
SHARDS_FORM = "must be like 0-3/16, the first to the last of how many there are in all, or 5/16"
SHARDS_RANGE = "of {count} shards there are those from 0 to {last}, and the first comes before the last"
SETTING_STATUS = "must be host:port, as in 127.0.0.1:9464, or off"
SETTING_TOKEN = "must be one word of plain characters, as Discord's developer portal shows it"  # noqa: S105 -- advice
SETTINGS = {
    "DEVELOPMENT_GUILD_ID": "must be the id of one server, a number, or empty",
    "READING_PROCESSES": "must be a whole number from 1 to 64",
    "TEXT_DAYS": "must be a whole number of days from 1 to 3650",
    "ALLOW_PRIVATE_NETWORKS": "must be true or false",
    "CONTACT_URL": "must be the address of a page, beginning with https:// or http://, or empty",
    "LOG_FORMAT": "must be console or json",
    "LOG_LEVEL": "must be DEBUG, INFO, WARNING or ERROR",
    "STATUS_ADDRESS": SETTING_STATUS,
}
"""What is allowed, of settings of which one sentence says it all."""

PERMISSIONS_UNKNOWN = "View Channel, Send Messages, Embed Links, Read Message History"
PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
    "manage_threads": "Manage Threads",
}

# --- pages and terminals ---------------------------------------------------------------------------------------------

PAGE_APP = "APP"
PAGE_PICTURE = "picture"
PAGE_CAPTION = "a preview: this is what the channel would show"
LOCAL_CHANNEL = "on-record"
LOCAL_REPLY = "↱ in answer to message {number}"
BRIEF_QUOTES, BRIEF_COMMITMENTS = "Quotes", "Commitments"
BRIEF_EMPTY = "Nothing to show in it."
BRIEF_NOT_PARSED = "Speakers and commitments are found in English only; this is in “{language}”."
BRIEF_READ_UNTIL = "Read up to character {read_until}."

# --- command line ----------------------------------------------------------------------------------------------------

CLI_ABOUT = "Follows news sources and posts digests to Discord: summaries, quotes and commitments, word for word."
CLI_RUN = "start the bot; without DISCORD_TOKEN, show the digest of the bundled articles"
CLI_STAY = "without a token: keep the clock running"
CLI_PREVIEW = "show a digest in the terminal and as a page: of files, pages or feeds, else of the bundled articles"
CLI_OUTPUT = "where the page goes (default: %(default)s)"
CLI_READ = "read articles and print what is in them"
CLI_JSON = "print one JSON object a line"
CLI_STORE = "The database at DATABASE_URL cannot be used: {why}."
CLI_INPUTS = "an .html or .txt file (also .gz), or an address; for preview a feed too"
INPUT_FAILED = "{name}: {why}"
INPUT_MISSING = "There is no such file."
INPUT_FOLDER = "That is a folder, not a file."
INPUT_UNREADABLE = "The file cannot be read."
INPUT_EMPTY = "The file is empty."
INPUT_TOO_BIG = "The file is too big: more than {megabytes} MB."
INPUT_BINARY = "The file holds something else than text."
INPUT_NOT_UTF8 = "The file is not UTF-8 text."
INPUT_UNKNOWN = "I read .html and .txt files, feeds in .xml, and http or https addresses."
INPUT_NOTHING = "Nothing could be read, so there is no page."
STOPPED = "Stopped."
PREVIEW_NAME = "Preview"

# --- commands: what they are called in Discord's own lists, and what they answer -------------------------------------

ABOUT_DIGEST = "Digests of the news: what is posted where, and when"
ABOUT_DIGEST_NOW = "Post what is new now, beside the schedule"
ABOUT_DIGEST_PREVIEW = "Show what the next digest would say, to you alone"
ABOUT_DIGEST_SETUP = "Choose when and where a digest is posted, and from which sources"
ABOUT_ARTICLE = "Articles of this server's sources"
ABOUT_ARTICLE_SEARCH = "Find articles by their words"
ABOUT_QUOTE = "Who said what, in the articles of this server's sources"
ABOUT_QUOTE_SEARCH = "Find quotes by their words or by who said them"
ABOUT_COMMITMENT = "Who committed to what, in the articles of this server's sources"
ABOUT_COMMITMENT_LIST = "List commitments, the newest first"
ABOUT_HELP = "Show what I can do"

OPTION_DIGEST = "Which digest; needed where there are several"
OPTION_CHANNEL = "Where the digest is posted"
OPTION_TIME = "When, in the zone that you choose: 8:00, or several as 8:00, 18:30"
OPTION_ZONE = "The time zone: type the name of a large city"
OPTION_SOURCES = "From which sources; all that the server follows if you leave it out"
OPTION_KEYWORDS = "Words or phrases, with commas between: stories that name one come further up"
OPTION_NAME = "What the digest is called; a second name in a channel makes a second digest"
OPTION_WORDS = "Words that must all be there"
OPTION_SPEAKER_WORDS = "Words that must all be in the quote, its speaker's name or role"
OPTION_KIND = "One kind only"
OPTION_PAGE = "Further results"

SETUP_DONE = "**{name}** goes to <#{channel_id}> at {times} ({zone}), from {sources}. {next}"
SETUP_ALL_SOURCES = "all sources of this server"
SETUP_KEYWORDS = "Stories that name one of these come further up: {words}."
SETUP_NO_SOURCES = "This server follows no sources yet: add one with `/source add`."
NOW_POSTED = "**{name}** is in <#{channel_id}>."
DIGEST_PAUSED = "Its schedule is paused: {why}"
NOW_ON_ITS_WAY = "**{name}** is on its way to <#{channel_id}>: Discord does not take it just now, and I keep trying."
NOW_NOTHING_NEW = "There is nothing new for **{name}**: everything that I read was in a digest already."
PREVIEW_NOTHING_NEW = "There is nothing new for **{name}** yet."
SUBSCRIPTION_CHOICE = "{name} in #{channel}, {times} {zone}"
UNKNOWN_CHANNEL = "a channel that is gone"
ALL_SOURCES_CHOICE = "All sources"

WRONG_TIME = "“{value}” is no time of day. Write it as 8:00 or 18:30, several with commas."
WRONG_ZONE = "“{value}” is no time zone that I know. Type the name of a large city and choose from the list."
OFFSET_ZONE = "“{value}” is an offset, whose sign is read in two ways. Give the name of a place, like Europe/Berlin."
WHICH_ZONE = "“{value}” can be several time zones. Say which one: {zones}."
WRONG_SOURCE = "This server does not follow “{value}”. `/source list` shows what it follows, `/source add` adds to it."
WRONG_DIGEST = "There is no digest “{value}” in this server. Choose from the list, or make one with `/digest setup`."
SAME_DIGESTS = "This server has several digests “{value}”. Choose one from the list that appears when you type."
WHICH_DIGEST = "This server has several digests. Say which one: the list appears when you type."
NO_DIGEST = "This server has no digest yet. Make one with `/digest setup`."
TOO_MANY_KEYWORDS = "A digest has at most {most} keywords."
TOO_MANY_TIMES = "That is more than {most} times a day."

ERROR_NO_PERMISSION = "You need the permission {missing} in this server for that."
ERROR_GUILD_ONLY = "That works in a server only."
PERMISSION_MANAGE_GUILD = "Manage Server"

# --- starting up -----------------------------------------------------------------------------------------------------

TOKEN_REFUSED = "Discord does not know this token; copy it again from Discord's developer portal"  # noqa: S105 -- advice
GUILD_REFUSED = "Discord does not let this bot register commands there: invite it with the scope applications.commands"
ERROR_START = "Discord cannot be reached. Check this machine's connection and start again."
ERROR_START_LATER = "Discord limits how often a bot may register its commands. Start again in {seconds} seconds."
LOCAL_NOW = "No DISCORD_TOKEN is set, so this is a show of the bundled articles. It takes {now} ({zone}) as now."
LOCAL_NOTHING = "There is nothing to show: none of the bundled articles could be read."
LOCAL_PREVIEW = "The same as a page: {path}"
LOCAL_GO_LIVE = (
    "To go live: make a bot at https://discord.com/developers/applications, put its token into the environment or into "
    "a file .env here as\n  DISCORD_TOKEN=the token\nand start again. Then invite it with the scopes bot and "
    "applications.commands, and set it up with /source add and /digest setup."
)
LOCAL_STAYS = "The clock keeps running; Ctrl-C ends."

"""What users see where they look back: a day, the last days, an article, a speaker, a story."""

from digest.model import Trouble

# --- lists and their controls ----------------------------------------------------------------------------------------

PREVIOUS, NEXT = "Previous", "Next"
PAGE_OPTION = "{footer} · further results: page {page} of the command"
STALE = "Not read for more than a day: {sources}. What they print since is missing here."
STALE_ONE = "{name} (since {since})"
OPEN_ARTICLE = "Open an article"
QUOTES = "Quotes ({number})"
COMMITMENTS = "Commitments ({number})"

# --- days ------------------------------------------------------------------------------------------------------------

ABOUT_TODAY = "Show the digest of today, or of another day, to you alone"
ABOUT_CATCHUP = "Show what you missed: the digests of the last days as one, with what still stands"
OPTION_DATE = "Another day: yesterday, monday, 26.11., 2026-11-26; today if you leave it out"
OPTION_CATCHUP_DAYS = "How many days, today among them; 3 if you leave it out"

TODAY, YESTERDAY = "today", "yesterday"
WRONG_DAY = "“{value}” is no day that I understand. Write it as yesterday, monday, 26.11. or 2026-11-26."
DAY_TO_COME = "{day} is still to come. When the next digest comes is what `/today` says."
NO_POST_ON = "No digest was posted here on {day}."
NO_POST_TODAY = "No digest was posted here today."
NEAREST = "The nearest days with one:"
NO_POST_EVER = "No digest was posted here yet."
NOT_YET = "**Not posted yet.** **{name}** comes {when}. This is what it would say now:"
NOT_YET_NOTHING = "**{name}** comes {when}. There is nothing new for it yet."
COMES_NEXT = "The next one, **{name}**, comes {when}."
STILL_TO_COME = "-# still to come today: {digests}"
STILL_ONE = "{name} {when}"
STILL_OTHERS = "and {number} more"
DAY_TITLE = "Digests of {day}"
DAY_DIGEST = "**{name}** · <#{channel_id}> · {when}"
DAY_CHOICE = "Show one"
DAY_DIGEST_CHOICE = "{name}, {time}"
GO_TO_MESSAGE = "Go to the message"
AS_PAGE = "As a page"
PAGE_SENTENCE = "The digest as a page: open it in a browser, or print it. It loads nothing from anywhere."
PAGE_FILE = "digest-{day}-{number}.html"
PAGE_FOOT = "Made by On Record. Words in quotation marks are the articles' own; titles lead to the articles."
PAGE_AS_OF = "as it stands on {time}"

RECAP_TITLE = "The last {days}"
RECAP_TITLE_ONE = "Today"
RECAP_HEAD = "{editions} with {stories}, since {since}"
RECAP_GONE = "{articles} left out: retracted or removed since"
RECAP_NOTHING = "No digest was posted here in the last {days}. `/today` says when the next one comes."
RECAP_STORY = "**{headline}** · {facts}"
RECAP_DAY = "day {day}, since {since}"
RECAP_TOLD = "told {when}"
RECAP_STANDING = "Still stands"
RECAP_FALLEN = "Fell due"
RECAP_WITHDRAWN = "Taken back"
MORE_STORIES = "-# +{number} more stories"
MORE_COMMITMENTS = "-# +{number} more: /commitment list"

# --- articles --------------------------------------------------------------------------------------------------------

ABOUT_ARTICLE_SHOW = "Show an article: its summary, quotes, commitments, and whether it was corrected"
OPTION_ARTICLE = "Type words of its title and choose from the list, or paste its address"
WRONG_ARTICLE = (
    "No article here fits “{value}”. Type words of its title and choose from the list; only this server's sources are "
    "searched."
)
PUBLISHED_AT = "published {when}"
READ_AT = "read {when}"
VERSIONS = "✏️ its words changed {times} since it was first read; this is how it reads now"
NO_SUMMARY = "No sentence of it stands for the rest."
TROUBLES = {
    Trouble.CORRECTED: "⚠️ its outlet corrected it",
    Trouble.REMOVED: "⚠️ its outlet removed it",
    Trouble.RETRACTED: "⚠️ its outlet retracted it",
}
TROUBLE_SINCE = "{trouble}; noticed {when}"
NOT_SHOWN = "-# +{units}"
QUOTES_OF = "Quotes in “{title}”"
COMMITMENTS_OF = "Commitments in “{title}”"
NO_QUOTES = "There are no quotes in it that I could find."
NO_COMMITMENTS = "There are no commitments in it that I could find."

# --- speakers --------------------------------------------------------------------------------------------------------

ABOUT_BY = "Show what somebody said, newest first, also under their other names"
ABOUT_QUOTE_EXPORT = "Get quotes as a file"
OPTION_SPEAKER = "Type a part of the name and choose from the list"
OPTION_SPEAKER_EXPORT = "Whose quotes; everybody's if you leave it out"
OPTION_FORMAT = "For programs (JSON) or for spreadsheets (CSV)"
SAID_TITLE = "What {speaker} said"
ALSO_CALLED = "also printed as {names}"
SPEAKS_AS = "printed as: {roles}"
WHICH_SPEAKER = "Several people may be meant by “{value}”. Choose one: {names}."
WRONG_SPEAKER = (
    "Nobody called “{value}” is quoted here. Type a part of the name and choose from the list; only this server's "
    "sources are searched."
)
EXPORTED_QUOTES = "{quotes} in the file, the newest first."
EXPORTED_NEWEST = "There are more than fit: these are the newest."

# --- stories ---------------------------------------------------------------------------------------------------------

ABOUT_STORY = "Show a story over time: its days, outlets, articles, strongest quotes, commitments"
OPTION_STORY = "Type words of its headline and choose from the list"
STORY_FACTS = "since {since} · {days} · {articles} from {outlets}"
STORY_STEP = "**day {day}** · {when} · {headline}"
STORY_STEP_GONE = "{step}\n-# {trouble}"
STORY_QUOTES = "Strongest quotes"
STORY_COMMITMENTS = "Commitments"
STORY_CHOICE = "{headline}"
WRONG_STORY = (
    "No story that was told here lately fits “{value}”. Type words of its headline and choose from the list, or look "
    "for articles with `/article search`."
)
WHICH_STORY = "Several stories fit “{value}”. Choose one from the list that appears when you type: {headlines}."

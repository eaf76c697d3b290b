"""What users see while a digest is set up, looked at, tested, and taken away."""

from digest.model import DeliveryState, EditionKind, Style

# --- the panel -------------------------------------------------------------------------------------------------------

TITLE = "Setting up a digest · step {number} of {steps}: {step}"
STEPS = {
    "channel": "where",
    "times": "when",
    "look": "days and look",
    "sources": "sources",
    "more": "pings and habits",
    "rules": "more and less",
}
HINTS = {
    "channel": "Choose the channel, thread or forum that the digest is posted to.",
    "times": "Press the button, and write when it comes, in which zone, and what it is called.",
    "look": "Choose the days on which it comes, and how it is laid out.",
    "sources": "Choose the sources that it is made of. With none chosen it is made of all that this server follows.",
    "more": "Choose whom it pings, if anybody, and what becomes of digests that were missed.",
    "rules": "Look at the last seven days: of any story in them you can ask for more or for less.",
}
HINT = "-# {hint}"
WARNING = "⚠️ {warning}"
STANDS_PAUSED = "Paused: {why}"
SAVED_NOT = "Nothing of this is saved before you press Save."
SAVED_BEFORE = "Changes count when you press Save."

GOES_TO = "**{name}** goes to <#{channel_id}>."
GOES_NOWHERE = "**{name}** has no channel yet."
COMES_AT = "It comes at {times} ({zone}), {days}."
COMES_AT_NO_ZONE = "It comes at {times}, {days}; it has no time zone yet."
COMES_NEVER = "It has no time yet."
EVERY_DAY = "every day"
ON_DAYS = "on {days}"
FROM_ALL = "It is made of all sources of this server ({sources})."
FROM_SOME = "It is made of {sources}: {names}."
FROM_SOME_MORE = "{names} and {number} more"
FROM_GONE = "It is made of sources that this server follows no more."
LOOKS = {
    Style.CARDS: "Each story has a card, at most {stories}.",
    Style.BRIEF: "Each story has a headline and a sentence, at most {stories}.",
    Style.STORIES: "Each story is a message of its own, at most {stories}.",
}
PINGS = "It pings <@&{role_id}>."
PINGS_NOBODY = "It pings nobody."
MORE_OF = "More: {words}."
LESS_OF = "Less: {words}."
MORE_WORDS = "and {number} more"
NO_RULES = "No story is asked for more or less."

STYLES = {
    Style.CARDS: ("Cards", "A card a story: sentences, quotes, commitments"),
    Style.BRIEF: ("Brief", "Headlines, each with its first sentence"),
    Style.STORIES: ("Stories", "One message a story, for threads and forums"),
}
ANSWERS = ("Answer on due days", "Answer a post on the day on which a commitment in it falls due")
SAYS_WHEN_EMPTY = ("Say when there is nothing new", "Otherwise nothing is posted then")

STEP_CHOICE = "{number} · {step}"
GO_TO = "Go to another step"
CHOOSE_CHANNEL = "The channel"
CHOOSE_DAYS = "On which days"
CHOOSE_STYLE = "How it looks"
CHOOSE_SOURCES = "Sources {first} to {last} of {number}"
CHOOSE_ROLE = "The role to ping, if any"
CHOOSE_CATCH_UP = "After a time in which I was not running"
CHOOSE_HABITS = "Habits"
BACK, NEXT, WEEK, TEST, SAVE = "Back", "Next", "Last seven days", "Post a test", "Save"
EDIT_TIMES, EDIT_RULES = "Times, zone, name", "Edit more and less"
ALL_SOURCES, NEXT_SOURCES = "All sources", "Next 25"

FORM_TIMES = "When it comes, and what it is called"
FORM_RULES = "More and less"
FIELD_NAME = "Name"
FIELD_TIMES = "Times, with commas between"
FIELD_ZONE = "Time zone: the name of a large city"
FIELD_QUIET = "Quiet hours, if any"
FIELD_STORIES = "Stories at most, 1 to 25"
FIELD_MORE = "More of, with commas between"
FIELD_LESS = "Less of, with commas between"
EXAMPLE_TIMES, EXAMPLE_ZONE, EXAMPLE_QUIET = "8:00, 18:30", "Berlin", "22:00-7:00"

MISSING = (
    "In <#{channel_id}> I still need: {missing}. Grant it in that channel's settings under Permissions, or to my role "
    "in the server's settings."
)
ROLE_GONE = "The role to ping is gone. Choose another, or none."
ROLE_NOT_MENTIONABLE = (
    "I may not ping <@&{role_id}> in <#{channel_id}>, so its members would hear nothing. Allow anyone to mention the "
    "role in its settings, or grant me Mention Everyone in that channel."
)
STYLE_PROPOSED = "In threads and forums one message a story reads best: choose the look “Stories” in the step “{step}”."

NOT_YOURS = "Somebody else is setting this up. `/digest setup` begins a set-up of your own."
ENDED = "This set-up has ended: it was left for a day, or begun anew. Use `/digest setup` or `/digest edit`."
NOT_EVERYONE = "A digest never pings everyone. Choose a role."
TOO_LONG_KEYWORD = "“{value}” is too long: a word or phrase has at most {most} characters."
WRONG_STORIES = "“{value}” is no number of stories from 1 to 25."
STILL_MISSING = "Before that, choose: {steps}."
NEEDS = {"channel": "a channel", "times": "a time", "zone": "a time zone"}
SOURCES_GONE = (
    "The sources that were chosen are followed no more, so it would always be empty. Choose others, or all, in the "
    "step “{step}”."
)
SAME_DIGEST = (
    "There is a digest called **{name}** in <#{channel_id}> already: Save puts this one in its place. Call it "
    "otherwise to have both."
)
DELETED_MEANWHILE = "This digest was deleted meanwhile. `/digest setup` makes a new one."
NO_NAME = "“{value}” shows nothing as a name. Use letters or digits."
STALE_SOURCE = "That source is not followed any more. The list shows those that are."

# --- the week --------------------------------------------------------------------------------------------------------

WEEK_TITLE = "{name}: the last seven days as they would have been"
WEEK_DAY = "**{day}** · {stories}"
WEEK_DAY_NONE = "**{day}** · no digest on this day"
WEEK_DAY_EMPTY = "**{day}** · nothing new"
WEEK_HEADLINE = "• {headline}"
WEEK_MORE = "-# +{number} more"
WEEK_ALL_READ = "-# {pages} of these days read."
WEEK_READING = "-# {read} of {pages} of these days read; the others are being read. Press “{again}” in a minute."
WEEK_NO_PAGES = "-# The sources list no page of these days."
WEEK_AGAIN, WEEK_TO_PANEL = "The week again", "To the set-up"
CHOOSE_DAY = "See a day as it would have been posted"
DAY_CHOICE = "{day}: {stories}"
DAY_EMPTY = "On {day} there would have been nothing to post."
CHOOSE_STORY = "More or less like one of these"
STORY_GONE = "That story is not among them any more. Press “{again}” and choose anew."
STORY_ASK = "**{headline}**\nOf what is there to be more or less? Each word is looked for in headlines and openings."
STORY_NO_WORDS = "There is no word in **{headline}** that would find its like."
CHOOSE_MORE, CHOOSE_LESS = "More like this: stories that say", "Less like this: stories that say"
RULES_NOW = "The rules are now: {rules}\n-# They count when you press Save in the set-up; the week shows them at once."

TEST_MARK = "🧪 A test of what is being set up: it counts for nothing."
TEST_POSTED = "The test is in <#{channel_id}>: {link}"
TEST_LINK = "see it"
TEST_NOTHING = "There is nothing to test with: nothing new, and nothing in the last seven days. Try again in a minute."

# --- looking after a digest ------------------------------------------------------------------------------------------

ABOUT_EDIT = "Change everything about a digest"
ABOUT_HISTORY = "Show what became of a digest's editions"
ABOUT_DELETE = "Delete a digest with its settings and history; what is posted stays"
ZONE_NOW = "{zone} · now {time}"

DELETE_ASK = (
    "Delete **{name}** of <#{channel_id}>? Its settings, its rules and its history go, and what is still to be posted "
    "of it. What stands in channels stays. It cannot be undone; `/digest pause` only stops it."
)
DELETE, KEEP = "Delete it", "Keep it"
DELETED = "**{name}** is deleted. What it posted stays."
KEPT = "**{name}** stays as it is."

HISTORY_TITLE = "What became of {name}"
HISTORY_NONE = "Nothing was posted of **{name}** yet."
HISTORY_NO_MORE = "There are no further editions of **{name}**."
HISTORY_LINE = "**{what}** · {when} · {state}"
HISTORY_SLOT = "for {slot}"
HISTORY_EXTRA = "asked for beside the schedule"
HISTORY_SEE = "see it"
HISTORY_PAGE = "-# Page {page}"
OLDER, NEWER = "Older", "Newer"
HISTORY_OPEN = "Open one, or get it as a page"
HISTORY_CHOICE = "{when} · {stories}"
EDITIONS = {
    EditionKind.DIGEST: "Digest",
    EditionKind.REMINDER: "Reminder",
    EditionKind.NOTICE: "Notice about sources",
    EditionKind.SKIPPED: "Skipped",
    EditionKind.CORRECTION: "Correction",
}
STATES = {
    DeliveryState.SENT: "✅ posted",
    DeliveryState.PENDING: "⏳ on its way",
    DeliveryState.SENDING: "⏳ on its way",
    DeliveryState.HELD: "⏸️ held",
    DeliveryState.FAILED: "❌ failed",
}
STATE_WHY = "{state}: {why}"
NOTHING_POSTED = "nothing new, so nothing was posted"
DELETED_SINCE = "deleted since"

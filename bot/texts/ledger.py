"""What users see of the ledger: commitments over time, what falls due, marks, exports, and the commands for them."""

from digest.model import Change, Standing, Trouble

# --- a commitment over time ------------------------------------------------------------------------------------------

NUMBER = "No. {id}"
COMMITMENT_TITLE = "Commitment No. {id}"
HISTORY_TITLE = "History, newest first"
MARKS_TITLE = "What people here say became of it"
WITHDRAWN_SIGN = "↩️"
WITHDRAWN_KIND = "withdrawn {kind}"

FIRST_TOLD = "first told"
TOLD = "told"
CHANGES = {
    Change.REPEATED: "told again",
    Change.RESTATED: "put in other words",
    Change.SHARPENED: "sharpened",
    Change.SOFTENED: "softened",
    Change.CONDITIONED: "condition added",
    Change.WITHDRAWN: "withdrawn",
    Change.CONTRADICTED: "contradicted",
}
TROUBLES = {
    Trouble.CORRECTED: "the article was corrected and says so no longer",
    Trouble.REMOVED: "the article was removed",
    Trouble.RETRACTED: "the outlet retracted the article",
}
TROUBLE = "⚠️ {trouble}"
STANDINGS = {
    Standing.KEPT: "✅ **kept**",
    Standing.BROKEN: "❌ **broken**",
    Standing.MOVED: "➡️ **moved**",
}
MARK = "{standing}, says {name}"
MARK_DAY = "{mark}, {day}"
MARK_NOTE = "{line}: {note}"
SOMEBODY = "somebody"

CHANGED = "↳ {words}"
MORE_EARLIER = "-# +{number} earlier"
SINCE = "on record since {day}"
TOLD_TIMES = "told {number} times by {outlets}"
COUNTS_NO_MORE = "⚠️ no article tells it any more"
TAKEN_BACK = "↩️ whoever committed to it has taken it back"
OPPOSITE = "⚠️ whoever committed to it now says the opposite"
NO_DAY = "📌 no day is named"
FALLS_DUE = "📌 falls due on {day}"
FALLS_DUE_WITHIN = "📌 falls due within {days}"
FALLS_DUE_TODAY = "📌 falls due today, {day}"
FELL_DUE = "📌 fell due on {day}"
FELL_DUE_UNKNOWN = "📌 fell due on {day}; nobody here has said what became of it"

# --- lists -----------------------------------------------------------------------------------------------------------

DUE_TITLE = "Falling due"
DUE_TITLE_WITHIN = "Falling due within {days}"
NOTHING_DUE = "Nothing on record here falls due within {days}."
SAID = "reported {day}"
MORE_DUE = "-# +{number} more that fall due"

REMINDER_HEAD = "📌 **Falls due today**"
REMINDER_HEAD_DAY = "📌 **Falls due today**, {day}"
REMINDER_FOOTER = "What became of it is for people to say: /commitment mark"

# --- exports ---------------------------------------------------------------------------------------------------------

CALENDAR_NAME = "On Record: falling due"
CALENDAR_PRODUCT = "-//On Record//Commitments//EN"
CALENDAR_SUMMARY = "{kind}, {who}: “{what}”"
CALENDAR_SUMMARY_ALONE = "{kind}: “{what}”"
CALENDAR_DAYS = "Any day from {first} to {last}"
CALENDAR_MARK = "{standing}, says {name}"
EXPORTED = "{commitments} in the file, the newest first."
EXPORTED_DAYS = "Left out, because no day is named: {number}."
EXPORTED_NEWEST = "There are more than fit: these are the newest."
EXPORTED_NO_DAYS = "None of the commitments that were found names a day, so there is no calendar of them."

# --- commands --------------------------------------------------------------------------------------------------------

ABOUT_DUE = "List commitments that fall due soon, the soonest first"
ABOUT_SHOW = "Show a commitment with its history and what people here say became of it"
ABOUT_MARK = "Say for this server what became of a commitment"
ABOUT_EXPORT = "Get the commitments on record as a file"

OPTION_DAYS = "How many days ahead; 7 if you leave it out"
OPTION_COMMITMENT = "Type some of its words and choose from the list, or type its number"
OPTION_STANDING = "What became of it"
OPTION_NOTE = "Why you think so"
OPTION_FORMAT = "For programs (JSON), for spreadsheets (CSV), or for calendars (ICS)"
OPTION_ANSWERS = "Whether I answer a post on the day on which a commitment in it falls due"

CHOICE = "No. {id} · {kind} · {words}"
CHOICE_WHO = "{who}: {what}"
WRONG_COMMITMENT = "There is no commitment “{value}” on record here. Type some of its words and choose from the list."
WHICH_COMMITMENT = "Several commitments fit “{value}”. Choose one from the list that appears when you type."

SETUP_ANSWERS = "On the day on which a commitment falls due, I answer the post that showed it."
SETUP_NO_ANSWERS = "On the day on which a commitment falls due, I do not answer the post that showed it."

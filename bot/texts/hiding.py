"""What users see where something is taken back or hidden, and of what was reported as wrong."""

from digest.model import StatementKind

# --- in a post -------------------------------------------------------------------------------------------------------

TAKEN_BACK = "-# This server's team took something back here, at its own word."
TAKEN_BACK_ABOVE = "-# This server's team took something back below, at its own word."
NOTHING_LEFT = "Nothing of this is shown here any more."
HIDDEN_STORY = "A story that is not shown here"

# --- statements ------------------------------------------------------------------------------------------------------

KINDS = {
    StatementKind.SENTENCE: "line",
    StatementKind.QUOTE: "quote",
    StatementKind.COMMITMENT: "commitment",
}
CHOICE = "{kind}: {words}"
CHOICE_BACK = "bring back the {kind}: {words}"
CHOICE_WHERE = "{outlet} · {title}"
CHOOSE_WRONG = "Which of it is wrong?"
CHOOSE_RETRACT = "Which of it shall go? What was taken back already can be brought back."
CHOOSE_HINT = "Choose one"
CHOOSE_PAGE = "Page {page} of {pages}."
NEXT, PREVIOUS = "Next", "Previous"
NOTHING_TO_CHOOSE = "That message shows no line, quote or commitment of an article that I know."

NO_MESSAGE = (
    "That is no message that I posted in this server. Copy the link of one of mine: its menu, Copy Message Link."
)
WHICH_RETRACT = "Say what shall go: the link of a message of mine, or a commitment."
STATEMENT_GONE = "That is not in this message any more."

# --- /retract --------------------------------------------------------------------------------------------------------

ABOUT_RETRACT = "Take back a line, quote or commitment: it is shown here no more, and posts are edited"
OPTION_MESSAGE = "The link of a message of mine, or its id"
OPTION_COMMITMENT = "A commitment: type some of its words, or its number"
OPTION_NOTE = "What is wrong with it, for the record"
RETRACTED = "Taken back: {statement}\nNo look-up shows it any more. {edited}"
RETRACTED_EDITED = "I am editing {posts} that showed it."
RETRACTED_NONE = "No post shows it."
BROUGHT_BACK = (
    "Brought back: {statement}\nLook-ups and later posts show it again; posts that were edited stay as they are."
)

# --- reports ---------------------------------------------------------------------------------------------------------

REPORT = "Report a wrong extraction"
ABOUT_REPORT = "Tell who manages this server what I got wrong in a post"
FORM_TITLE = "What is wrong with it?"
FORM_NOTE = "For who manages this server"
FORM_HINT = "Wrong speaker, half a sentence, no promise at all…"
REPORTED = "Thank you. Who manages this server sees it with `/settings cases list`."

# --- cases -----------------------------------------------------------------------------------------------------------

ABOUT_CASES = "What was reported as wrong"
ABOUT_CASES_LIST = "Show what waits to be decided: take it back, or dismiss it"
ABOUT_CASES_EXPORT = "Get all cases as a file that can become tests of the reader"
OPTION_MEMBERS = "Whether the file names who reported; by default it does not"
CASES_TITLE = "Reported as wrong"
CASES_NONE = "Nothing waits to be decided."
CASE = "**No. {id}** · {kind} · {outlet} · {day}\n> {words}\n{by}"
CASE_BY = "-# reported by {name}"
CASE_NOTE = "-# reported by {name}: {note}"
CASES_FOOTER = "{number} wait"
RETRACT_CASE, DISMISS_CASE = "Retract No. {id}", "Dismiss No. {id}"
DISMISSED = "Dismissed, and forgotten: No. {id}."
EXPORTED_CASES = "{cases} in the file."
CASES_FILE = "cases.json"

# --- names -----------------------------------------------------------------------------------------------------------

ABOUT_NAMES = "Names that this server does not want to see"
ABOUT_NAME_ADD = "Show nothing with this name any more; posts of the last seven days are edited"
ABOUT_NAME_REMOVE = "Show what has this name again"
ABOUT_NAME_LIST = "List the names that are hidden here"
OPTION_NAME = "A name or phrase, as it is printed; case and accents do not count"
NAME_ADDED = "“{name}” is hidden here from now on. {edited}"
NAME_REMOVED = "“{name}” is shown again in look-ups and later posts."
NAME_THERE = "“{name}” is hidden already."
NAME_MISSING = "“{name}” is not hidden here. `/settings suppress-name list` shows what is."
NAME_EMPTY = "A name has at least one letter or digit."
NAMES_TITLE = "Hidden here"
NAMES_NONE = "No name is hidden here."
NAME_LINE = "• {name}"

"""What users see of when digests come: quiet hours, missed digests, pauses, skipped ones, and the commands for them."""

from digest.model import CatchUp

# --- in a digest's last lines ----------------------------------------------------------------------------------------

STANDS_FOR = "stands for {digests} missed before it"
PASSED_OVER = "{articles} left out"

# --- commands --------------------------------------------------------------------------------------------------------

ABOUT_LIST = "List the digests of this server: when each comes next, its quiet hours, what is paused"
ABOUT_PAUSE = "Post nothing of a digest until it is resumed; what is new waits"
ABOUT_RESUME = "Let a paused digest come again"
ABOUT_SKIP = "Leave out the next digest; what is new waits for the one after it"

OPTION_CATCH_UP = "After a time in which I was not running: what becomes of the digests that were missed"
OPTION_QUIET = "When nothing may be posted, in the same zone: 22:00-7:00"
OPTION_NOTHING_NEW = "Post a line where there is nothing new; otherwise nothing is posted then"

CATCH_UPS = {
    CatchUp.MERGE: "one digest of all that is new",
    CatchUp.LATEST: "one digest, of what is new since the one before it",
    CatchUp.SKIP: "none; what is new waits for the next digest",
}

WRONG_QUIET = "“{value}” are no quiet hours. Write them as 22:00-7:00, with another end than beginning."
QUIET_TIME = "{times} lies in the quiet hours of this digest ({quiet}). Choose another time, or shorter quiet hours."

# --- answers ---------------------------------------------------------------------------------------------------------

LIST_TITLE = "Digests of this server"
DIGEST = "**{name}** · <#{channel_id}> · {times} ({zone}) · {sources}"
NEXT = "Next: <t:{next}:F>, <t:{next}:R>."
NEVER = "No digest is to come."
PAUSED = "⏸️ Paused: {why}"
PAUSED_BY_HAND = "somebody who manages this server wanted it so. `/digest resume` lets it come again."
PAUSED_GONE = "its channel is gone. Give it another with `/digest edit`, then `/digest resume` lets it come again."
PAUSED_OTHERWISE = "{why} `/digest resume` lets it come again."
SETTING = "-# {setting}"
QUIET = "Quiet from {quiet}."
QUIET_HOURS = "{begins} to {ends}"
AFTER_TIME_AWAY = "After a time in which I was not running: {catch_up}."
SAYS_WHEN_EMPTY = "Where there is nothing new, a line says so."

PAUSE_DONE = "**{name}** in <#{channel_id}> is paused: what is new waits until `/digest resume`."
PAUSE_STANDS = "**{name}** in <#{channel_id}> was paused already: {why}"
RESUME_DONE = "**{name}** comes to <#{channel_id}> again. {next}"
RESUME_NOT_PAUSED = "**{name}** in <#{channel_id}> is not paused. {next}"
SKIP_DONE = "**{name}** leaves out <t:{skipped}:F>; what is new waits for the digest after it. {next}"
SKIP_PAUSED = "**{name}** in <#{channel_id}> is paused, so there is none to leave out: {why}"

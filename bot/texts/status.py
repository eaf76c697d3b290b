"""What is said of how the bot does: `/status`, and what admins are told when a digest lost its channel."""

# --- a lost channel --------------------------------------------------------------------------------------------------

LOST_HEAD = "⏸️ **On Record** cannot post in {server} as it was told to:"
LOST = "- **{name}** in <#{channel_id}>: {why}"
LOST_FOOT = (
    "Every setting is kept, and so is what was about to be posted where the channel is still there. When it is "
    "put right, `/digest resume` (or `/digest setup` for the same digest) goes on with all that is new."
)

# --- /status ---------------------------------------------------------------------------------------------------------

ABOUT_STATUS = "How the bot does here: what was posted last, what comes next, what is late, paused or failing"
TITLE = "How I do"
WELL = "✅ All is well."
UNWELL = "⚠️ {troubles}."
LATE = "{digests} late"
PAUSED = "{digests} paused"
FAILING = "{sources} failing"
DIGEST = "**{name}** · <#{channel_id}>\n{facts}"
LAST = "last posted {when}"
NEVER = "nothing posted yet"
NEXT = "next {when}"
NO_NEXT = "no next run"
IS_LATE = "⚠️ late since {when}: Discord does not take it, and I keep trying"
IS_UNMADE = "⚠️ due since {when}: it could not be made yet, and I keep trying; the bot's log says why"
IS_PAUSED = "⏸️ paused: {why}"
HELD = "{parts} kept until it runs again"
SOURCES_WELL = "{sources} followed, none failing."
SOURCES_FAILING = "{sources} followed, {failing} failing: `/source health` says which and why."
NO_DIGESTS = "No digest is set up here yet: `/digest setup` makes one."

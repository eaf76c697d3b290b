"""What `/help` says beside the commands' own descriptions."""

TITLE = "On Record"
TEXT = (
    "I follow news sources and post digests here: summaries, key quotes and who committed to what.\n"
    "Every word in quotation marks is copied from an article, nothing is written by a machine."
)
GROUP = "/{name}"
GROUP_MANAGERS = "/{name} · for who manages the server"
LINE = "**{name}** {about}"
LINE_MANAGERS = "**{name}** {about} (for who manages the server)"
OTHERS = "Further commands"
ON_MESSAGES = "On a message of mine: its menu, then Apps"

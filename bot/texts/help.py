"""What `/help` and the page of all commands say beside the commands' own descriptions."""

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

PAGE_TITLE = "# Commands"
PAGE_TEXT = (
    "Made from the commands themselves (`make docs`), so that it names all there are. Only you see what a command "
    "answers, unless you press Share. Look-ups reach only what your server's own sources brought."
)
PAGE_EVERYBODY = "everybody"
PAGE_MANAGERS = "who manages the server"
PAGE_COMMAND = "**`/{name}`** {about}. For {who}."
PAGE_HEAD = ("| option | needed | what |", "|---|---|---|")
PAGE_OPTION = "| `{name}` | {needed} | {about} |"
PAGE_NEEDED = "yes"
PAGE_CHOICES = "{about}. One of: {choices}"
PAGE_MENU = "- **{name}** {about}"

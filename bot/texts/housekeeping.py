"""What those who manage a server see of it: settings, who changed what, its data out and away; and the invitation."""

ABOUT_SETTINGS = "What holds for this whole server"
ABOUT_SHOW = "Show everything that is set here, and how much is kept"
ABOUT_ZONE = "Choose the time zone of this server's lists and days"
ABOUT_MARK_ROLE = "Choose a role that may use /commitment mark, beside who manages the server"
ABOUT_AUDIT = "Show who changed what here, the newest first"
ABOUT_EXPORT = "Get all that is kept of this server as a file"
ABOUT_DELETE = "Delete all that is kept of this server"
OPTION_ZONE = "The time zone: type the name of a large city"
OPTION_ROLE = "Which role; leave it out to let only managers mark"

TITLE = "Settings of this server"
SHOW_ZONE = "**Zone** {zone}"
ZONE_OF_DIGEST = "not chosen: that of the oldest digest, else UTC"
SHOW_ROLE = "**May mark commitments** {who}"
ONLY_MANAGERS = "who manages the server"
MANAGERS_AND = "who manages the server, and <@&{role_id}>"
SHOW_DIGESTS = "**Digests** {digests}: `/digest list`"
SHOW_SOURCES = "**Sources** {sources}: `/source list`"
SHOW_NAMES = "**Hidden names** {names}: `/settings suppress-name list`"
SHOW_CASES = "**Cases** {open} open, {retracted} taken back: `/settings cases list`"
SHOW_AUDIT = "**Changes on record** {changes}: `/settings audit`"
SHOW_KEPT = "**Kept besides** {kept}"
SHOW_FOOTER = "What is kept of whom, and how long: docs/privacy.md · /settings data-export, /settings data-delete"

ZONE_SET = "Days and times of this server's lists are those of {zone} now. Digests keep the zones that they have."
ROLE_SET = "<@&{role_id}> may use `/commitment mark` now, beside who manages the server."
ROLE_CLEARED = "Only who manages the server may use `/commitment mark` now."
NO_MARKER = "Only who manages the server, or has <@&{role_id}>, may say what became of a commitment."

AUDIT_TITLE = "Who changed what, the newest first"
AUDIT_NONE = "Nothing was changed here yet."
AUDIT_LINE = "{when} · **{name}** · `{action}`"
AUDIT_LINE_OF = "{line} · {subject}"

TABLES = {
    "subscriptions": ("digest", "digests"),
    "editions": ("edition", "editions"),
    "deliveries": ("posted part", "posted parts"),
    "guild_sources": ("followed source", "followed sources"),
    "ledger_marks": ("mark", "marks"),
    "hidden_names": ("hidden name", "hidden names"),
    "cases": ("case", "cases"),
    "audit_entries": ("change on record", "changes on record"),
    "drafts": ("draft", "drafts"),
    "follows": ("follow of a member", "follows of members"),
    "alerts": ("alert to a member", "alerts to members"),
    "guild_settings": ("row of settings", "rows of settings"),
}
NOTHING_KEPT = "nothing"

EXPORT_FILE = "onrecord-server.zip"
EXPORT_JSON = "onrecord-server.json"
EXPORTED = (
    "All that is kept of this server, as JSON. What members follow is theirs: of that the file has the number only."
)
EXPORTED_SHORT = "What the posts said is left out: with it the file would be larger than Discord takes."
EXPORT_TOO_LARGE = "It is more than Discord takes in one file. Ask who runs this bot for it."

DELETE_WARNING = (
    "This deletes at once all that is kept of this server: {kept}. Nothing brings it back. "
    "Posts in channels stay, and so do articles that other servers may follow. "
    "`/settings data-export` gives it to you first."
)
DELETE_BUTTON = "Delete it all…"
DELETE_TITLE = "Delete all of this server"
DELETE_NAME = "The server's name, to be sure"
DELETE_WRONG = "That is not this server's name, so nothing was deleted. It is “{name}”."
DELETED = "Deleted: {kept}. Nothing of this server is kept any more."

CLI_INVITE = "print the link that invites the bot to a server, with the least permissions"
CLI_CLIENT_ID = "the application's id; by default it is read from DISCORD_TOKEN"
NO_CLIENT_ID = "needed to know which bot to invite; or give --client-id, from Discord's developer portal"

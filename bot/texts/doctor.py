"""What `onrecord doctor` says: how each thing is, and what to do where it is not right."""

CLI_DOCTOR = "look at everything that must be right for the bot to run, and say what to do where it is not"
CLI_JSON = "print one JSON object"

LINE = "{state:<13} {check:<12} {says}"
LINE_WITH_REMEDY = "{line}. {remedy}"
SUM_RIGHT = "Nothing is wrong."
SUM_WRONG = "{wrong} wrong, {warnings}."

TOO_SLOW = "looking at it took longer than {seconds:.0f} seconds"
TOO_SLOW_REMEDY = "Try again; if it stays so, look at this machine's load, disk and network."
BROKE = "looking at it failed: {why}"
BROKE_REMEDY = "Tell the project's issue tracker, with this line."

SETTINGS_FINE = "all of them can be used"
SETTING_REMEDY = "Set it right in .env or the environment; .env.example says what it means."

NO_DATABASE_YET = "there is none yet, and the first start can make it"
NO_DATABASE_FOLDER = "there is none yet, and {folder} cannot be written to"
NO_DATABASE_FOLDER_REMEDY = "Let the user that the bot runs as write there, or set DATABASE_URL to another place."
DATABASE = "{product}, {size}, {tables}, can be written to"
TABLES_CURRENT = "tables of this version ({revision})"
TABLES_OLD = "tables of an older version ({revision})"
TABLES_OLD_REMEDY = "Nothing need be done but a backup: the next start brings them up to date."
TABLES_NONE = "no tables yet, the first start makes them"
DATABASE_WRONG = "{why}"
DATABASE_REMEDY = "Check DATABASE_URL, that the server runs, and what docs/operations.md says of the database."

TOKEN = "Discord knows it: {name} ({id}), in {servers}"  # noqa: S105 -- a sentence
TOKEN_NONE = "DISCORD_TOKEN is not set, so Discord is not asked"  # noqa: S105 -- as above
TOKEN_NONE_REMEDY = "Set it in .env to go live; without it the bot shows its bundled articles and ends."  # noqa: S105 -- as above
TOKEN_REFUSED = "Discord refuses it"  # noqa: S105 -- as above
TOKEN_REFUSED_REMEDY = "Copy it again from the Bot page of Discord's developer portal, and set DISCORD_TOKEN."  # noqa: S105 -- as above
UNREACHABLE = "Discord cannot be reached ({why})"
UNREACHABLE_REMEDY = (
    "That says nothing of the token: check this machine's network, names (DNS) and firewall, the proxy at "
    "DISCORD_API_URL where one is set, and discordstatus.com."
)
NOT_ASKED = "not looked at: that takes an answer of Discord"

INTENTS_FINE = "none privileged is turned on, and none is needed; servers can invite it"
CODE_GRANT = "“Requires OAuth2 Code Grant” is on, so that no invitation is ever finished"
CODE_GRANT_REMEDY = "Turn it off on the Bot page of Discord's developer portal."
NOT_INSTALLABLE = "the application cannot be added to servers"
NOT_INSTALLABLE_REMEDY = "Turn on Guild Install on the Installation page of Discord's developer portal."
PRIVATE = "“Public Bot” is off, so that only the application's owner can invite it"
PRIVATE_REMEDY = "Turn it on, on the Bot page of Discord's developer portal, if others shall invite it."
PRIVILEGED = "turned on and not needed: {names}"
PRIVILEGED_REMEDY = "Turn them off on the Bot page of Discord's developer portal: the bot asks for none."
INTENTS = {
    "gateway_message_content": "Message Content",
    "gateway_guild_members": "Server Members",
    "gateway_presence": "Presence",
}

STARTS = "{left} of {total} are left until {at}; Discord advises {shards}, and each start costs one a shard"
STARTS_REMEDY = "The bot waits until then rather than lose its token: look in its log for what starts it over and over."

PLACES_NONE = "no digest is posted anywhere yet"
PLACES_UNKNOWN = "not looked at: the database does not say where digests are posted"
PLACES_FINE = "{looked} looked at, of {in_all}: all can be posted to"
PLACES_LOST = "{looked} looked at, of {in_all}; {lost} cannot be posted to: {which}"
PLACES_REMEDY = "Grant what is missing in the channel's settings, or invite the bot again (onrecord invite)."
PLACES_LATE = "{looked} looked at, of {in_all}, in the time there was"
PLACE = "channel {channel_id} of server {guild_id} ({why})"
PLACE_GONE = "it is gone"
PLACE_SERVER = "the bot is not in the server"
PLACE_MISSING = "missing: {permissions}"
PLACE_UNCLEAR = "Discord did not say"
PLACES_MORE = "and {number} more"

CLOCK_FINE = "within {seconds:.0f} s of {whose}"
CLOCK_OFF = "{seconds:.0f} s {way} {whose}"
CLOCK_AHEAD, CLOCK_BEHIND = "ahead of", "behind"
CLOCK_REMEDY = "Let this machine set its clock by NTP (timedatectl set-ntp true), and the database's too."
CLOCK_UNSEEN = "not looked at: neither Discord nor a database server told the time"
CLOCK_OF_DISCORD = "Discord's"
CLOCK_OF_DATABASE = "the database server's"

DISK = "{free} free in {folder}"
DISK_REMEDY = "Make room: a backup takes as much again as the database, and a full disk stops all writing."
DISK_SERVER = "not looked at: the database lies on a server"

MEMORY = "{free} of memory can be had"
MEMORY_REMEDY = "End something else, or set READING_PROCESSES lower: the bot and its reading want about {wanted}."
MEMORY_UNSEEN = "not looked at: this system does not tell in /proc"

ZONES = "{number} zones"
ZONES_NONE = "the zone {zone} is not known"
ZONES_REMEDY = "Install the package tzdata, or set up anew with make run."

MODEL = "it is the one that was tested, and reads"
MODEL_BLIND = "it loads, and finds nothing in a plain sentence"
MODEL_WRONG = "nothing can be read with it: {why}"
MODEL_REMEDY = "Install again exactly what requirements.lock names (make clean, then make run)."

STATUS_NONE = "STATUS_ADDRESS is off: nothing listens"
STATUS_FREE = "{address} is free; the bot does not run, or tells nothing there"
STATUS_OURS = "the bot answers at {address} ({status})"
STATUS_NOT_READY = "the bot answers at {address} that it is not well ({status})"
STATUS_NOT_READY_REMEDY = "Ask /healthz and /readyz there what it lacks; docs/operations.md says what to do."
STATUS_TAKEN = "something else answers at {address}"
STATUS_TAKEN_REMEDY = "Set STATUS_ADDRESS to a free port, as 127.0.0.1:9465."
STATUS_UNUSABLE = "{address} cannot be listened at ({why})"
STATUS_UNUSABLE_REMEDY = "Set STATUS_ADDRESS to an address of this machine and a port over 1023, as 127.0.0.1:9464."


def amount(size: float) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"  # noqa: PLR2004 -- a billion

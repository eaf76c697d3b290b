"""What members see of what they follow: commands, answers, and the messages that tell them."""

from digest.model import FollowKind

# --- commands --------------------------------------------------------------------------------------------------------

ABOUT = "Be told when somebody or something that you follow is in the news here"
ABOUT_ADD = "Follow a person, an organisation or a phrase in the articles of this server's sources"
ABOUT_LIST = "Show what you follow in this server, and how often it told you"
ABOUT_REMOVE = "Follow something no more"
ABOUT_EXPORT = "Give you all that I keep of you in this server, as a file"
ABOUT_DELETE = "Delete all that I keep of you in this server"

OPTION_WHAT = "A name, or words that an article must have: choose one, or type your own"
OPTION_KIND = "What that is; I guess it if you leave it out"
OPTION_WHERE = "Where you are told; in your direct messages if you leave it out"
OPTION_ZONE = "The time zone of your quiet hours: type the name of a large city"
OPTION_QUIET = "When you want to be told nothing, in your zone: 22:00-7:00"
OPTION_WHICH = "What you follow no more"

KINDS = {
    FollowKind.PERSON: "a person",
    FollowKind.ORGANISATION: "an organisation",
    FollowKind.PHRASE: "a phrase",
}
DIRECT = "direct messages"
HERE = "here, with a mention"

# --- answers ---------------------------------------------------------------------------------------------------------

ADDED = "You follow **{words}**, {kind}: {tells}."
TELLS = {
    FollowKind.PERSON: "what they say or commit to, or else an article about them, {place}",
    FollowKind.ORGANISATION: "what it or its people say or commit to, or else an article about it, {place}",
    FollowKind.PHRASE: "each article that has these words {place}",
}
COMES_DIRECT = "comes to your direct messages"
COMES_HERE = "comes to <#{channel_id}>, with a mention of you"
GUESSED = "I took it for {kind}: add it once more with another `kind` if it is something else."
QUIET = "You are told nothing from {quiet} ({zone})."
FROM_NOW_ON = "It begins with what is published from now on. `/follow list` shows what you follow."

GREETING = (
    "🔔 From now on I tell you here when **{words}** is in the news of {server}. Each message has a button that stops "
    "it, and `/follow` in that server shows and changes what you follow."
)

LIST_TITLE = "What you follow here"
LIST_NOTHING = "You follow nothing in this server. `/follow add` begins."
LINE = "**{words}** · {kind} · since {since} · {place}"
PLACE_DIRECT = "in direct messages"
PLACE_HERE = "in <#{channel_id}>"
LINE_QUIET = "-# quiet from {quiet} ({zone})"
LINE_TOLD = "-# told you of {articles}"
LINE_PAUSED = "⏸️ Paused: {why} `/follow add` once more lets it go on."
CHANNEL_GONE = "the channel is gone."

REMOVED = "You follow **{words}** no more."
EXPORTED = "All that I keep of you in this server: {follows}, {alerts}."
EXPORTED_NEWEST = "Of the messages these are the newest, as many as one file takes."
DELETE_ASK = "This deletes {follows} and what I keep of {alerts} to you from this server. It cannot be undone."
DELETE_NOTHING = "I keep nothing of you in this server."
DELETE_BUTTON = "Delete all of it"
DELETED = "Deleted: {follows}, {alerts}. Messages that you got stay in your channel."

WHICH = "You do not follow “{value}” here. `/follow list` shows what you follow."
CANNOT_FOLLOW = (
    "“{value}” cannot be followed: take a name or words of at least two letters, and at most {most} characters."
)
MAY_NOT_WRITE = "You may not write in this channel, so nothing is told you here. Leave `where` out, or go elsewhere."
TRY_AGAIN = "Discord does not let me write to you just now, so nothing is followed yet. Try again in a minute."
DIRECT_CLOSED = (
    "Discord does not let me write to you. Allow direct messages, in the server's menu under Privacy Settings, and try "
    "again. Or be told in a channel: `where: here, with a mention`."
)
NOT_YOURS = "You do not follow that any more, or it is somebody else's."
DELETE_STALE = "That was another member's question. Use `/follow delete`."

# --- what is told ----------------------------------------------------------------------------------------------------

ALERT_HEAD = "🔔 **{names}** · {articles}"
ALERT_HEAD_MENTION = "<@{user_id}> {head}"
ALERT_WHY = "-# because you follow {names} in {server} · the buttons stop it, or `/follow remove` there"
ALERT_SERVER = "this server"
ALERT_MORE = "-# +{articles} that there is no room for"
CARD_OF = "-# {names}"
STOP = "Stop following {words}"

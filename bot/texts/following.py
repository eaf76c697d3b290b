"""What the Follow button of a post offers."""

from digest.model import FollowKind

WHOM = "Whom of this story do you want to follow?"
NOBODY = "This story names nobody who says something or commits to anything. `/follow add` follows anybody else."
CHOOSE = {
    FollowKind.PERSON: "Who speaks in it",
    FollowKind.ORGANISATION: "Who commits to something in it",
    FollowKind.PHRASE: "What it is about",
}

"""What buttons say, and what is said of them."""

UNKNOWN = "That button is of another version of me and does nothing any more. Use the command instead."

SHARE = "Share"
SHARED_BY = "-# shared by <@{user_id}>"
SHARE_NOT_HERE = "You may not write here, so I do not show it to others."
SHARE_HIDDEN = "Something in this was taken back or hidden here meanwhile. Ask for it anew, and share that."

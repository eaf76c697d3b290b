"""What stands in and under a posted digest besides its cards, and what its controls answer."""

HEAD_ROLE = "{head} · <@&{role_id}>"
ROLE = "@role"

HEADLINES_TITLE = "Headlines"
HEADLINES_CONTINUED = "Headlines, continued"
HEADLINE = "**{number}** · {headline}"

SELECT = "{placeholder} ▾"
CHOOSE_STORY = "Full card of a story"
ALL_QUOTES = "All quotes"
COMMITMENTS = "Commitments"
PROOF = "Proof"
FOLLOW = "Follow"

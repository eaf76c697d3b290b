"""What `/why` says: what became of a story or a sentence, and the numbers that decided it."""

from digest.model import Fate, Outcome, SentenceFitness

ABOUT = "See why a story or a sentence is or isn't in a digest, with the numbers"
OPTION_STORY = "Type words of its headline and choose from the list, or give words or an address"
OPTION_SENTENCE = "A sentence of the story, or words of it: why it is shown or not"

CHOICE = "{outcome} · {headline}"
OUTCOME_LABELS = {
    Outcome.SHOWN: "shown",
    Outcome.OVER_CAP: "over the cap",
    Outcome.NOTHING_NEW: "nothing new",
    Outcome.WALLED: "behind a wall",
    Outcome.EMPTY: "nothing to show",
}
IN_EDITION = "**{digest}** of {at}"
OUTCOMES = {
    Outcome.SHOWN: "✅ Shown in {edition}, as story {number} of {shown}.",
    Outcome.OVER_CAP: "Left out of {edition}: {shown} were shown there, and each weighed more.",
    Outcome.NOTHING_NEW: "Left out of {edition}: its articles say nothing new since this channel was told of it.",
    Outcome.WALLED: "Left out of {edition}: its page shows only an opening to who is not logged in.",
    Outcome.EMPTY: "Left out of {edition}: its page has no sentence that could be read.",
}
WEIGHT = "It weighed **{total}**:"
WEIGHT_AGAINST = "It weighed **{total}**, the last story shown **{least}**:"
PART = "• {part}: {name}"
PARTS = {
    "outlets": "how many outlets tell it",
    "recency": "how new its newest article was",
    "commitments": "firm commitments that its card shows",
    "quotes": "quotes that its card shows",
    "keywords": "keywords of the digest that it names",
    "less": "words that the digest wants less of",
}
ARTICLES = "Articles"

LISTED = "listed by {source} {at}"
FATES = {
    Fate.UNREAD: "⏳ Not read yet: it waits for its turn.",
    Fate.KNOWN: "Never read: its source listed it already when this server began to follow it.",
    Fate.FAILED: "⚠️ Not read: {failure}.",
    Fate.OLD: "Read, but in no digest: it is dated before this server followed its source.",
    Fate.FILTERED: "Read, but in no digest: this server's filters keep it out.",
    Fate.PASSED: "Taken by {edition} without being weighed: there was too much to weigh, or it was too old.",
    Fate.WAITING: "⏳ Read; no digest has taken it yet.",
}
TRIES_AGAIN = "It is tried again {at}."
GIVES_UP = "It is not tried again."
STATUS = "{reason} (HTTP {status})"

SENTENCE_TITLE = "The sentence"
SENTENCE_PLACE = "Sentence {number} of {sentences}."
ON_CARD = "✅ It is on the card."
NOT_ON_CARD = "It is in the summary (the full card has it), but not on the card: {why}."
NOT_CHOSEN = "It is not in the summary: {why}."
CARD_LEANS = "it leans on the sentence before it, which is not shown there"
CARD_FULL = "a card shows three sentences at most, and no more of an article than is fair"
CANNOT = (
    "it cannot stand on a card, being too short or too long, a question, a fragment, half a quotation, a byline, "
    "or the headline again"
)
TOO_FAR = "it stands too far down: of the sentences that can be shown the first 40 are weighed"
OUTWEIGHED = "others weigh more"
REPEATS = "{percent} % of its telling words stand in a chosen sentence already"
LEANS = "it leans on the sentence before it, which is not shown"
NO_ROOM = "others left no room for it"
FITNESS = {
    SentenceFitness.ALONE: "It can stand alone.",
    SentenceFitness.AFTER: "It can stand only after the sentence before it.",
    SentenceFitness.NEVER: "",
}
SENTENCE_WEIGHT = "It weighs **{total}**, place {rank} of {weighed}:"
SENTENCE_WEIGHT_AGAINST = (
    "It weighs **{total}**, place {rank} of {weighed}; the least that was chosen weighs **{least}**:"
)
SENTENCE_PARTS = {
    "position": "how early it stands",
    "centrality": "how much it shares with the others (LexRank)",
    "title": "how near it is to the headline",
    "merits": "what its words and what was found in it speak for or against it",
}
NO_SENTENCE = "No sentence of its articles has these words. Copy it from the article, or give its telling words."
NO_TEXT = "The full text of its articles is not kept any more, so the sentence cannot be weighed again."
NO_STORY_FOR_SENTENCE = "Of what is no story of a digest yet, no sentence is weighed."
NOTHING = (
    "I know nothing of “{value}”: no source of this server listed it lately under that address or with all these words."
)

"""What the controls under a digest answer: full cards, quotes, commitments, proofs, and where the words come from."""

from digest.model import StatementKind, Trouble

# --- a story in full -------------------------------------------------------------------------------------------------

QUOTES_TITLE = "Quotes"
COMMITMENTS_TITLE = "Commitments"
SOURCES_TITLE = "Articles"
NO_QUOTES = "No article of it quotes anybody."
NO_COMMITMENTS = "No article of it commits anybody to anything."
STANDING_HEAD = "Where it stands: commitment No. {id}"
UNSUMMARISED = "Its articles have no sentence that can be shown by itself."
PAGE = "Page {page} of {pages}"
PREVIOUS, NEXT = "Previous", "Next"
MORE_QUOTES = "-# +{number} quotes: press All quotes"
MORE_COMMITMENTS = "-# +{number} commitments: press Commitments"
MORE_ARTICLES = "-# +{number} articles"

# --- an article behind a story ---------------------------------------------------------------------------------------

PUBLISHED = "published {at}"
FETCHED = "fetched {at}"
UNCHANGED = "one version"
ONLY_VERSION = "the only one that was read"
CHANGED = "version {number} of {versions} as told; changed {at}"
TROUBLES = {
    Trouble.CORRECTED: "corrected since",
    Trouble.REMOVED: "⚠️ the page was removed since",
    Trouble.RETRACTED: "⚠️ the outlet retracted it since",
}
CORRECTED = "✏️ changed since it was told"
SOURCES_OF = "Sources of this message"
MORE_STORIES = "-# +{number} stories: choose one below for its statements and where they stand"
CHOOSE_STATEMENT = "Proof of a statement"
CHOOSE_STORY = "Of which story?"
WHICH_STATEMENT = "Choose the statement that you want to see the proof of."
CHOOSE_FURTHER = "Further statements, from number {first} on"
MORE_STATEMENTS = "-# +{number} statements more than these lists have room for"

# --- a proof ---------------------------------------------------------------------------------------------------------

PROOF_TITLE = "Proof"
TOO_LONG = "The paragraph is too long to show here; these are the words themselves."
FROM = "**From** {place}"
TIMES = "**When** {times}"
VERSION = "**Version** {version}"
ATTRIBUTED = "**Rule** {rule}"
PRECISION = "right in {percent} of {judged} cases that people judged ({corpus})"
NOT_MEASURED = "how often this rule is right is not measured"
NO_RULE = "words of the article as they stand; nobody is named as having said them"
CHOSEN = "one of the article's own sentences, chosen by {method}; chosen, never written"
STANDS = "**On the page** ✅ still there when the page was last read, {at}"
GONE = "**On the page** ⚠️ no longer there: the page has other words since {at}"
REMOVED = "**On the page** ⚠️ the page was removed; it was last read {at}"
RETRACTED = "**On the page** ⚠️ the outlet retracted the article; it was last read {at}"
UNKNOWN = "**On the page** not known: of the newer version of {at} the full text is not kept any more"
KINDS = {
    StatementKind.SENTENCE: "sentence",
    StatementKind.QUOTE: "quote",
    StatementKind.COMMITMENT: "commitment",
}
OPTION = "{kind} · {who}"
NOBODY = "not named"

METHODS = {
    "position": "its place in the article",
    "lexrank": "how much it shares with the other sentences",
    "title": "how near it is to the headline",
    "findings": "what it tells of who says and does what",
    "lead": "its place at the beginning",
}

SPEAKER_RULES = {
    "according to": "“according to” and a name stand in the sentence",
    "after an attributed quote": "it follows at once on a quote whose speaker is named",
    "carried from the paragraph before": "the paragraph before quotes the same speaker, and nobody else is named",
    "clause, then its subject and verb": "the words are followed by a name and a verb of saying",
    "dash and name": "a dash and a name stand after the words",
    "in the clause of the verb": "the words stand in what a verb of saying reports",
    "introduced by its sentence": "the sentence before introduces one speaker",
    "introduced in the paragraph before": "the paragraph before introduces one speaker",
    "name and colon": "a name and a colon stand before the words",
    "name in a transcript": "a transcript has the name before the words",
    "named by the next paragraph": "the next paragraph says who spoke",
    "only verb of saying before the marks": "the one verb of saying before the words has this subject",
    "paragraph of an open quote": "it is a further paragraph of a quote whose speaker is named",
    "participle in a clause before the marks": "a clause before the words has a participle of saying and its subject",
    "participle of saying before the marks": "a participle of saying stands before the words, with its subject",
    "reported in the sentence before": "the sentence before reports the same speaker",
    "subject after the marks, then its verb": "the name and a verb of saying follow the words",
    "subject and any verb after a comma": "a name and a verb follow the words after a comma",
    "subject and verb of saying before the marks": "the name and a verb of saying stand before the words",
    "subject of the sentence before": "the sentence before has one person as its subject",
    "turn in a dialogue": "two speakers take turns, and it is this one's",
    "verb after the marks, then its subject": "a verb of saying and the name follow the words",
    "verb and reported clause": "a verb of saying has this subject and reports the clause",
    "verb and reported deed": "a verb of saying has this subject and reports what is done",
    "verb before the marks": "a verb of saying stands before the words, with its subject",
    "verb in a parenthesis": "a verb of saying and the name stand between commas in the sentence",
    "verb of saying that shares its subject": "a verb of saying shares its subject with another verb",
}

COMMITMENT_RULES = {
    "cue verb, infinitive": "a verb of committing (promise, agree, refuse ...) and “to” with a verb",
    "no plan to": "a plan is denied: “no plans to”",
    "cue verb, clause": "a verb of committing, and a clause that says to what",
    "cue verb, object": "a verb of committing, and what is promised",
    "cue verb, preposition": "a verb of committing, and a preposition with a verb",
    "cue verb, gerund": "a verb of committing, and a verb in -ing",
    "date set": "a day is set for what somebody does",
    "cue verb of weighing": "a verb of weighing (consider, plan) and a verb",
    "noun of committing": "a noun of committing (promise, deal, offer) and what it is of",
    "predicate of readiness": "somebody is said to be ready, willing or determined to",
    "first person in a quotation": "the speaker says “I will” or “we will” in a quotation",
    "said it would": "a speaker is reported to have said that they would",
    "said of whom the speaker speaks for": "a speaker says what those whom they speak for will do",
    "will, of a subject that can": "“will”, with a subject that can bind itself",
    "will, passive with its doer": "“will be done by”, with who does it",
    "is to": "“is to” or “are to”, with who does it",
    "headline": "the headline says so, as headlines put it",
    "noun of committing, taken back": "a noun of committing, and that it was taken back",
}

# --- answers ---------------------------------------------------------------------------------------------------------

NO_POST = "That message is none of mine, so I know nothing of where its words come from."
NO_STORIES = "That message tells no stories, so there is nothing to prove."
GONE_STATEMENT = "That statement is not in the story any more."
MENU = "Sources and proof"
ABOUT_SOURCES = "See the articles behind a post, and the proof of each statement"

"""What is found in a text, as words: for tests that speak of sentences."""

from digest.reading.language import parse
from digest.reading.names import find_names
from digest.reading.quotes import find_quotes
from digest.reading.sentences import split_sentences


def parsed(text):
    return parse(text, split_sentences(text))


def quotes(text):
    """The quotes of the text; the words of their spans, cue and speaker stand in `told`."""
    read = parsed(text)
    return find_quotes(read, find_names(read))


def told(text):
    """For each quote its kind, its words, the speaker's name and the cue."""
    return [
        (
            quote.kind.value,
            " / ".join(span.of(text) for span in quote.spans),
            quote.speaker and quote.speaker.name.of(text),
            quote.cue and quote.cue.of(text),
        )
        for quote in quotes(text)
    ]


def speakers(text):
    """Who speaks, quote by quote."""
    return [speaker for _, _, speaker, _ in told(text)]


def attributions(text):
    """Quote by quote who speaks, by which cue, and the rule that found it."""
    return [(speaker, cue, quote.method) for quote, (*_, speaker, cue) in zip(quotes(text), told(text), strict=True)]


def fullest(text, word, nth=0):
    """The fullest name of whom the nth place of `word` means."""
    read = parsed(text)
    token = [token for token in read.doc if token.text == word][nth]
    found = find_names(read).fullest(token)
    return found and found.of(text)


def role(text, word):
    """The role beside a name of whom the first place of `word` means."""
    read = parsed(text)
    token = next(token for token in read.doc if token.text == word)
    found = find_names(read).role(token)
    return found and found.of(text)

"""From a word of the article to the fullest name it prints for the one who is meant."""

from typing import TYPE_CHECKING

from digest.model import Span
from digest.reading.clauses import with_conjuncts
from digest.reading.language import Parsed
from digest.reading.names.descriptions import Descriptions
from digest.reading.names.people import Known, gather_known
from digest.reading.names.persons import appositions, role_tokens
from digest.reading.names.phrases import phrase_edges, with_clause
from digest.reading.names.printed import Printed, find_printed, plain, wordlists
from digest.reading.names.pronouns import quoted_tokens, resolve_pronouns
from digest.reading.quotes.marks import find_marked

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSON, MAYBE_PERSON, BODY = "PERSON", "MAYBE_PERSON", "BODY"
"""The labels of a doc's entities once its names are read; BODY is also a place, or anything else with a name."""

_PRONOUNS = frozenset({"PRP", "PRP$", "WP", "WP$", "EX", "WDT", "DT"})
_OWNERS = frozenset({"his", "her", "its", "their", "my", "our", "your"})


class Names:
    """Who is meant by a word of one article. Every answer is a span of its text, or None rather than a guess."""

    def __init__(self, parsed: Parsed) -> None:
        """Read the names of `parsed`, in time linear in its tokens, and mark them as entities of its doc."""
        doc = parsed.doc
        self._parsed = parsed
        self._printed = tuple(find_printed(doc))
        self._known, self._whose = gather_known(doc, self._printed)
        self._place = {
            token: index for index, name in enumerate(self._printed) for token in range(name.title, name.last + 1)
        }
        self._roles: dict[int, Span | None] = {}
        self._descriptions = Descriptions(doc, self._printed, self._known, self._whose)
        quoted = quoted_tokens(parsed.tokens_of(marked.outer) for marked in find_marked(parsed.text))
        self._meant = resolve_pronouns(doc, self._known, self._named_or_described, quoted)
        self._mark_entities()

    def fullest(self, mention: "Token | Span") -> Span | None:
        """Return the fullest name the article prints for the one meant here, without titles.

        Whoever has no name is the phrase as it stands ("a White House official"). None for a pronoun that could be
        more than one, and for a crowd ("some", "others").
        """
        token = self._head(mention)
        if token is None:
            return None
        who = self._who(token)
        if isinstance(who, int):
            return self._name_of(who, token)
        if who is not None:
            return self._joined(who) or self._together(who)
        if token.tag_ in _PRONOUNS:
            return None
        phrase = self._phrase(token)
        is_bare = phrase == self._parsed.span_of(token, token)
        return None if is_bare and token.lower_ in wordlists().crowd else phrase

    def mention(self, token: "Token") -> Span:
        """Return the words that stand for somebody here: a printed name, a pronoun, or the phrase."""
        index = self._beside(token)
        if index is not None:
            name = self._printed[index]
            return self._span(name.first, name.last)
        return self._parsed.span_of(token, token) if token.tag_ in _PRONOUNS else self._phrase(token)

    def role(self, mention: "Token | Span") -> Span | None:
        """Return the role that the article prints beside a name of the one meant here: a title or an apposition."""
        token = self._head(mention)
        who = None if token is None else self._who(token)
        if not isinstance(who, int) or not self._known[who].is_person:
            return None
        if who not in self._roles:
            roles = (self._role_at(name) for name in self._known[who].mentions)
            self._roles[who] = next((role for role in roles if role is not None), None)
        return self._roles[who]

    def is_person(self, mention: "Token | Span") -> bool:
        """Return whether a person with a name is meant here."""
        token = self._head(mention)
        who = None if token is None else self._who(token)
        return isinstance(who, int) and self._known[who].is_person

    def people_in(self, first: int, last: int) -> "tuple[Token, ...]":
        """Return the heads of people's names at the token indexes from `first` to `last`, each person once."""
        found: dict[int, Token] = {}
        for place in range(first, last + 1):
            index = self._place.get(place)
            if index is not None and place == self._printed[index].last and self._known[self._whose[index]].is_person:
                found.setdefault(self._whose[index], self._parsed.doc[place])
        return tuple(found.values())

    def is_introduced(self, first: int, last: int, token: "Token") -> bool:
        """Return whether the person named at `token` is named in full, and for the first time, within these tokens."""
        index = self._place.get(token.i)
        if index is None:
            return False
        name = self._known[self._whose[index]].mentions[0]
        return first <= name.first <= last and name.words > 1

    def printed_at(self, place: int) -> Printed | None:
        """Return the printed name, its title included, that covers the token index."""
        index = self._place.get(place)
        return None if index is None else self._printed[index]

    def _mark_entities(self) -> None:
        found = []
        for index, name in enumerate(self._printed):
            entity = self._parsed.doc[name.first : name.last + 1]
            entity.label_ = _label(self._known[self._whose[index]])
            found.append(entity)
        self._parsed.doc.set_ents(found)

    def _head(self, mention: "Token | Span") -> "Token | None":
        if isinstance(mention, Span):
            tokens = self._parsed.tokens_of(mention)
            return None if tokens is None else _true_head(tokens.root)
        return _true_head(mention)

    def _who(self, token: "Token") -> "int | Token | None":
        if token.i in self._meant:
            return self._meant[token.i]
        index = self._beside(token)
        if index is not None:
            return self._whose[index]
        return self._descriptions.who(token)

    def _beside(self, token: "Token") -> int | None:
        if token.i in self._place:
            return self._place[token.i]
        for child in token.children:
            if child.dep_ == "appos" and child.i in self._place and self._is_person_at(child.i):
                return self._place[child.i]
        if token.dep_ == "appos" and token.head.i in self._place and self._is_person_at(token.head.i):
            return self._place[token.head.i]  # "Ann Lee, the driver who told the paper that"
        return self._both_offices(token) or self._right_after(token)

    def _both_offices(self, token: "Token") -> int | None:
        # "Commander and spokesperson Ann Lee": one person with two offices, where neither has an article.
        named = next((child for child in token.rights if child.dep_ == "conj" and child.i in self._place), None)
        if named is None or any(child.dep_ == "det" for child in token.lefts):
            return None
        index = self._place[named.i]
        titles = role_tokens(self._parsed.doc, self._printed[index])
        is_close = bool(titles) and self._parsed.doc[titles[0].i - 1].dep_ == "cc"
        return index if is_close and self._is_person_at(named.i) else None

    def _right_after(self, token: "Token") -> int | None:
        doc = self._parsed.doc
        if token.pos_ != "NOUN":
            return None
        joined = next((child for child in token.children if child.dep_ == "conj" and child.pos_ == "NOUN"), token)
        place = phrase_edges(joined)[1].i + 1
        if place >= len(doc):
            return None
        if doc[place].text == ",":
            index = self._place.get(place + 1)
            closes = index is not None and self._closes_apposition(self._printed[index].last + 1)
            return index if closes and (self._is_person_at(place + 1) or _is_definite(token)) else None
        index = self._place.get(place)
        is_body = plain(token) in wordlists().body_words and _is_definite(token)  # "the insurer Havn Mutual"
        return index if index is not None and (is_body or self._is_person_at(place)) else None

    def _closes_apposition(self, place: int) -> bool:
        doc = self._parsed.doc
        return place >= len(doc) or doc[place].text in {",", ".", "—", "–", ":"}

    def _is_person_at(self, place: int) -> bool:
        return self._known[self._whose[self._place[place]]].is_person

    def _named_or_described(self, token: "Token") -> int | None:
        if token.i in self._place:
            return self._whose[self._place[token.i]]
        if token.pos_ != "NOUN":
            return None
        beside = self._beside(token)
        return self._descriptions.who(token) if beside is None else self._whose[beside]

    def _name_of(self, who: int, token: "Token") -> Span:
        one = self._known[who]
        if one.is_person:
            return self._joined(token) or self._full_name(one.fullest)
        index = self._place.get(token.i)
        if index is None:
            return self._body(one, one.mentions[0], self._parsed.doc[one.mentions[0].last])
        return self._body(one, self._printed[index], token)

    def _full_name(self, name: Printed) -> Span:
        # Nobody is called "Tomas" who is called "Sir Tomas", and "KC" is no part of "Simon Arkwell KC".
        is_knighted = name.words == 1 and name.title < name.first and self._is_honour(name.first - 1)
        last = name.last
        while last > name.first and plain(self._parsed.doc[last]) in wordlists().postnominals:
            last -= 1
        return self._span(name.first - is_knighted, last)

    def _is_honour(self, place: int) -> bool:
        return plain(self._parsed.doc[place]) in wordlists().honours

    def _body(self, one: Known, printed: Printed, token: "Token") -> Span:
        if printed.words == 1 < one.fullest.words:
            return self._span(one.fullest.first, one.fullest.last)  # "Orlan": Orlan Terminals
        phrase, name = self._phrase(token), self._span(printed.first, printed.last)
        if any(word.text == "&" for word in self._parsed.doc[printed.first : printed.last]):
            return name  # "Marks & Holm" is one, "France-Spain" two
        before = self._parsed.tokens_of(Span(phrase.start, max(phrase.start, name.start)))
        # "Shipping giant Castellan Line": what it is is no part of its name.
        is_described = before is not None and any(word.pos_ == "NOUN" for word in before)
        return Span(name.start, phrase.end) if is_described else phrase

    def _joined(self, token: "Token") -> Span | None:
        # "Presidents Ilir Kola and Zoran Prelic said": both, as they are printed.
        index = self._beside(token)
        if index is None:
            return None
        first = last = self._printed[index]
        doc = self._parsed.doc
        place = last.last + 2
        while place in self._place and doc[place - 1].lower_ in {"and", "&"} and self._is_person_at(place):
            last = self._printed[self._place[place]]
            place = last.last + 2
        is_full = first.words > 1 and last.words > 1
        return self._span(first.first, last.last) if last != first and is_full else None

    def _together(self, noun: "Token") -> Span:
        # "The mayor and the bishop spoke. They left": both.
        *_, last = with_conjuncts(noun)
        return self._parsed.span_of(phrase_edges(noun)[0], phrase_edges(last)[1])

    def _phrase(self, noun: "Token") -> Span:
        first, last = self._edges(noun)
        return self._parsed.span_of(first, with_clause(noun, last))

    def _edges(self, noun: "Token") -> "tuple[Token, Token]":
        first, last = phrase_edges(noun)
        printed = self.printed_at(last.i)
        if printed is not None and printed.first > noun.i:
            last = self._parsed.doc[printed.last]  # "the secretary of the Coastal Dockers’ Union"
        return first, last

    def _span(self, first: int, last: int) -> Span:
        return self._parsed.span_of(self._parsed.doc[first], self._parsed.doc[last])

    def _role_at(self, name: Printed) -> Span | None:
        doc = self._parsed.doc
        honours = wordlists().courtesies | wordlists().honours
        titles = [token for token in role_tokens(doc, name) if plain(token) not in honours]
        if titles:
            return self._span(titles[0].i, titles[-1].i)
        for noun in appositions(doc, name):
            phrase = self._parsed.span_of(*self._edges(noun))
            # "Its chief executive, Imogen Sarrat": whose, is said elsewhere, so the card has the role alone.
            whose = next((child for child in noun.children if child.tag_ == "PRP$"), None)
            first = doc[whose.i + 1].idx if whose is not None and whose.idx == phrase.start else phrase.start
            return Span(first, phrase.end)
        return None


def _label(one: Known) -> str:
    if one.is_person:
        return PERSON
    return MAYBE_PERSON if one.could_be_person else BODY


def _true_head(noun: "Token") -> "Token":
    # "the general secretary of the Dockers’ Union": the possessive leads the parser to take the union for the head.
    for child in noun.lefts:
        if child.dep_ == "nmod" and child.pos_ == "NOUN" and any(one.lower_ == "of" for one in child.rights):
            return child
    return noun


def _is_definite(token: "Token") -> bool:
    return any(child.lower_ == "the" for child in token.children)


def find_names(parsed: Parsed) -> Names:
    """Return who is who in a parsed article; never raises, whatever the text."""
    return Names(parsed)

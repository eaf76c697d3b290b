"""How a card compares with an editor's: the news told, nothing shown that an editor would strike, the key ones chosen.

A shown sentence tells a nugget where it has six in ten of the words of one of the nugget's sentences, and four in ten
of its own words lie in there, so that two sentences glued together pass and a paragraph does not.
"""

from itertools import combinations

from tests.gold.answers import CARD_SIZE
from tests.gold.tally import Tally

_TOLD, _OWN = 0.6, 0.4
_FORGIVABLE = ("unresolved reference", "quote without speaker")
_VITAL = 2


def score_card(sheet, gold, answers, found):
    """Score summary, key quotes and key commitments. `found` leads from an answer's kind and id to its label's id."""
    _score_sentences(sheet, gold, answers.sentences[:CARD_SIZE])
    for kind, chosen, key in (
        ("quote", answers.key_quotes, gold.key_quotes),
        ("commitment", answers.key_commitments, gold.key_commitments),
    ):
        labels = [found.get((kind, one)) for one in chosen[:CARD_SIZE]]
        vital = [label for label, weight in key.items() if weight == _VITAL]
        shown = sum(label in labels for label in vital)
        right = sum(label in key for label in labels)
        sheet.tallies[f"card {kind}s"] += Tally(right, len(labels), shown, len(vital))
        for label in sorted(key):
            sheet.note(f"key {kind} {label}", "shown" if label in labels else "not shown")
        for label in labels:
            if label not in key:
                weak = "weak" if label in gold.weak_quotes else "not key"
                sheet.note(f"shown {kind} {label or 'without a label'}", weak)


def _score_sentences(sheet, gold, sentences):
    shown = [sheet.words.of([sentence]) for sentence in sentences]
    told = [nugget for nugget in gold.nuggets if _is_told(nugget, shown, sheet.words)]
    unfit = _unfit(gold, shown, sheet.words)
    sheet.tallies["card sentences"] += Tally(
        len(shown) - len(unfit), len(shown), sum(nugget.weight for nugget in told), _attainable(gold.nuggets)
    )
    for nugget in gold.nuggets:
        sheet.note(f"nugget: {nugget.label}", "told" if nugget in told else "not told")
    for number, why in unfit.items():
        sheet.note("unfit", why, [sentences[number]])


def _is_told(nugget, shown, words):
    return any(_tells(one, words.of([sentence])) for one in shown for sentence in nugget.sentences)


def _tells(shown, sentence):
    both = len(shown & sentence)
    return both > 0 and both >= _TOLD * len(sentence) and both >= _OWN * len(shown)


def _unfit(gold, shown, words):
    """The numbers of shown sentences that should not be, each with why; a forgivable one may follow its antecedent."""
    why = {}
    for number, one in enumerate(shown):
        label = next((unfit for unfit in gold.unfit if _tells(one, words.of([unfit.span]))), None)
        if label is None:
            continue
        is_led_in = (
            number > 0
            and number - 1 not in why
            and label.why in _FORGIVABLE
            and any(_tells(shown[number - 1], words.of([span])) for span in label.ok_after)
        )
        if not is_led_in:
            why[number] = label.why
    return why


def _attainable(nuggets):
    """The heaviest sum of weights that any three sentences of the gold can tell."""
    weights = {}
    for nugget in nuggets:
        for sentence in nugget.sentences:
            weights.setdefault(sentence, set()).add(nugget)
    size = min(CARD_SIZE, len(weights))
    chosen = (frozenset().union(*three) for three in combinations(weights.values(), size))
    return max((sum(nugget.weight for nugget in told) for told in chosen), default=0)

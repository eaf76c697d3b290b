"""Text to sentences that know where they stand."""

import pytest

from digest.reading.sentences import first_sentences, split_paragraphs, split_sentences


def words(text):
    return [sentence.span.of(text) for sentence in split_sentences(text)]


def test_sentences_end_where_they_end_and_abbreviations_do_not():
    text = "Dr. Ada Quill spoke at 5 p.m. on Monday. The U.S. envoy left. “We agree.” He sat down."
    first = "Dr. Ada Quill spoke at 5 p.m. on Monday."
    assert words(text) == [first, "The U.S. envoy left.", "“We agree.”", "He sat down."]


@pytest.mark.parametrize("line_break", ["\n", "\n\n", "\r\n", "\u2028", " \n\t\n "])
def test_no_sentence_crosses_a_line_break(line_break):
    assert words(f"A line without an end{line_break}Another one") == ["A line without an end", "Another one"]
    # What looks like a dateline ends with its line too.
    assert words(f"SARN (one{line_break}two) — Three left.")[0] == "SARN (one"


@pytest.mark.parametrize(
    "dateline",
    [
        "KESSELMAR —",
        "KESSELMAR -",
        "PARIS, Sept 4 (Continental Dispatch) –",
        "NEW VELDAN, Norvale (CD) --",
        "ST. ODILE, Oct. 12 —",
        "SARN, United Port Republics —",
    ],
)
def test_a_dateline_is_a_sentence_of_its_own(dateline):
    first = "Dock workers will stop work on Monday."
    assert words(f"{dateline} {first} They said so.") == [dateline, first, "They said so."]


@pytest.mark.parametrize(
    "text",
    ["NATO — which met on Monday — agreed.", "The port - A-grade since May - is shut.", "BBC News reports a strike."],
)
def test_a_dash_alone_makes_no_dateline(text):
    assert words(text) == [text]


def test_sentences_count_from_zero():
    assert [sentence.index for sentence in split_sentences("One went. Two left.\nThree sat.")] == [0, 1, 2]


def test_a_sentence_may_end_with_an_endless_word():
    assert words(f"It was {'a' * 300}. Then it ended.") == [f"It was {'a' * 300}.", "Then it ended."]


@pytest.mark.parametrize("text", ["", " \n ", "\u2028"])
def test_white_space_has_no_sentences(text):
    assert split_sentences(text) == () == split_paragraphs(text)


@pytest.mark.parametrize("run", ["x" * 100_000, '."' * 50_000, "“” " * 30_000, ". " * 50_000])
def test_endless_runs_are_split_in_bounded_time(run):
    spans = [sentence.span for sentence in split_sentences(run)]
    assert "".join(span.of(run) for span in spans).replace(" ", "") == run.replace(" ", "")


@pytest.mark.parametrize("limit", [41, 42, 50, 72])
def test_of_a_long_text_the_sentences_before_the_limit_are_taken(limit):
    text = "The council of the town has voted again. It sat until late in the night. It rose."
    assert first_sentences(text, limit) == (split_sentences("The council of the town has voted again."), 40)


@pytest.mark.parametrize("limit", [81, 100])
def test_a_text_within_the_limit_is_taken_whole(limit):
    text = "The council of the town has voted again. It sat until late in the night. It rose."
    assert first_sentences(text, limit) == (split_sentences(text), 81)


@pytest.mark.parametrize("words", ["word ", '"', "x", "😀 שלום ", "“He said. ", "(((", "will if by ", "U.S. "])
def test_an_endless_text_of_anything_is_taken_up_to_the_limit(words):
    sentences, read_until = first_sentences(words * (6000 // len(words)), 3000)
    assert 2900 <= read_until <= 3000
    assert all(sentence.span.end <= read_until for sentence in sentences)


def test_an_endless_text_of_nothing_has_no_sentences():
    assert first_sentences("\n" * 6000, 3000) == ((), 3000)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "de",
            [
                "Prof. Anke Lohr spricht am 4. Juli um 8.15 Uhr.",
                "„Das kostet ca. 3 Mio. Euro“, sagt sie.",
                "Der Rat nickt.",
            ],
        ),
        (
            "fr",
            [
                "M. Jean Orsel parle à 8 h. 15 au port.",
                "« Le quai ferme en juillet », dit-il.",
                "Qui paiera les travaux ?",
            ],
        ),
        ("es", ["El Sr. Blas Otero habló el lunes.", "«El muelle cuesta 3 mill. de euros», dijo.", "¿Quién lo paga?"]),
        ("pt", ["O Dr. Nuno Reis falou na segunda-feira.", "“O cais fecha em julho”, disse.", "A obra começa cedo."]),
        (
            "it",
            ["Il sig. Dino Merli ha parlato lunedì.", "«Il molo costa 3 mln. di euro», ha detto.", "Si parte presto."],
        ),
        (
            "cs",
            ["Starosta Karel Dub mluvil 4. července.", "„Molo stojí asi 3 mil. korun,“ řekl.", "Práce začnou brzy."],
        ),
        (
            "pl",
            ["Dr Ewa Sowa mówiła o godz. 8.15 w porcie.", "„Molo kosztuje ok. 3 mln” – powiedziała.", "Praca rusza."],
        ),
        (
            "sv",
            ["Prof. Siv Alm talade kl. 8.15 i hamnen.", "”Kajen kostar ca. 3 miljoner”, sade hon.", "Rådet nickade."],
        ),
        (
            "uk",
            [
                "Голова Олег Дуб говорив 4 липня.",
                "«Пірс коштує 3 млн. грн. на рік», – сказав він.",
                "Роботи почнуться.",
            ],
        ),
        ("el", ["Μίλησε στον κ. Άρη Δήμου τη Δευτέρα.", "«Θέλουμε 3 εκατ. ευρώ», είπε.", "Ποιος θα πληρώσει;"]),
        ("ar", ["تحدث د. كمال نور يوم الاثنين.", "«سيغلق الرصيف في يوليو»، قال للصحافة.", "من سيدفع؟"]),
        ("he", ["ראש העיר דיבר ביום שני.", '"הרציף ייסגר ביולי", אמר.', "מי ישלם?"]),
    ],
)
def test_other_languages_are_split_by_what_is_known_of_them(language, sentences):
    text = " ".join(sentences)
    assert [sentence.span.of(text) for sentence in split_sentences(text, language)] == sentences

"""The language of a text is recognised, or nothing is said."""

import pytest

from digest.reading.recognise import recognise_language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "en",
            "The council voted on Thursday to close the bridge, and the mayor said that it was for the good of all.",
        ),
        (
            "de",
            "Der Rat hat beschlossen, die alte Brücke zu schließen, und die Stadt sagte, dass das für alle gut ist.",
        ),
        (
            "fr",
            "Le conseil a voté pour fermer le pont, et elle a dit que ce serait pour le bien de tous dans la ville.",
        ),
        (
            "es",
            "El consejo votó para cerrar el puente, y ella dijo que sería por el bien de todos en la ciudad.",
        ),
        (
            "sv",
            "Rådet röstade för att stänga bron, och hon sade att det är för allas bästa i staden och inte mer.",
        ),
        ("ru", "Совет города решил закрыть старый мост до будущей весны"),
        ("uk", "Міська рада вирішила закрити міст, його відремонтують"),
        ("ja", "市議会は橋を閉鎖することを決めた"),
        ("zh", "市议会星期四投票决定关闭这座大桥 市长说 这对城里的所有人都有好处 桥梁将在春天重新开放。"),
        ("he", "מועצת העיר החליטה לסגור את הגשר"),
        ("ko", "시의회는 다리를 폐쇄하기로 했다"),
    ],
)
def test_a_language_is_recognised(code, text):
    assert recognise_language(text) == code


def test_forty_letters_are_enough():
    assert recognise_language("The council voted to close that old bridge there") == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yes",
        "123 456",
        "The council is here",
        "The council is here!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "the council und der Rat le conseil du pont il ponte della",
        "시의회는 다리 12345 12345 12345 12345 12345 12345",
        "xq zzv kkrr " * 20,
        "🙂" * 50,
    ],
)
def test_too_little_or_too_odd_a_text_is_in_no_language(text):
    assert recognise_language(text) is None

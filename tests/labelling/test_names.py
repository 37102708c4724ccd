"""Who might be speaking in a text."""

from annotations.labelling.names import names


def test_names_of_several_words_with_their_particles_are_found() -> None:
    text = (
        "Qassim al-Araji said so. The Bank of England and Lloyd Austin did not; Lloyd Austin’s office agreed. "
        "Yesterday Ursula von der Leyen left."
    )
    found = names(text)
    assert found[0] == "Lloyd Austin"
    assert {"Qassim al-Araji", "The Bank of England", "Yesterday Ursula von der Leyen"} <= set(found)


def test_a_lone_word_that_begins_a_sentence_is_no_name() -> None:
    assert names("Nobody came. “Nothing happened,” he said in Baghdad.") == ["Baghdad", "Nothing happened"]


def test_cyrillic_names_and_arabic_quotations() -> None:
    assert names("Министр Сергей Лавров сказал.") == ["Министр Сергей Лавров"]
    assert names("قال الرئيس «نحن هنا» أمس.") == ["نحن هنا"]


def test_names_do_not_run_over_lines() -> None:
    assert names("he met Ann\nBen met him") == ["Ann"]


def test_only_the_beginning_of_a_long_text_is_looked_through() -> None:
    assert names("x " * 30_000 + "and Ann Orlu.") == []

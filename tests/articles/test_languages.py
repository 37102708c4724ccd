"""Which language a text is in."""

import os
import subprocess
import sys

import pytest

from annotations.articles.languages import detect_language

SENTENCES = {
    "en": "The council rejected the plan on Tuesday after three hours of debate.",
    "ar": "رفض المجلس الخطة يوم الثلاثاء بعد ثلاث ساعات من النقاش.",
    "fr": "Le conseil a rejeté le projet mardi après trois heures de débat.",
    "de": "Der Rat lehnte den Plan am Dienstag nach dreistündiger Debatte ab.",
    "es": "El consejo rechazó el plan el martes tras tres horas de debate.",
    "ru": "Совет отклонил план во вторник после трёх часов обсуждения.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_the_six_languages_are_told_apart(code: str) -> None:
    assert detect_language(SENTENCES[code]) == code
    assert detect_language(f"\n\n{SENTENCES[code]}\r\n" * 500) == code


@pytest.mark.parametrize("code", ["en", "fr", "de", "es", "ru"])
def test_capitals_do_not_mislead(code: str) -> None:
    assert detect_language(SENTENCES[code].upper()) == code


@pytest.mark.parametrize("text", ["", " \n", "1234 – 5678", "😀 🇫🇷", "...", "\ud800", "\0"])
def test_without_words_it_is_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_half_a_character_does_not_stop_it() -> None:
    assert detect_language(SENTENCES["fr"] + "\ud83d") == "fr"


def test_it_neither_dials_out_nor_loads_what_could() -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('it dials out')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from annotations.articles.languages import detect_language\n"
        f"print(detect_language({SENTENCES['de']!r}), 'requests' in sys.modules, 'robust_downloader' in sys.modules)\n"
    )
    environment = {**os.environ, "HOME": "/nonexistent", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.split() == ["de", "False", "False"]

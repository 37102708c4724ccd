"""Invented articles for the bench: the same ones every time, each text different from every other."""

import random
from collections.abc import Iterator
from typing import Any

LENGTH = 2500  # code points
PLACES = ("Kalda", "Orrin Bay", "Tessmere", "Upper Lund", "Vashti", "Port Elme", "Saint-Brieuc", "Harrow Point")
PEOPLE = (
    "the mayor, Réna Orlu",
    "a spokesman for the port",
    "Dr. Amal Haddad",
    "two officials",
    "the union",
    "witnesses",
)
THINGS = ("the bridge", "the ferry line", "the new clinic", "the grain store", "the school roof", "the harbour wall")
FACTS = (
    "reopened in {month}",
    "cost {n} million crowns",
    "was inspected {n} times since {month}",
    "closed for {n} days",
)
OPINIONS = (
    "is a disgrace",
    "deserves better than this council",
    "has become a lesson in neglect",
    "is simply beautiful",
)
MONTHS = ("January", "March", "May", "July", "October", "December")
SHAPES = (
    "{Thing} at {place} {fact}.",
    "{Person} said that {thing} at {place} {fact}.",
    "“{Thing} {opinion},” said {person}.",
    "{Thing} of {place} {opinion}.",
    "According to {person}, {thing} {fact}, and nobody was told.",
)


def article(number: int, length: int = LENGTH) -> dict[str, Any]:
    """The article of that number as the API and JSONL take it: about `length` code points, some 25 sentences."""
    chance = random.Random(number)
    heading = f"Report {number} from {chance.choice(PLACES)}"
    text = heading + "\n\n"
    while len(text) < length:
        text += "\n\n".join([sentence(chance) + " " + sentence(chance) + " " + sentence(chance), ""])
    text = text[:length].rstrip() if length < len(text) else text
    return {
        "text": text,
        "title": heading,
        "url": f"https://news.example/{number}",
        "publisher": "The Kalda Courier",
        "published_on": "2026-03-17",
        "language": "en",
    }


def articles(numbers: range) -> Iterator[dict[str, Any]]:
    """The articles of these numbers."""
    return map(article, numbers)


def sentence(chance: random.Random) -> str:
    """One sentence."""
    person, thing = chance.choice(PEOPLE), chance.choice(THINGS)
    fact = chance.choice(FACTS).format(n=chance.randint(2, 900), month=chance.choice(MONTHS))
    words = {"person": person, "thing": thing, "Person": _upper(person), "Thing": _upper(thing)}
    place, opinion = chance.choice(PLACES), chance.choice(OPINIONS)
    return chance.choice(SHAPES).format(**words, fact=fact, place=place, opinion=opinion)


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]

"""The codebook that a new project begins with: PRODUCT's decision procedure in the reviewers' language."""

from pathlib import Path

VERSION = "1.0.0"
LANGUAGE = "en"
TEXT = (Path(__file__).parent / "default.md").read_text(encoding="utf-8")
RULES = [
    {"id": "N1", "text": "No proposition: a question, byline, link or boilerplate."},
    {"id": "A1", "text": "A named source with a cue in the same unit."},
    {"id": "A2", "text": "The source is carried over from the sentence before."},
    {"id": "A3", "text": "A heading that quotes; the source may be named only in the body."},
    {"id": "A4", "text": "An unnamed or described source with a cue."},
    {"id": "F1", "text": "An event, number, date, identity, law or cause that records or witnesses could settle."},
    {"id": "F2", "text": "The same behind loaded words: strip them, label what is left, flag them."},
    {"id": "O1", "text": "A judgement, wish or prediction of the author's own."},
]

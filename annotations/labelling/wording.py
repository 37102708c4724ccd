"""The words of the claim card beside its labels: what more may be said of a claim, with the keys that say it."""

from django.utils.translation import gettext_lazy as _

SOURCE_KINDS = {
    "named_person": _("a named person"),
    "named_body": _("a named body"),
    "described": _("described, not named"),
    "anonymous": _("anonymous"),
    "unspecified": _("not said"),
}
MODES = {"direct": _("direct quote"), "mixed": _("part quote"), "paraphrase": _("paraphrase")}
FLAG_WORDS = {
    "loaded_language": _("loaded language"),
    "anonymous_source": _("anonymous source"),
    "quote_altered": _("quote altered"),
    "source_mismatch": _("source mismatch"),
    "scare_quotes": _("scare quotes"),
    "weasel_words": _("weasel words"),
    "compound": _("compound"),
    "missing_context": _("missing context"),
}
# The key of each flag; the letters that other things of the card do not have.
FLAG_KEYS = dict(zip("laqmxwog", FLAG_WORDS, strict=True))
# Parts of an attribution as they are named beside the text, and elsewhere.
PLACES = {
    "source": (_("source"), _("Source in the text")),
    "cue": (_("cue"), _("Cue in the text")),
    "content": (_("what is said"), _("What is said, in the text")),
}
SURENESS = {1: _("1, a guess"), 2: _("2"), 3: _("3, fairly"), 4: _("4"), 5: _("5, certain")}
NOT_MINE = _("This claim is not assigned to you. Take the next article from your queue, or ask a manager.")

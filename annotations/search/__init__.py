"""Finding texts, propositions and sources that one may see."""

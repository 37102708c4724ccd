"""The sample project that a new home begins with: three people, one article to label, one still in draft."""

"""One module a step. A released step is never edited."""

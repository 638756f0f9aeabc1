"""The text as given, its shadow, sentences, tokens and words."""

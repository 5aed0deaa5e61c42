"""Words and sentences: folding, tokens, clitics, phrases.  No meaning yet."""

from khabar.text.fold import fold, fold_all, fold_with_positions, search_key
from khabar.text.phrases import Match, Phrases
from khabar.text.tokens import Sentence, Token, Tokenized, plain_words, tokenize

__all__ = [
    "Match",
    "Phrases",
    "Sentence",
    "Token",
    "Tokenized",
    "fold",
    "fold_all",
    "fold_with_positions",
    "plain_words",
    "search_key",
    "tokenize",
]

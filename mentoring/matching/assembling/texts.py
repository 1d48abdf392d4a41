"""What people wrote, as directions: texts that share rare words point the same way.

Each word has a random direction of its own, drawn from its letters, so that no list of words
is kept (Johnson and Lindenstrauss: angles survive). A word counts the more the fewer use it.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from mentoring.matching.engine.arrays import Floats

WIDTH = 256
# Levels of a direction's parts: whole numbers are the same on every machine, and pack well.
LEVELS = 127
# The beginnings of words, so that “airline” and “airlines” are one in most languages.
STEM = re.compile(r"\b[^\W\d_]{3,6}")


def rarities(texts: Sequence[str]) -> dict[str, float]:
    """How much each word counts, from how many of the texts use it."""
    used = Counter(word for text in texts for word in _words(text))
    return {word: math.log1p(len(texts) / count) for word, count in used.items()}


def directions(texts: Sequence[str], rarity: Mapping[str, float]) -> Floats:
    """People × WIDTH. A text without any word of ``rarity`` has no direction: zeros."""
    found = np.zeros((len(texts), WIDTH))
    for row, text in enumerate(texts):
        for word in sorted(_words(text)):
            found[row] += rarity.get(word, 0.0) * _direction(word)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(np.round(found / np.where(length > 0, length, 1.0) * LEVELS))


def _words(text: str) -> set[str]:
    return set(STEM.findall(text.casefold()))


@lru_cache(maxsize=50_000)
def _direction(word: str) -> Floats:
    bits = blake2b(word.encode(), digest_size=WIDTH // 8).digest()
    return np.unpackbits(np.frombuffer(bits, np.uint8)).astype(np.float64) * 2 - 1

"""Digests of what goes in and of what comes out."""

from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.cohort import Cohort
from mentoring.matching.engine.settings import Rules, Weights


def feed(digest: Any, value: Any) -> None:
    """Everything with its name, shape and kind, so that nothing can stand for something else."""
    if is_dataclass(value):
        for each in fields(value):
            digest.update(each.name.encode())
            feed(digest, getattr(value, each.name))
    elif isinstance(value, np.ndarray):
        plain = value.astype(np.int64) if value.dtype.kind in "iu" else value
        digest.update(f"{plain.dtype}{plain.shape}".encode())
        digest.update(np.ascontiguousarray(plain).tobytes())
    else:
        digest.update(repr(value).encode())


def inputs(cohort: Cohort, rules: Rules, weights: Weights) -> str:
    digest = sha256()
    for each in (cohort, rules, weights):
        feed(digest, each)
    return digest.hexdigest()


def seal(pairs: Ints, prices: tuple[Ints, Ints], numbers: tuple[int, ...], given: str) -> str:
    digest = sha256()
    for each in (pairs, *prices, numbers, given):
        feed(digest, each)
    return digest.hexdigest()

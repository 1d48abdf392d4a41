"""Questions and certificates as compressed numpy, and back. Nothing in there is code."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import BadZipFile

import numpy as np

from mentoring.matching.assembling.cohorts import Assembled
from mentoring.matching.engine.cohort import Cohort as Arrays
from mentoring.matching.engine.cohort import People
from mentoring.matching.engine.result import Certificate

SIDES = ("mentees", "mentors")
IDS = (*SIDES, "topics")
NUMBERS = ("extra", "floor", "pairs", "score")
# What reading raises when bytes are not those that were written.
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, KeyError, TypeError, ValueError)


@dataclass(frozen=True)
class Question:
    """What went into a run, and whom and what the indexes stand for."""

    arrays: Arrays
    mentees: list[UUID]
    mentors: list[UUID]
    topics: list[UUID]

    @classmethod
    def of(cls, found: Assembled) -> "Question":
        return cls(found.arrays, found.mentees, found.mentors, found.topics)


def packed(question: Question) -> bytes:
    arrays: dict[str, Any] = {}
    for each in fields(Arrays):
        value = getattr(question.arrays, each.name)
        if each.name in SIDES:
            arrays |= {f"{each.name}.{name}": array for name, array in _people(value).items()}
        else:
            arrays[each.name] = value
    for name in IDS:
        ids = b"".join(each.bytes for each in getattr(question, name))
        arrays[f"ids.{name}"] = np.frombuffer(ids, np.uint8)
    return _written(arrays)


def unpacked(stored: bytes) -> Question:
    found = _read(stored)
    parts: dict[str, Any] = {each.name: found.get(each.name) for each in fields(Arrays)}
    for side in SIDES:
        people: dict[str, Any] = {
            each.name: found.get(f"{side}.{each.name}") for each in fields(People)
        }
        parts[side] = People(**people)
    return Question(Arrays(**parts), *(_ids(found[f"ids.{name}"]) for name in IDS))


def packed_certificate(certificate: Certificate) -> bytes:
    return _written({each.name: getattr(certificate, each.name) for each in fields(Certificate)})


def unpacked_certificate(stored: bytes) -> Certificate:
    found = _read(stored)
    extra, floor, pairs, score = (int(found[name]) for name in NUMBERS)
    inputs, seal = str(found["inputs"]), str(found["seal"])
    return Certificate(found["u"], found["v"], extra, floor, pairs, score, inputs, seal)


def _people(people: People) -> dict[str, Any]:
    arrays = {each.name: getattr(people, each.name) for each in fields(People)}
    return {name: array for name, array in arrays.items() if array is not None}


def _ids(array: Any) -> list[UUID]:
    plain = array.tobytes()
    return [UUID(bytes=plain[at : at + 16]) for at in range(0, len(plain), 16)]


def _written(arrays: Mapping[str, Any]) -> bytes:
    file = BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def _read(stored: bytes) -> dict[str, Any]:
    with np.load(BytesIO(bytes(stored)), allow_pickle=False) as found:
        return dict(found)

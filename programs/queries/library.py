"""The questions library: what comes with the product, and what the organization made of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from uuid import UUID

from django.db.models import F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from accounts.models import Member
from accounts.permissions import Permission
from mentoring.lib.sorting import SearchKey
from mentoring.lib.text import search_key
from programs import library
from programs.enums import Stage, Subject
from programs.models import HiddenQuestion, LibraryQuestion, TopicFamily
from programs.models.library import LibraryQuestionQuerySet

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """A question as people read it; ``topic`` is a key of `Shelf.topics`."""

    key: str
    text: str
    stage: Stage
    topic: str
    topic_name: str
    is_own: bool = False
    is_hidden: bool = False

    @property
    def is_for_any(self) -> bool:
        return self.topic == Subject.ANY


@dataclass(frozen=True, slots=True)
class Shelf:
    """Questions in order, and the names of the topics that they are about."""

    topics: Mapping[str, str]
    questions: Sequence[Question]

    def find(self, *, stage: str = "", topic: str = "", text: str = "") -> list[Question]:
        """Those that fit: of the stage, about the topic or any, with every word.

        The ones about the topic come before those for any.
        """
        words = [search_key(word) for word in text.split()[:MOST_WORDS]]
        found = [
            each
            for each in self.questions
            if stage in ("", each.stage)
            and (topic in ("", each.topic) or each.is_for_any)
            and _has(each.text, words)
        ]
        return sorted(found, key=lambda each: each.topic != topic) if topic else found


def shelf() -> Shelf:
    """What people look through: own questions in use, and built-in ones that are not hidden.

    Three queries, however many there are.
    """
    topics, places = _topics()
    rows = LibraryQuestion.objects.in_use().order_by("-created_at", "-pk")
    own = [
        Question(str(row.pk), row.text, Stage(row.stage), place, topics.get(place, ""), is_own=True)
        for row in rows
        for place in [_place(row.family_id)]
    ]
    built_in = _built_in(topics, places, hidden_keys())
    return Shelf(topics, [*own, *(each for each in built_in if not each.is_hidden)])


def fitting_questions(
    *, stages: Sequence[Stage], families: Mapping[UUID, str], deck: str, turn: int
) -> list[Question]:
    """One question for each of the stages, about these families of topics or any.

    Each family comes with the starter that it was made from, if any. The ``deck`` is shuffled
    once and for all; each ``turn`` takes the next cards of it. One query.
    """
    origins = {origin: str(key) for key, origin in families.items() if origin}
    about = {**origins, Subject.ANY.value: Subject.ANY.value}
    candidates = _candidates(stages, families, about)
    dealt = []
    for place, stage in enumerate(stages):
        cards = _shuffled([each for each in candidates if each.stage == stage], f"{deck}:{stage}")
        first, count = stages.index(stage), stages.count(stage)
        if place - first < len(cards):
            dealt.append(cards[(turn * count + place - first) % len(cards)])
    return dealt


def built_in_shelf(member: Member) -> Shelf:
    """All built-in questions, hidden ones too, for members who may edit topics."""
    if not member.may(Permission.TOPICS_EDIT):
        return Shelf({}, [])
    topics, places = _topics()
    return Shelf(topics, _built_in(topics, places, hidden_keys()))


def hidden_keys() -> set[str]:
    return set(HiddenQuestion.objects.values_list("key", flat=True))


def own_questions_of(member: Member) -> LibraryQuestionQuerySet:
    """The organization's own questions, archived ones too, for members who may edit topics."""
    rows = LibraryQuestion.objects.select_related("family").order_by("-created_at", "-pk")
    return rows if member.may(Permission.TOPICS_EDIT) else rows.none()


def with_words(rows: QuerySet[LibraryQuestion], text: str) -> QuerySet[LibraryQuestion]:
    """Those with every word, capitals and accents aside."""
    for word in text.split()[:MOST_WORDS]:
        place = StrIndex(F("search_text"), SearchKey(Value(word)))
        rows = rows.filter(GreaterThan(place, Value(0)))
    return rows


def with_topic(rows: QuerySet[LibraryQuestion], topic: str) -> QuerySet[LibraryQuestion]:
    """Those of one family, or those for any topic."""
    return rows.filter(family=None if topic == Subject.ANY else UUID(topic))


def in_state(rows: QuerySet[LibraryQuestion], state: str) -> QuerySet[LibraryQuestion]:
    return rows.filter(archived_at__isnull=state != "archived")


def known_among(stage: str, texts: Iterable[str]) -> list[str]:
    """Those of the texts that the organization has in this stage already, archived or not."""
    by_text = {text.lower(): text for text in texts}
    rows = LibraryQuestion.objects.filter(stage=stage).annotate(plain=Lower("text"))
    found = set(rows.filter(plain__in=by_text).values_list("plain", flat=True))
    return [text for plain, text in by_text.items() if plain in found]


def _candidates(
    stages: Sequence[Stage], families: Collection[UUID], about: Mapping[str, str]
) -> list[Question]:
    """Own and built-in questions that fit, in one query together with what is hidden."""
    own = LibraryQuestion.objects.in_use().filter(stage__in=stages)
    fitting = own.filter(Q(family=None) | Q(family__in=families)).order_by()
    nowhere = Cast(Value(None), UUIDField())
    hidden = HiddenQuestion.objects.annotate(nothing=Value(""), nowhere=nowhere).order_by()
    rows = list(
        fitting.values_list("stage", "text", "family").union(
            hidden.values_list("nothing", "key", "nowhere"), all=True
        )
    )
    left_out = {text for stage, text, _family in rows if not stage}
    mine = [
        Question(text, text, Stage(stage), _place(family), "", is_own=True)
        for stage, text, family in sorted(rows, key=str)
        if stage
    ]
    built_in = [
        Question(each.key, str(each.text), each.stage, about[each.subject], "")
        for each in library.QUESTIONS
        if each.stage in stages and each.subject in about and each.key not in left_out
    ]
    return mine + built_in


def _shuffled(questions: Sequence[Question], deck: str) -> list[Question]:
    """In an order that is always the same for a deck; about a topic and for any take turns."""
    order = sorted(questions, key=lambda each: sha256(f"{deck}:{each.key}".encode()).digest())
    some = [each for each in order if not each.is_for_any]
    rest = [each for each in order if each.is_for_any]
    pairs = zip_longest(some, rest)
    return [each for pair in pairs for each in pair if each is not None]


def _topics() -> tuple[dict[str, str], dict[str, str]]:
    """The names of all topics by key, and under which key each built-in subject is found.

    A subject whose family the organization does not have keeps its usual name.
    """
    families = list(TopicFamily.objects.order_by("position", "name"))
    topics = {str(each.pk): str(each) for each in families}
    places: dict[str, str] = {}
    for family in families:
        if family.origin:
            places.setdefault(family.origin, str(family.pk))
    for subject in Subject:
        if subject not in places:
            places[subject] = subject.value
            topics[subject.value] = str(subject.label)
    any_topic = topics.pop(Subject.ANY.value)
    return {**topics, Subject.ANY.value: any_topic}, places


def _built_in(
    topics: Mapping[str, str], places: Mapping[str, str], hidden: set[str]
) -> list[Question]:
    return [
        Question(
            each.key,
            str(each.text),
            each.stage,
            places[each.subject],
            topics[places[each.subject]],
            is_hidden=each.key in hidden,
        )
        for each in library.QUESTIONS
    ]


def _place(family_id: UUID | None) -> str:
    return str(family_id) if family_id else Subject.ANY.value


def _has(text: str, words: Sequence[str]) -> bool:
    plain = search_key(text) if words else ""
    return all(word in plain for word in words)

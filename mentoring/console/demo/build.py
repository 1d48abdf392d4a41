"""Fills organizations through the same operations that people use."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.enums import Reach, Role
from accounts.models import Member, Organization, User
from accounts.operations import organizations
from accounts.operations.careers import note_steps
from mentoring.console.demo import (
    absences,
    agendas,
    agreements,
    calendars,
    careers,
    chart,
    check_ins,
    cohort_people,
    cohorts,
    endings,
    enrollments,
    exports,
    failures,
    feedback,
    goals,
    history,
    imports,
    library,
    looking_back,
    mail_texts,
    meetings,
    messages,
    notices,
    pairs,
    plans,
    questions,
    rematch,
    rounds,
    surveys,
)
from mentoring.console.demo.people import Person, people
from mentoring.console.demo.places import Place, places
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within

PASSWORD = "reverse mentoring"  # noqa: S105  (printed by the command, for people who do not exist)
DOMAIN = "example"
INVITED = 9
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Login:
    """How to sign in as somebody of a demo organization."""

    organization: str
    role: str
    email: str
    password: str = PASSWORD

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much of everything to make. The same recipe makes the same names and addresses."""

    organizations: int = 2
    people: int = 40
    seed: int = 1
    canary: str = ""


class PartlyBuilt(Exception):
    """Some of the recipe's organizations exist already, made by another recipe or by people."""


CAST: tuple[tuple[str, list[Role], Reach], ...] = (
    ("owner", [Role.OWNER], Reach.ORGANIZATION),
    ("program_admin", [Role.PROGRAM_ADMIN], Reach.ORGANIZATION),
    ("program_admin_named", [Role.PROGRAM_ADMIN], Reach.PROGRAMS),
    ("hr_analyst", [Role.HR_ANALYST], Reach.ORGANIZATION),
    ("member", [], Reach.ORGANIZATION),
    ("second_owner", [Role.OWNER], Reach.ORGANIZATION),
)
CAST_SIZE = len(CAST)


def logins(recipe: Recipe) -> list[Login]:
    """The logins of a recipe, whether or not it has been built."""
    return [
        Login(place.slug, role, person.email)
        for index, place in enumerate(places(count=recipe.organizations, canary=recipe.canary))
        for (role, _, _), person in zip(CAST, _people_of(index, place, recipe), strict=False)
    ]


def is_built(recipe: Recipe) -> bool:
    """Whether these organizations exist already. Raises PartlyBuilt when only some do."""
    owners = {each.email for each in logins(recipe) if each.role == "owner"}
    found = set(User.objects.filter(email__in=owners).values_list("email", flat=True))
    if found and found != owners:
        raise PartlyBuilt(f"Some of these organizations exist already: {', '.join(sorted(found))}.")
    return bool(found)


def build(recipe: Recipe, *, now: datetime) -> list[Login]:
    """Make the organizations with their people, programs and history; return the logins."""
    secret = make_password(PASSWORD)
    guest: User | None = None
    for index, place in enumerate(places(count=recipe.organizations, canary=recipe.canary)):
        with transaction.atomic():
            users = _users(_people_of(index, place, recipe), place, secret)
            organization = _organization(place, users[0])
            with within(organization):
                _join(users, guest, now=now)
                _live(organization, users, place, mark=_mark(index, recipe), recipe=recipe, now=now)
            guest = users[CAST_SIZE - 2]
    return logins(recipe)


def _mark(index: int, recipe: Recipe) -> str:
    return f"{recipe.canary}{index} " if recipe.canary else ""


def _people_of(index: int, place: Place, recipe: Recipe) -> list[Person]:
    domain = f"{place.slug}.{DOMAIN}"
    count = max(recipe.people, CAST_SIZE + 1)
    prefix = _mark(index, recipe).strip()
    return people(count=count, seed=recipe.seed, domain=domain, prefix=prefix)


def _users(persons: Iterable[Person], place: Place, secret: str) -> list[User]:
    users = [
        User(email=each.email, name=each.name, password=secret, language=place.language)
        for each in persons
    ]
    User.objects.bulk_create(users, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in users],
        batch_size=BATCH,
    )
    return users


def _organization(place: Place, owner: User) -> Organization:
    try:
        return organizations.create_organization(
            user=owner,
            name=place.name,
            slug=place.slug,
            time_zone=place.time_zone,
            language=place.language,
        )
    except organizations.SlugTaken as taken:
        raise PartlyBuilt(f"Another organization has the address “{place.slug}”.") from taken


def _member(user: User, *, now: datetime, **fields: Any) -> Member:
    return Member(user=user, name=user.name, email=user.email, joined_at=now, **fields)


def _join(users: list[User], guest: User | None, *, now: datetime) -> None:
    """Everybody but the owner; the guest is a member of the organization before, too."""
    cast = [
        _member(user, now=now, roles=roles, reach=reach)
        for user, (_, roles, reach) in zip(users, CAST, strict=False)
    ]
    rest = [*users[CAST_SIZE:], *([guest] if guest else [])]
    others = [_member(user, now=now) for user in rest]
    joined = Member.objects.bulk_create([*cast[1:], *others], batch_size=BATCH)
    note_steps([each.pk for each in joined], now=now)


def _live(
    organization: Organization,
    users: list[User],
    place: Place,
    *,
    mark: str,
    recipe: Recipe,
    now: datetime,
) -> None:
    cast = users[: CAST_SIZE + 1]
    found = Member.objects.filter(user__in=cast)
    by_user = {member.user_id: member for member in found}
    owner, _, narrowed, analyst, member, *_, leaving = [by_user[user.pk] for user in cast]
    domain = f"new.{place.slug}.{DOMAIN}"
    new = people(count=INVITED, seed=recipe.seed, domain=domain, prefix=mark.strip())
    listed = people(
        count=max(1, len(users) // 2),
        seed=recipe.seed,
        domain=f"list.{place.slug}.{DOMAIN}",
        prefix=mark.strip(),
    )
    _decorate(organization, place, owner, mark=mark, now=now)
    mentors = (member, owner)
    chart.place_people(
        place, listed, owner=owner, juniors=mentors, mark=mark, seed=recipe.seed, now=now
    )
    careers.live_before(now=now)
    imports.hand_in_lists(place, owner=owner, mark=mark, seed=recipe.seed, now=now)
    history.run_programs(owner, narrowed, mark=mark, now=now)
    library.write_questions(admin=owner, mark=mark, now=now)
    questions.ask_own(owner, mark=mark)
    _fill_cohorts(organization, owner, mentors, mark=mark, seed=recipe.seed, now=now)
    invited = [each.email for each in new]
    history.invite_people(invited, owner, now=now)
    failures.lose_some(invited[2:4], invited[-1], now=now)
    history.say_goodbye(leaving, owner, now=now)
    notices.ring_bells(mentors, now=now)
    notices.prefer_summaries(analyst, now=now)
    exports.hand_out_exports(analyst, mark=mark, now=now)


def _decorate(
    organization: Organization, place: Place, owner: Member, *, mark: str, now: datetime
) -> None:
    """Colors, days off, and words of its own."""
    history.decorate(organization, place, owner)
    calendars.take_days_off(place, owner=owner, mark=mark, now=now)
    mail_texts.write_own(owner, mark=mark, now=now)


def _fill_cohorts(
    organization: Organization,
    admin: Member,
    mentors: tuple[Member, ...],
    *,
    mark: str,
    seed: int,
    now: datetime,
) -> None:
    """Cohorts in several states: people were asked, enrolled, are in and found each other.

    The ``mentors`` are among them.
    """
    cohorts.open_cohorts(admin=admin, mark=mark, now=now)
    cohort_people.ask_people(admin=admin, seed=seed, now=now)
    enrollments.enroll_people(
        organization, firsts=mentors, admin=admin, mark=mark, seed=seed, now=now
    )
    cohorts.go_on(admin=admin, now=now)
    paired = pairs.pair_people(mentors, mark=mark, now=now)
    _work_together(paired, admin=admin, mark=mark, now=now)
    endings.let_enrollment_close(admin=admin, now=now)
    rounds.live_through(but=mentors, admin=admin, mark=mark, seed=seed, now=now)
    surveys.ask_in_waves(mark=mark, now=now)
    messages.talk(paired, mark=mark, now=now)
    messages.raise_one(paired, admin, mark=mark, now=now)
    looking_back.let_some_look_back(mentors, mark=mark, now=now)
    feedback.give_feedback(mark=mark, now=now)
    feedback.tell_results(now=now)
    endings.let_one_wait(paired, now=now)
    absences.go_away(paired, admin=admin, now=now)
    cohort_people.keep_company(admin=admin, seed=seed, now=now)
    plans.list_people(mentors, now=now)
    plans.plan_cohorts(admin=admin, now=now)
    rounds.date_back()


def _work_together(paired: Sequence[Pairing], *, admin: Member, mark: str, now: datetime) -> None:
    """What pairs go through from their first agreement to the end of one."""
    agreements.agree_in_pairs(paired, mark=mark, now=now)
    meetings.hold_meetings(paired, assistant=admin, mark=mark, now=now)
    agendas.write_agendas(paired, mark=mark, now=now)
    goals.reach_something(paired, mark=mark, now=now)
    check_ins.ask_how_it_goes(paired, now=now)
    rematch.look_for_others(paired, admin=admin, now=now)
    endings.let_one_end(paired, mark=mark, now=now)
    endings.let_one_say_goodbye(paired, now=now)

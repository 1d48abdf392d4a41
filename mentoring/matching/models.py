"""How a program matches, what admins want of single pairs, and every run with its proof."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.matching.enums import UNFINISHED, Aim, PublicationState, Purpose, RunState, Wanted
from mentoring.pairings.models import Pairing
from mentoring.tenancy.models import TenantManager, TenantModel, TenantQuerySet
from programs.models import Cohort, Participant, Program

MOST_PREFERRED = 3


class Recipe(TenantModel):
    """How a program weighs what two people have in common, and which plan it calls best.

    ``weights`` are shares by feature of the engine, 0 to 100; only their proportions count.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="recipes")
    weights = models.JSONField(default=dict)
    aim = models.CharField(_("The best plan"), max_length=10, choices=Aim, default=Aim.PEOPLE)
    raises_worst = models.BooleanField(_("Raise the weakest pair"), default=True)
    common_topic = models.BooleanField(_("A common topic is needed"), default=True)
    common_form = models.BooleanField(_("A common form of meeting is needed"), default=False)
    earlier_pairs_again = models.BooleanField(_("Earlier pairs may meet again"), default=False)
    ideal_distance = models.PositiveSmallIntegerField(_("Best distance in grades"), default=3)
    minimum_score = models.PositiveSmallIntegerField(_("Least score of a pair"), default=20)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "program"], name="matching_recipe_once"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_score__lte=100), name="matching_recipe_score"
            ),
        ]

    def __str__(self) -> str:
        return str(self.program_id)


class Preference(TenantModel):
    """Somebody whom a participant would like to have as a partner, in an order of their own.

    A plan counts it, and the parts of a score tell admins that a list counted for a pair, but
    not whose. No page shows the list to anybody but the chooser.
    """

    keeps = Keeps(DataClass.PERSONAL, until="one of the two takes part no more")

    chooser = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    chosen = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "chooser", "chosen"], name="matching_preference_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "chooser", "rank"], name="matching_preference_rank"
            ),
            models.CheckConstraint(
                condition=models.Q(rank__range=(1, MOST_PREFERRED)),
                name="matching_preference_few",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chooser_id} → {self.chosen_id}"


class PairWish(TenantModel):
    """An admin's word on one pair: keep together, or keep apart.

    A pair that breaks hard rules (``broken``, the engine's names) may be kept together only
    with a reason and a second person's yes, and the database knows that the two differ.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the cohort is deleted")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="pair_wishes")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    wanted = models.CharField(max_length=10, choices=Wanted)
    broken = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    wanted_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    wanted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "mentor", "mentee"], name="matching_pair_wish_once"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("wanted_by")),
                name="matching_pair_wish_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(broken__len=0) | ~models.Q(reason=""),
                name="matching_pair_wish_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wanted} {self.mentor_id} & {self.mentee_id}"


class RunQuerySet(TenantQuerySet["Run"]):
    def plans(self) -> Self:
        return self.filter(purpose=Purpose.PLAN)

    def finished(self) -> Self:
        """With a result."""
        return self.filter(state__in=[RunState.DONE, RunState.PUBLISHED])


class Run(TenantModel):
    """One run of the engine on a cohort, with all that is needed to show and repeat it.

    ``settings`` are the engine's rules and weights by name, ``version`` the engine's. Scores
    are in the engine's units (10,000 a point). ``look_at`` is when a worker should look next:
    at once, or when the lease of the one that works on it runs out; for an ended trial, when
    to forget it. ``attempts`` counts the workers that took it.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the cohort is deleted; trials one day")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="runs")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.PLAN)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.QUEUED)
    settings = models.JSONField(default=dict)
    version = models.CharField(max_length=20)
    mentors = models.PositiveIntegerField(default=0)
    mentees = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    total_score = models.BigIntegerField(default=0)
    worst_score = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict)
    trouble = models.CharField(max_length=40, blank=True)
    started_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    canceled_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Member, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    look_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(RunQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "cohort"],
                condition=models.Q(purpose=Purpose.PLAN, state__in=UNFINISHED),
                name="matching_run_one_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "cohort", "-queued_at"], name="matching_run_latest"
            ),
            models.Index(fields=["organization", "look_at"], name="matching_run_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.queued_at:%Y-%m-%d %H:%M}"


class RunData(TenantModel):
    """The arrays that went into a run and the prices that came out, as compressed numpy."""

    keeps = Keeps(DataClass.PERSONAL, until="the cohort is deleted; trials one day")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="data")
    inputs = models.BinaryField()
    certificate = models.BinaryField(default=b"")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "run"], name="matching_run_data_once")
        ]

    def __str__(self) -> str:
        return str(self.run_id)


class PublicationQuerySet(TenantQuerySet["Publication"]):
    def on_the_way(self) -> Self:
        return self.filter(state=PublicationState.SENDING)


class Publication(TenantModel):
    """Pairs of a plan that an admin has sent out, which a worker proposes in portions.

    ``look_at``, ``claim`` and ``attempts`` are those of a run; ``proposed`` and
    ``passed_over`` count what has become of the ``asked`` pairs so far.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the cohort is deleted")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="publications")
    state = models.CharField(
        max_length=10, choices=PublicationState, default=PublicationState.SENDING
    )
    trouble = models.CharField(max_length=40, blank=True)
    asked = models.PositiveIntegerField()
    proposed = models.PositiveIntegerField(default=0)
    passed_over = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    look_at = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(PublicationQuerySet)()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "run"],
                condition=models.Q(state=PublicationState.SENDING),
                name="matching_publication_one_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "look_at"], name="matching_publication_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.asked_at:%Y-%m-%d %H:%M}"


class RunPair(TenantModel):
    """A pair of a plan with its score by feature, and the proposal it became.

    ``publication`` is the last one that the pair was part of; ``passed_over`` is why it was
    not proposed then, a name of `words.RULES` or `words.SKIPPED`.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the cohort is deleted; trials one day")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    mentee = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    score = models.IntegerField()
    parts = models.JSONField(default=dict)
    is_locked = models.BooleanField(default=False)
    pairing = models.ForeignKey(
        Pairing, on_delete=models.RESTRICT, related_name="+", null=True, blank=True
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.RESTRICT, related_name="pairs", null=True, blank=True
    )
    passed_over = models.CharField(max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "run", "mentor", "mentee"], name="matching_run_pair_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "run", "score", "id"], name="matching_run_pair_score"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} & {self.mentee_id}"


class RunRest(TenantModel):
    """Somebody whom a plan leaves without a partner, and why.

    ``facts`` are the counts of the engine's explanation; never names of others.
    """

    keeps = Keeps(DataClass.PERSONAL, until="the cohort is deleted; trials one day")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rest")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "run", "participant"], name="matching_run_rest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.reason}"

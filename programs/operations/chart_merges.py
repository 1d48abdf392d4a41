"""What becomes of a cohort's rules when departments, locations or grades are merged."""

from accounts.models import Department, Grade, Location
from programs.models import Eligibility

FIELDS = {Department: "department", Location: "location", Grade: "grade"}

type Part = Department | Location | Grade


def follow_merge(*, source: Part, target: Part) -> None:
    """Let rules that name the source name the target; a cohort that names both keeps one.

    Without it the rule would go with the source, and a cohort without rules is for everybody.
    """
    field = FIELDS[type(source)]
    rules = Eligibility.objects.filter(**{f"{field}_id": source.pk})
    kept = Eligibility.objects.filter(**{f"{field}_id": target.pk})
    both = set(kept.values_list("cohort_id", "audience"))
    for rule in rules:
        if (rule.cohort_id, rule.audience) in both:
            rule.delete()
        else:
            Eligibility.objects.filter(pk=rule.pk).update(**{f"{field}_id": target.pk})

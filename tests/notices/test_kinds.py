"""Every kind of mail is classified on purpose. A new one needs a line here, so a decision."""

from mentoring.outbox.bells import bell_name
from mentoring.outbox.enums import Channel
from mentoring.outbox.registry import is_known, kind_choices, kind_named, label_of, mail_kinds

# Group, and what sets the kind apart.
KINDS = {
    "accounts.invitation": ("account", "essential"),
    "checkins.prompt": ("reminders", ""),
    "checkins.repeat": ("reminders", "with checkins.prompt, no bell"),
    "meetings.ahead": ("reminders", ""),
    "meetings.cancellation": ("meetings", "urgent"),
    "meetings.commitment_proposed": ("messages", "with pairings.message"),
    "meetings.did_it_happen": ("reminders", ""),
    "meetings.invitation": ("meetings", "urgent"),
    "meetings.put_off_again": ("running", ""),
    "meetings.week": ("running", ""),
    "notices.digest": ("reminders", "no bell"),
    "pairings.agreement_in_force": ("pairs", ""),
    "pairings.agreement_proposed": ("pairs", ""),
    "pairings.agreement_waiting": ("reminders", ""),
    "pairings.began": ("pairs", ""),
    "pairings.break_over": ("reminders", ""),
    "pairings.concern": ("account", "essential"),
    "pairings.conflict_found": ("pairs", ""),
    "pairings.conflict_found_in_cohort": ("running", ""),
    "pairings.drift_act": ("running", ""),
    "pairings.drift_prompt": ("reminders", ""),
    "pairings.end_passed": ("reminders", ""),
    "pairings.ended": ("proposals", ""),
    "pairings.ended_for_both": ("pairs", ""),
    "pairings.ends_soon": ("reminders", ""),
    "pairings.help_asked": ("running", ""),
    "pairings.introduction_due": ("reminders", ""),
    "pairings.message": ("messages", ""),
    "pairings.partner_away": ("pairs", ""),
    "pairings.partner_left": ("pairs", ""),
    "pairings.partner_stepped_out": ("pairs", ""),
    "pairings.paused": ("pairs", ""),
    "pairings.proposal": ("proposals", ""),
    "pairings.rematch_asked": ("running", ""),
    "pairings.reminder": ("reminders", ""),
    "pairings.request": ("proposals", ""),
    "programs.announcement": ("taking_part", ""),
    "programs.announcement_test": ("running", "essential"),
    "programs.circle": ("meetings", "urgent"),
    "programs.cohort_invitation": ("taking_part", ""),
    "programs.cohort_reminder": ("reminders", ""),
    "programs.decision": ("taking_part", ""),
    "programs.enrollment_closing": ("running", ""),
    "programs.enrollment_draft": ("reminders", ""),
}


def apart(kind) -> str:
    if kind.is_essential:
        return "essential"
    if kind.is_urgent:
        return "urgent"
    marks = [f"with {kind.switch}"] if kind.switch else []
    return ", ".join([*marks, *([] if kind.has_bell else ["no bell"])])


def test_every_kind_of_mail_is_classified():
    assert {each.name: (each.group.value, apart(each)) for each in mail_kinds()} == KINDS


def test_every_kind_that_rings_has_a_bell_called_like_it():
    for kind in mail_kinds():
        rings = KINDS[kind.name][1] != "essential" and "no bell" not in KINDS[kind.name][1]
        assert is_known(bell_name(kind.name)) == rings
        if rings:
            bell = kind_named(bell_name(kind.name))
            assert (bell.channel, label_of(bell.name)) == (Channel.EFFECT, kind.label)


def test_the_log_of_messages_is_filtered_by_kinds_and_not_by_their_bells():
    names = [name for name, _label in kind_choices()]
    assert "pairings.message" in names
    assert [name for name in names if name.endswith(".bell")] == []


def test_a_kind_is_switched_with_one_that_has_a_switch():
    kinds = {each.name: each for each in mail_kinds()}
    for kind in kinds.values():
        assert kinds[kind.switch_name].switch == ""

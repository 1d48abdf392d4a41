"""Every kind of mail is classified on purpose. A new one needs a line here, so a decision."""

from mentoring.outbox.bells import bell_name
from mentoring.outbox.enums import Channel
from mentoring.outbox.registry import (
    MailKind,
    is_known,
    kind_choices,
    kind_named,
    kinds_called_like,
    label_of,
    mail_kinds,
)
from programs.foretold import foretold_kinds

# Group, and what sets the kind apart.
KINDS = {
    "accounts.invitation": ("account", "essential"),
    "checkins.prompt": ("reminders", ""),
    "checkins.repeat": ("reminders", "with checkins.prompt, no bell"),
    "feedback.arrived": ("pairs", ""),
    "feedback.prompt": ("reminders", ""),
    "feedback.prompt_again": ("reminders", "with feedback.prompt"),
    "feedback.prompt_last": ("reminders", "with feedback.prompt"),
    "feedback.thanked": ("pairs", ""),
    "feedback.survey": ("reminders", ""),
    "feedback.survey_again": ("reminders", "with feedback.survey, no bell"),
    "meetings.ahead": ("reminders", ""),
    "meetings.cancellation": ("meetings", "urgent"),
    "meetings.commitment_proposed": ("messages", "with pairings.message"),
    "meetings.did_it_happen": ("reminders", ""),
    "meetings.invitation": ("meetings", "urgent"),
    "meetings.put_off_again": ("running", ""),
    "meetings.week": ("running", ""),
    "notices.digest": ("reminders", "no bell"),
    "notices.mail_trial": ("running", "essential"),
    "pairings.agreement_due": ("reminders", ""),
    "pairings.agreement_in_force": ("pairs", ""),
    "pairings.agreement_proposed": ("pairs", ""),
    "pairings.agreement_waiting": ("reminders", ""),
    "pairings.began": ("pairs", ""),
    "pairings.break_over": ("reminders", ""),
    "pairings.closing_alone": ("reminders", ""),
    "pairings.closing_began": ("pairs", ""),
    "pairings.closing_waits": ("reminders", ""),
    "pairings.closing_went_on": ("pairs", ""),
    "pairings.concern": ("account", "essential"),
    "pairings.conflict_found": ("pairs", ""),
    "pairings.conflict_found_in_cohort": ("running", ""),
    "pairings.drift_act": ("running", ""),
    "pairings.drift_prompt": ("reminders", ""),
    "pairings.end_passed": ("reminders", ""),
    "pairings.ended": ("proposals", ""),
    "pairings.ended_for_both": ("pairs", ""),
    "pairings.ended_well": ("pairs", ""),
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
    "reports.export_ready": ("exports", "essential"),
    "reports.monthly_export_ready": ("exports", ""),
}


# Whether those who look after messages see the text, and whether those who run a cohort see it
# ahead. What is in neither list is seen by its recipient only, and so is every new kind.
SHOW_TEXT = {
    "programs.announcement",
    "programs.circle",
    "programs.decision",
    "programs.enrollment_draft",
}
# What may be sent once more: those who look after messages find nothing out by trying, neither
# who has answered nor how something private stands.
REPEATABLE = {
    "accounts.invitation",
    "meetings.ahead",
    "meetings.cancellation",
    "meetings.did_it_happen",
    "meetings.invitation",
    "meetings.week",
    "pairings.began",
    "pairings.break_over",
    "pairings.introduction_due",
    "programs.announcement",
    "programs.circle",
    "programs.cohort_invitation",
    "programs.cohort_reminder",
    "programs.decision",
    "programs.enrollment_closing",
    "programs.enrollment_draft",
    "reports.export_ready",
    "reports.monthly_export_ready",
}
FORETOLD = {
    "checkins.prompt",
    # For those who run it, and not about anybody in it.
    "meetings.week",
    "programs.enrollment_closing",
    "meetings.ahead",
    "meetings.cancellation",
    "meetings.did_it_happen",
    "meetings.invitation",
    "pairings.began",
    "pairings.break_over",
    "pairings.introduction_due",
    "programs.announcement",
    "programs.circle",
    "programs.cohort_invitation",
    "programs.cohort_reminder",
    "programs.decision",
    "programs.enrollment_draft",
}
NEITHER = {
    # Lets somebody in.
    "accounts.invitation",
    # Between two people, or for one of them alone.
    "checkins.repeat",
    "feedback.arrived",
    "feedback.prompt",
    "feedback.prompt_again",
    "feedback.prompt_last",
    "feedback.thanked",
    "meetings.commitment_proposed",
    "pairings.agreement_due",
    "pairings.agreement_in_force",
    "pairings.agreement_proposed",
    "pairings.agreement_waiting",
    "pairings.conflict_found",
    "pairings.drift_prompt",
    "pairings.end_passed",
    "pairings.ends_soon",
    "pairings.message",
    "pairings.partner_away",
    "pairings.paused",
    # Who was asked, who has not answered, and how something ended.
    "pairings.closing_alone",
    "pairings.closing_began",
    "pairings.closing_waits",
    "pairings.closing_went_on",
    "pairings.ended",
    "pairings.ended_for_both",
    "pairings.ended_well",
    "pairings.partner_left",
    "pairings.partner_stepped_out",
    "pairings.proposal",
    "pairings.reminder",
    "pairings.request",
    # Those who run it read how many were asked and have answered, and never who.
    "feedback.survey",
    "feedback.survey_again",
    # In confidence, or about somebody else.
    "meetings.put_off_again",
    "pairings.concern",
    "pairings.conflict_found_in_cohort",
    "pairings.drift_act",
    "pairings.help_asked",
    "pairings.rematch_asked",
    # Says what others say, or what is not yet sent.
    "notices.digest",
    "notices.mail_trial",
    "programs.announcement_test",
    # What somebody has exported, and what for.
    "reports.export_ready",
    "reports.monthly_export_ready",
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


def test_every_kind_is_confidential_unless_it_was_decided_otherwise():
    assert {each.name for each in mail_kinds() if each.shows_text} == SHOW_TEXT
    assert sorted(foretold_kinds()) == sorted(FORETOLD)
    assert KINDS.keys() - SHOW_TEXT - FORETOLD == NEITHER


def test_a_mail_is_sent_once_more_only_if_that_was_decided_for_its_kind():
    assert {each.name for each in mail_kinds() if each.is_repeatable} == REPEATABLE


def test_a_kind_that_says_nothing_shows_nothing():
    names = MailKind.__dataclass_fields__
    assert (names["shows_text"].default, names["is_repeatable"].default) == (False, False)


def test_kinds_that_are_called_alike_are_one_choice_in_the_log():
    names = [name for name, _label in kind_choices()]
    labels = [str(label) for _name, label in kind_choices()]
    assert len(labels) == len(set(labels))
    assert "meetings.commitment_proposed" not in names
    assert set(kinds_called_like("pairings.message")) == {
        "pairings.message",
        "pairings.message.bell",
        "meetings.commitment_proposed",
        "meetings.commitment_proposed.bell",
    }

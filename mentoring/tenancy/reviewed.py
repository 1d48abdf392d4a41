"""Exceptions from the rules of tenancy, each with its reason. A reviewer reads every line."""

GLOBAL_TABLES = {
    "django_migrations": "Django's own history of migrations; holds no data of people",
    "django_content_type": "names of models",
    "auth_permission": "names of models; our permissions are data in code",
    "auth_group": "comes with Django's auth; never used",
    "auth_group_permissions": "comes with Django's auth; never used",
    "django_session": "sign-in sessions of users, found by a random key only",
    "cache_entries": "counters of sign-in attempts, progress bars; unlogged, may vanish",
    "accounts_user": "people who sign in stand outside organizations",
    "account_emailaddress": "a user's own addresses (allauth)",
    "account_emailconfirmation": "pending confirmations of a user's address (allauth)",
    "mfa_authenticator": "a user's second factors, encrypted (allauth)",
    "usersessions_usersession": "a user's own list of sessions (allauth)",
}

GLOBAL_UNIQUE = {
    "accounts_organization": "an organization's address and key are unique everywhere",
}

POLICIES = {
    ("accounts_member", "own_membership"): "which organizations a person belongs to",
    ("accounts_organization", "own_membership"): "what those organizations are called",
    ("profiles_aims", "private"): "what a mentee wants and finds hard is the mentee's own",
    ("profiles_selfrating", "private"): "nobody else reads where somebody sees themselves",
    ("profiles_criteriastatement", "private"): "a protected characteristic is its owner's alone",
    ("pairings_offer", "private"): "an offer is for the two people of a request",
    ("meetings_place", "private"): "where two people meet is for the two",
    ("meetings_agendaitem", "private"): "what a pair means to talk about is for the two",
    ("meetings_sharednote", "private"): "what a pair writes down together is for the two",
    ("meetings_privatenote", "private"): "what somebody notes for themselves is theirs alone",
    ("meetings_goal", "private"): "what a pair wants to reach is for its two people",
    ("meetings_commitment", "private"): "whose a commitment is, is known to the pair alone",
    ("pairings_sharedaims", "private"): "aims are shared with the mentor of a pair alone",
    ("pairings_agreementtext", "private"): "the words of an agreement are for its two people",
    ("pairings_closingreason", "private"): "why a pair ends is told to the partner alone",
    ("pairings_pairmessage", "private"): "messages are for the two people of a pair",
    ("pairings_concern", "private"): "a concern is for whoever raises it and the person addressed",
    ("pairings_concernnote", "private"): "what somebody notes about a concern is their own",
    (
        "feedback_answers",
        "private",
    ): "an answer is its writer's, feedback the partner's once opened",
    ("feedback_reflection", "private"): "what somebody looks back on is theirs until they share it",
    ("feedback_keepsakeconsent", "private"): "what a pair wants to keep is for its two people",
    ("checkins_answer", "private"): "how somebody says it is going is for that person alone",
    ("notices_notice", "private"): "what the bell says is for one person; workers only write it",
    ("outbox_message", "system"): "the sweep asks which organizations have work waiting",
    ("outbox_schedule", "system"): "the sweep asks which organizations have schedules due",
    ("accounts_organization", "system"): "an operator names an organization by its address",
    ("accounts_peopleimport", "system"): "the sweep asks which imports have work waiting",
    ("matching_run", "system"): "the sweep asks which runs of the matching wait for a worker",
    ("matching_publication", "system"): "the sweep asks which publications wait for a worker",
    ("reports_snapshot", "system"): "the sweep asks whose day is over and not told yet",
    ("reports_export", "system"): "the sweep asks which exports have work waiting",
}

ROOT_TABLE = "accounts_organization"

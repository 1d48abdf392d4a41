"""News of accounts for higher floors."""

from django.dispatch import Signal

# organization, owner: an organization was made; its scope is open.
organization_created = Signal()
# source, target: of two departments, locations or grades the source goes into the target and
# is about to be deleted.
chart_merged = Signal()
# members, now: these members are with the organization no more.
members_gone = Signal()
# members, now: these members have gone on leave. Sent inside the transaction that wrote it.
leaves_begun = Signal()
# members, now: these members are on leave no more. Sent likewise.
leaves_over = Signal()
# now: people have other roles than before, or came back with the ones they had.
roles_changed = Signal()
# now: names, grades, departments or managers of people may be other ones than before.
people_changed = Signal()
# now: the hour of reminders, the days that are worked on, or the organization's zone are others.
hours_changed = Signal()

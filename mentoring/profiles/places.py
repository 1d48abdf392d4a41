"""Where profiles appear in pages of lower floors: the menu, and how often topics are chosen."""

from django.utils.translation import gettext_lazy as _

from accounts import navigation
from accounts.permissions import Permission
from mentoring.profiles.queries.uses import choices_per_topic
from programs import uses

MAY = Permission.TAKE_PART

navigation.register(
    navigation.Place(_("Taking part"), "taking_part", "handshake", MAY, position=5),
    navigation.Place(_("Discover"), "discover", "compass", MAY, position=6),
    navigation.Place(_("Your profile"), "own_profile", "user", MAY, position=7),
)
uses.counts.register(choices_per_topic)

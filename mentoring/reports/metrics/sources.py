"""Where numbers are taken from."""

from django.utils.translation import gettext_lazy as _

FROM_ENROLLMENT = _("Invitations and enrollments")
FROM_PAIRS = _("Pairs: when they began, paused, closed and ended")
FROM_MEETINGS = _("Meetings that one of the two noted as held")

"""Where notices appear on lower floors: before mails go out, beside them, and in menus."""

from django.utils.translation import gettext_lazy as _

from accounts import navigation
from mentoring.notices.gate import verdicts, wishes
from mentoring.notices.ringing import BELL
from mentoring.outbox.bells import register_bells
from mentoring.outbox.gate import register_gate, register_wishes

register_gate(verdicts)
register_wishes(wishes)
# The outbox has found all kinds by now.
register_bells(BELL)
navigation.register_own(navigation.OwnPlace(_("How you hear from us"), "notice_settings", "bell"))

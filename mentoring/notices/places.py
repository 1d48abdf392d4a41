"""Where notices appear on lower floors: before mails go out, beside them, and in menus."""

from django.utils.translation import gettext_lazy as _

from accounts import actions, navigation
from mentoring.notices.editable import name_of
from mentoring.notices.enums import Action
from mentoring.notices.gate import verdicts, wishes
from mentoring.notices.queries.readers import recipients_of, zones_at
from mentoring.notices.queries.texts import own_texts
from mentoring.notices.ringing import BELL
from mentoring.outbox.almanac import Directory, register_directory
from mentoring.outbox.bells import register_bells
from mentoring.outbox.gate import register_gate, register_wishes
from mentoring.outbox.texts import register_texts

register_directory(Directory(recipients_of, zones_at))
register_gate(verdicts)
register_wishes(wishes)
register_texts(own_texts)
actions.register(
    Action,
    {"mail": _("Mail"), "case": _("Case"), "subject": _("Subject"), "text_version": _("Version")},
    {"mail": lambda kind: str(name_of(kind))},
)
# The outbox has found all kinds by now.
register_bells(BELL)
navigation.register_own(navigation.OwnPlace(_("How you hear from us"), "notice_settings", "bell"))

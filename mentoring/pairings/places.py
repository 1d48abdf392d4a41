"""Where pairings appear on lower floors: the menu, the audit log, who is found, who has company."""

from django.utils.translation import gettext_lazy as _

from accounts import actions, homepage, navigation
from accounts.permissions import Permission
from mentoring.pairings import conversations
from mentoring.pairings.enums import Action
from mentoring.pairings.home import home_section
from mentoring.pairings.parts import agreement_part
from mentoring.pairings.queries.finding import without_pairs
from mentoring.pairings.queries.places import paired_of
from mentoring.pairings.questions import compose_questions
from mentoring.pairings.sections import composers
from mentoring.profiles import partners
from programs import company

navigation.register(
    navigation.Place(_("Matches"), "pairs", "messages-square", Permission.TAKE_PART, position=5.5)
)
actions.register(Action, {"proposals": _("Proposals")})
partners.rules.register(without_pairs)
company.asks.register(paired_of)
homepage.composers.register(home_section)
composers.register(agreement_part)
composers.register(conversations.compose)
composers.register(compose_questions)

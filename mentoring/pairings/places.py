"""Where pairings appear on lower floors: the menu, the audit log, who is found, who has company."""

from django.utils.translation import gettext_lazy as _

from accounts import actions, homepage, navigation
from accounts.permissions import Permission
from mentoring.pairings import conversations, home
from mentoring.pairings.agreement_home import agreement_news
from mentoring.pairings.closing_home import closing_news
from mentoring.pairings.concern_home import concern_news
from mentoring.pairings.enums import Action
from mentoring.pairings.operations import answers, breaks, introductions
from mentoring.pairings.parts import agreement_part, aims_part
from mentoring.pairings.queries.finding import without_pairs
from mentoring.pairings.queries.pairs import keys_in
from mentoring.pairings.queries.places import paired_of
from mentoring.pairings.questions import compose_questions
from mentoring.pairings.sections import composers
from mentoring.pairings.timeline import timeline_section
from mentoring.profiles import partners
from programs import company
from programs.foretold import Foretold, register_foretold

# States and dates of pairs, which the board of the cohort shows as well. Neither what only one of
# the two is told, nor who has not answered, nor anything about agreements or an end.
register_foretold(
    Foretold(
        kinds=(answers.BEGAN, introductions.INTRODUCTION_DUE, breaks.BREAK_OVER), subjects=keys_in
    )
)
navigation.register(
    navigation.Place(_("Matches"), "pairs", "messages-square", Permission.TAKE_PART, position=5.5)
)
actions.register(Action, {"proposals": _("Proposals")})
partners.rules.register(without_pairs)
company.asks.register(paired_of)
homepage.composers.register(home.home_section)
home.lookers.register(agreement_news)
home.lookers.register(concern_news)
home.lookers.register(closing_news)
composers.register(aims_part)
composers.register(agreement_part)
composers.register(timeline_section)
composers.register(conversations.compose)
composers.register(compose_questions)

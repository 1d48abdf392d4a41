"""Where check-ins appear on lower floors: the page of a pair, and the home of who takes part."""

from functools import partial

from mentoring.checkins.foretelling import foretell
from mentoring.checkins.home import check_in_news, check_in_part
from mentoring.checkins.kinds import RECURRING
from mentoring.checkins.rhythm import PROMPT
from mentoring.pairings import home
from mentoring.pairings.queries.pairs import keys_in
from mentoring.pairings.sections import composers
from programs.foretold import Foretold, register_foretold

# When people are asked follows from the rhythm; not who is asked once more, having said nothing.
register_foretold(Foretold(kinds=(PROMPT,), subjects=keys_in, planned=partial(foretell, RECURRING)))
composers.register(check_in_part)
home.lookers.register(check_in_news)

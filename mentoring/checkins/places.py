"""Where check-ins appear on lower floors: the page of a pair, and the home of who takes part."""

from mentoring.checkins.home import check_in_news, check_in_part
from mentoring.pairings import home
from mentoring.pairings.sections import composers

composers.register(check_in_part)
home.lookers.register(check_in_news)

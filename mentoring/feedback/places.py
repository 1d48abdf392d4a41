"""Where feedback appears on lower floors: the page of a pair, and the home of who takes part."""

from mentoring.feedback.home import closing_section, feedback_news, feedback_part
from mentoring.feedback.survey_home import survey_news, survey_part
from mentoring.pairings import home
from mentoring.pairings.sections import composers

composers.register(feedback_part)
composers.register(closing_section)
composers.register(survey_part)
home.lookers.register(feedback_news)
home.lookers.register(survey_news)

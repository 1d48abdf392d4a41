"""The measures that are only told through the ledger."""

from mentoring.reports.disclosure.measures.base import Fact, Measure, Month, by_person
from mentoring.reports.disclosure.measures.check_ins import CHECK_INS
from mentoring.reports.disclosure.measures.growth import GROWTH
from mentoring.reports.disclosure.measures.reliability import RELIABILITY
from mentoring.reports.disclosure.measures.responses import RESPONSES

MEASURES = {each.key: each for each in (*GROWTH, CHECK_INS, RELIABILITY, *RESPONSES)}

__all__ = ["MEASURES", "Fact", "Measure", "Month", "by_person"]

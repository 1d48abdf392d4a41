"""Which days are told."""

from datetime import date, timedelta

A_DAY = timedelta(days=1)


def is_month_end(day: date) -> bool:
    return (day + A_DAY).day == 1

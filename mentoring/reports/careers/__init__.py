"""Who stays and who moves up: people with a partner beside comparable people without.

`reading` fetches, `people`, `groups` and `intervals` reckon without a database, and `comparing`
says what may be told. What is shown of it stands in `mentoring.reports.showing.careers`.
"""

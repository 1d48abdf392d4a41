"""The many small marks of charts, for their templates."""

from django import template

from mentoring.lib.charts import markup

register = template.Library()

for tag in (
    markup.table_rows,
    markup.line_end,
    markup.track_marks,
    markup.month_marks,
    markup.slot_marks,
    markup.cell_marks,
):
    register.simple_tag(tag)

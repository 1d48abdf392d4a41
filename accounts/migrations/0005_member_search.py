"""People are found whatever accents and apostrophes somebody types."""

from django.db import migrations, models
from django.db.models.functions import Concat

from mentoring.lib.sorting import SearchKey

LINE = models.Value("\n")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_import_sweep")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="search_text",
            field=models.GeneratedField(
                db_persist=True,
                expression=SearchKey(
                    Concat(
                        "name",
                        LINE,
                        "email",
                        LINE,
                        "employee_number",
                        LINE,
                        "job_title",
                        output_field=models.TextField(),
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
    ]

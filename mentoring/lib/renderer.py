"""Forms drawn by ``templates/django/forms``."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Uses the project's templates, so that ``{{ form }}`` alone looks right."""

    form_template_name = "django/forms/div.html"
    field_template_name = "django/forms/field.html"

"""Beginning a program."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs.blueprints import BLUEPRINTS
from programs.enums import Template
from programs.forms.programs import NewProgramForm
from programs.operations import programs as operations
from programs.sections import STEPS
from programs.views.setup import NAME_TAKEN
from programs.views.wizard import SETUP


@member_view(Permission.PROGRAM_CREATE)
@require_http_methods(["GET", "HEAD", "POST"])
def program_new(request: MemberRequest) -> HttpResponse:
    """Choose a template, then name the program; from there on it exists and nothing is lost."""
    chosen = request.GET.get("template", "")
    if request.method != "POST" and chosen not in Template.values:
        return page(request, "programs/program_new.html", {"blueprints": BLUEPRINTS.values()})
    name = "" if chosen == Template.BLANK else dict(Template.choices).get(chosen, "")
    initial = {"template": chosen, "name": name}
    form = NewProgramForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            created = operations.create_program(actor=request.member, **form.values())
        except operations.NameTaken:
            form.add_error("name", NAME_TAKEN)
        else:
            address = reverse("program_sponsor", args=[request.organization.slug, created.pk])
            return redirect(address + SETUP)
    template = Template(str(form["template"].value() or Template.BLANK))
    context = {"form": form, "blueprint": BLUEPRINTS[template], "steps": STEPS}
    return page(request, "programs/program_start.html", context)

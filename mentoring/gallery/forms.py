"""Forms with every kind of field."""

from django import forms

TOPICS = (
    ("technology", "Technology"),
    ("challenges", "Challenges that leaders may not see"),
    ("inclusion", "Diversity, inclusion and resource groups"),
    ("trends", "Industry trends"),
)
RHYTHMS = (("monthly", "Once a month"), ("often", "Twice a month"), ("quarterly", "Quarterly"))


class SampleForm(forms.Form):
    """One field of each kind that pages use."""

    name = forms.CharField(label="Name", max_length=80)
    email = forms.EmailField(label="E-mail", help_text="We write to this address only.")
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    about = forms.CharField(
        label="What do you know that leaders here may not?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="A sentence is enough. No CV needed.",
    )
    place = forms.ChoiceField(
        label="Location", choices=(("", "Choose …"), ("ber", "Berlin"), ("rot", "Rotterdam"))
    )
    rhythm = forms.ChoiceField(label="How often", choices=RHYTHMS, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Topics you offer",
        choices=TOPICS,
        widget=forms.CheckboxSelectMultiple,
        help_text="At least one.",
    )
    first_day = forms.DateField(
        label="First day", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    accent = forms.CharField(
        label="Accent color", widget=forms.TextInput(attrs={"type": "color"}), initial="#0c655a"
    )
    logo = forms.FileField(label="Logo", required=False, help_text="PNG or JPEG, up to 1 MB.")
    employee = forms.CharField(label="Employee number", initial="E-1042", disabled=True)
    agree = forms.BooleanField(
        label="I will not cancel a meeting without proposing a new date",
        help_text="Leaders confirm this once, when they enroll.",
    )


class SignInForm(forms.Form):
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(
        label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )

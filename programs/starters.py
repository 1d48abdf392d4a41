"""Topics to begin with: four families, for organizations to edit as they like.

They are copied into the organization when it is made, so they are data and not texts of the
product: each carries its words in every language that the product speaks.
"""

from dataclasses import dataclass

from programs.enums import Subject

FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in several languages."""

    en: str
    de: str

    def within(self, language: str) -> str:
        """In the language, or in English when there are no words in it."""
        return str(getattr(self, language, "")) or self.en


@dataclass(frozen=True, slots=True)
class StarterTopic:
    """Something that a junior person may know better than the people who lead."""

    name: Words
    description: Words


@dataclass(frozen=True, slots=True)
class StarterFamily:
    """A heading over starter topics; built-in questions about its ``subject`` belong to it."""

    subject: Subject
    name: Words
    topics: tuple[StarterTopic, ...]


def _topic(en: tuple[str, str], de: tuple[str, str]) -> StarterTopic:
    return StarterTopic(name=Words(en[0], de[0]), description=Words(en[1], de[1]))


TECHNOLOGY = StarterFamily(
    Subject.TECHNOLOGY,
    Words("Technology", "Technologie"),
    (
        _topic(
            ("AI in everyday work", "What assistants are good for, what not, and how to check."),
            (
                "KI im Arbeitsalltag",
                "Wofür Assistenten taugen, wofür nicht, und wie man sie prüft.",
            ),
        ),
        _topic(
            ("Working with data", "Reading numbers critically and building a chart oneself."),
            ("Mit Daten arbeiten", "Zahlen kritisch lesen und ein Diagramm selbst bauen."),
        ),
        _topic(
            ("Digital tools for teams", "Chat, boards and shared documents without the noise."),
            (
                "Digitale Werkzeuge im Team",
                "Chat, Boards und gemeinsame Dokumente ohne ständige Unruhe.",
            ),
        ),
        _topic(
            ("Social media and presence", "Where people talk about us, and how to join in well."),
            (
                "Soziale Medien und Auftritt",
                "Wo über uns gesprochen wird und wie man gut mitredet.",
            ),
        ),
        _topic(
            ("Automating small tasks", "Turning a weekly chore into something that runs itself."),
            (
                "Kleine Aufgaben automatisieren",
                "Aus einer wöchentlichen Pflicht wird etwas, das von selbst läuft.",
            ),
        ),
        _topic(
            ("Safe with devices and data", "Passwords, phishing and privacy, explained calmly."),
            (
                "Sicher mit Geräten und Daten",
                "Passwörter, Phishing und Datenschutz in Ruhe erklärt.",
            ),
        ),
        _topic(
            ("How software is made", "What a sprint, a release and technical debt mean."),
            ("Wie Software entsteht", "Was Sprint, Release und technische Schulden bedeuten."),
        ),
    ),
)
UNSEEN = StarterFamily(
    Subject.UNSEEN,
    Words("Challenges that leaders may not see", "Was Führungskräfte vielleicht nicht sehen"),
    (
        _topic(
            ("The first year here", "What it is like to arrive, and what nobody explains."),
            ("Das erste Jahr hier", "Wie das Ankommen ist und was niemand erklärt."),
        ),
        _topic(
            ("How decisions reach us", "What is left of a message by the time it arrives."),
            (
                "Wie Entscheidungen ankommen",
                "Was von einer Botschaft übrig ist, wenn sie unten ankommt.",
            ),
        ),
        _topic(
            ("Speaking up", "When people say what they think, and why they often do not."),
            ("Offen sprechen", "Wann Menschen sagen, was sie denken, und warum oft nicht."),
        ),
        _topic(
            ("Close to the customer", "What customers say on the phone, at the counter, online."),
            ("Nah an der Kundschaft", "Was sie am Telefon, am Schalter und im Netz sagt."),
        ),
        _topic(
            ("Rules that get in the way", "Forms, approvals and habits that cost time daily."),
            (
                "Regeln, die im Weg stehen",
                "Formulare, Freigaben und Gewohnheiten, die täglich Zeit kosten.",
            ),
        ),
        _topic(
            ("Remote and hybrid life", "Belonging, being seen and switching off from afar."),
            (
                "Arbeiten aus der Ferne",
                "Dazugehören, gesehen werden und abschalten, auch von zu Hause.",
            ),
        ),
        _topic(
            ("Careers as we see them", "What growing means to people who start out now."),
            (
                "Laufbahnen aus unserer Sicht",
                "Was Entwicklung für die bedeutet, die jetzt starten.",
            ),
        ),
        _topic(
            ("Workload and wellbeing", "Where the pressure comes from and what would help."),
            ("Belastung und Wohlbefinden", "Woher der Druck kommt und was helfen würde."),
        ),
    ),
)
INCLUSION = StarterFamily(
    Subject.INCLUSION,
    Words(
        "Diversity, inclusion and resource groups",
        "Vielfalt, Teilhabe und Mitarbeitendennetzwerke",
    ),
    (
        _topic(
            ("Everyday inclusion", "Small things in meetings that include or leave out."),
            ("Teilhabe im Alltag", "Kleinigkeiten in Besprechungen, die einbeziehen oder nicht."),
        ),
        _topic(
            ("Being the only one in the room", "What it is like, and what an ally can do."),
            (
                "Allein unter vielen",
                "Wie es ist, die einzige Person zu sein, und was Verbündete tun können.",
            ),
        ),
        _topic(
            ("Our resource groups", "What they do, what they need, how leaders can sponsor them."),
            (
                "Unsere Netzwerke",
                "Was sie tun, was sie brauchen und wie Führungskräfte sie fördern.",
            ),
        ),
        _topic(
            ("Working across cultures", "Names, holidays, directness, silence and humor."),
            (
                "Zwischen den Kulturen",
                "Namen, Feiertage, Direktheit, Schweigen und Humor.",
            ),
        ),
        _topic(
            ("Disability and accessibility", "Barriers others do not notice, and easy repairs."),
            (
                "Behinderung und Zugänglichkeit",
                "Hürden, die andere nicht bemerken, und einfache Abhilfe.",
            ),
        ),
        _topic(
            ("Family, care and work", "Planning around children, parents and one’s own health."),
            (
                "Familie, Pflege und Beruf",
                "Planen mit Kindern, Eltern und der eigenen Gesundheit.",
            ),
        ),
        _topic(
            ("Fair hiring and promotion", "Where bias slips in and how to notice it in time."),
            (
                "Fair einstellen und befördern",
                "Wo sich Vorurteile einschleichen und wie man es rechtzeitig merkt.",
            ),
        ),
    ),
)
TRENDS = StarterFamily(
    Subject.TRENDS,
    Words("Industry trends", "Trends der Branche"),
    (
        _topic(
            ("What young customers expect", "How they choose, buy, complain and leave."),
            ("Was junge Kundschaft erwartet", "Wie sie auswählt, kauft, sich beschwert und geht."),
        ),
        _topic(
            ("New rivals and business models", "Who does it differently, and what we can learn."),
            (
                "Neue Wettbewerber und Geschäftsmodelle",
                "Wer es anders macht und was sich daraus lernen lässt.",
            ),
        ),
        _topic(
            ("Sustainability in practice", "Beyond the report: what people look at and ask for."),
            (
                "Nachhaltigkeit in der Praxis",
                "Jenseits des Berichts: worauf Menschen achten und wonach sie fragen.",
            ),
        ),
        _topic(
            ("What a good employer is now", "What candidates compare, and where they read it."),
            (
                "Was heute ein guter Arbeitgeber ist",
                "Was Bewerberinnen und Bewerber vergleichen und wo sie es lesen.",
            ),
        ),
        _topic(
            ("Research and new skills", "Fresh from university: methods that we do not use yet."),
            (
                "Forschung und neue Fähigkeiten",
                "Frisch von der Hochschule: Methoden, die wir noch nicht nutzen.",
            ),
        ),
        _topic(
            ("Communities and creators", "Where ideas of our field are discussed first."),
            (
                "Communitys und Vordenkende",
                "Wo Ideen unseres Fachs zuerst besprochen werden.",
            ),
        ),
    ),
)
FAMILIES = (TECHNOLOGY, UNSEEN, INCLUSION, TRENDS)

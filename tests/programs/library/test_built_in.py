"""The questions and tools that come with the product."""

import re
from collections import Counter

from programs.enums import Stage, Subject
from programs.library import QUESTIONS, TOOLS
from programs.starters import FAMILIES

FORBIDDEN = re.compile(
    r"\b(age|old|young|older|younger|generation|mentors?|mentees?)\b", re.IGNORECASE
)


def test_there_are_questions_for_every_stage_and_subject():
    counts = Counter((each.stage, each.subject) for each in QUESTIONS)

    assert len(QUESTIONS) >= 84
    assert set(counts) == {(stage, subject) for stage in Stage for subject in Subject}
    assert min(counts.values()) >= 2
    assert min(counts[stage, Subject.ANY] for stage in Stage) >= 4


def test_each_is_an_open_question_of_its_own_that_fits_on_a_card():
    texts = [str(each.text) for each in QUESTIONS]

    assert [text for text in texts if not text.endswith("?")] == []
    assert [text for text in texts if not 20 <= len(text) <= 160] == []
    assert [text for text in texts if re.match(r"(Do|Does|Did|Is|Have|Has|Will|Can) ", text)] == []
    assert len({text.casefold() for text in texts}) == len(texts)


def test_keys_are_unique_and_say_their_stage():
    keys = [each.key for each in QUESTIONS] + [each.key for each in TOOLS]

    assert len(set(keys)) == len(keys)
    assert [each for each in QUESTIONS if not each.key.startswith(f"{each.stage}-")] == []
    assert max(map(len, keys)) <= 60


def test_nothing_is_about_age_and_words_that_organizations_rename_are_left_out():
    texts = [str(each.text) for each in QUESTIONS]
    texts += [f"{each.title} {each.text}" for each in TOOLS]

    assert [text for text in texts if FORBIDDEN.search(text.replace("old way", ""))] == []


def test_every_stage_has_a_tool_or_two_or_three():
    counts = Counter(each.stage for each in TOOLS)
    assert set(counts) == set(Stage)
    assert set(counts.values()) <= {1, 2, 3}


def test_each_starter_family_has_its_questions():
    assert [family.subject for family in FAMILIES] == [
        subject for subject in Subject if subject != Subject.ANY
    ]

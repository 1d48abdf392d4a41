"""Topics, inside an organization."""

from django.urls import path

from programs.views import topics

FAMILY = "topics/families/<uuid:family_id>/"
TOPIC = "topics/<uuid:topic_id>/"

urlpatterns = [
    path("topics/", topics.topics, name="topics"),
    path("topics/start/", topics.topics_start, name="topics_start"),
    path("topics/new/", topics.topic_new, name="topic_new"),
    path("topics/families/new/", topics.family_new, name="topic_family_new"),
    path(FAMILY, topics.family_edit, name="topic_family_edit"),
    path(f"{FAMILY}move/", topics.family_move, name="topic_family_move"),
    path(f"{FAMILY}delete/", topics.family_delete, name="topic_family_delete"),
    path(TOPIC, topics.topic_edit, name="topic_edit"),
    path(f"{TOPIC}move/", topics.topic_move, name="topic_move"),
    path(f"{TOPIC}archive/", topics.topic_archive, name="topic_archive"),
    path(f"{TOPIC}restore/", topics.topic_restore, name="topic_restore"),
    path(f"{TOPIC}merge/", topics.topic_merge, name="topic_merge"),
]

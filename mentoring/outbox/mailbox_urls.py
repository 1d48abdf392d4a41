from django.urls import path

from mentoring.outbox import views

urlpatterns = [
    path("", views.mails, name="dev_mails"),
    path("clear/", views.mails_clear, name="dev_mails_clear"),
    path("<str:name>/", views.mail, name="dev_mail"),
    path("<str:name>/html/", views.mail_html, name="dev_mail_html"),
    path("<str:name>/source/", views.mail_source, name="dev_mail_source"),
]

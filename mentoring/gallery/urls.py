from django.urls import path

from mentoring.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.gallery, name="index"),
    path("brand.css", views.brand, name="brand"),
    path("entrance/", views.entrance, name="entrance"),
    path("errors/<slug:template>/", views.error, name="error"),
    path("tables/picked/", views.picked, name="picked"),
    path("<slug:section>/", views.gallery, name="section"),
]

"""The web process. It does not start as a role that row-level security cannot hold."""

import os

from django.core.wsgi import get_wsgi_application

from mentoring.tenancy.start import refuse_powerful_roles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

application = get_wsgi_application()
refuse_powerful_roles()

"""What Celery's command loads in a worker: the application, with the broker's address from the environment."""

import os

from lab.adapters.celery import URL, application

app = application(os.environ[URL])

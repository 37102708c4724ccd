"""The Celery application; every task is named in `annotations.tasks`."""

import os

from celery import Celery

from workbench.broker import PromptAMQP

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
app = Celery("workbench", amqp=PromptAMQP)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["annotations"])

"""A Celery application for beat alone: it knows the schedule and the broker, and loads neither Django nor a task."""

from celery import Celery

from workbench.broker import PromptAMQP

app = Celery("workbench", amqp=PromptAMQP, fixups=[])
app.config_from_object("workbench.settings", namespace="CELERY")

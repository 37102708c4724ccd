"""What the bench needs from inside the product: people to act as, and the SQL that it sends for a request.

A program of its own (`python -m tests.bench.inside`), because it runs Django on the product's own database. It reads
questions, each a line of JSON, and answers each in a line.
"""

import json
import os
import sys
from typing import Any

from workbench.local import prepared


def people(names: list[str]) -> dict[str, Any]:
    """New users: a token and a session for each."""
    from django.test import Client

    from annotations.accounts.services import create_token, create_user

    found = {}
    for name in names:
        user = create_user(name)
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        found[name] = {"id": user.pk, "token": create_token(user)[1], "session": browser.cookies["sessionid"].value}
    return found


def saving() -> dict[str, str]:
    """The statements of saving one label, with their places for values, in the order in which they are sent."""
    from annotations.accounts.authentication import FIND
    from annotations.audit.services import INSERT
    from annotations.labelling.desk import READ, WRITE

    return {"find": FIND, "read": READ, "write": WRITE, "insert": INSERT}


def asked(requests: list[dict[str, Any]]) -> list[str]:
    """The SQL of requests, with its values in it; nothing of what they write stays."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        for request in requests:
            _ask(request)
        transaction.set_rollback(True)
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]


def _ask(request: dict[str, Any]) -> None:
    from django.test import Client

    client = Client(headers={"Host": "localhost"})
    key = {"Authorization": f"Token {request['token']}"} if "token" in request else {}
    if "session" in request:
        client.cookies["sessionid"] = request["session"]
    body = json.dumps(request["body"]) if "body" in request else ""
    answer = client.generic(request["method"], request["path"], body, "application/json", headers=key)
    assert answer.status_code < 300, f"{request['path']}: {answer.status_code} {answer.content[:500]!r}"


def frozen(release_id: str) -> list[str]:
    """The SQL that reads everything a release holds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from annotations.releases.freezing import frozen_records, release_record, snapshot
    from annotations.releases.models import Release

    release = Release.objects.select_related("project").get(pk=release_id)
    with CaptureQueriesContext(connection) as captured, snapshot():
        release_record(release)
        for _ in frozen_records(release):
            pass
    return [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What was asked for."""
    answers: dict[str, Any] = {}
    if "people" in question:
        answers = {"people": people(question["people"]), "saving": saving()}
    if "requests" in question:
        answers["requests"] = {name: asked(requests) for name, requests in question["requests"].items()}
    if "release" in question:
        answers["release"] = frozen(question["release"])
    return answers


def main() -> None:
    """Answer until the input ends."""
    import django
    from django.db import connections

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")

    with prepared(["manage.py", "bench"]):
        django.setup()
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), flush=True)
            connections.close_all()
            connections["default"].close_pool()


if __name__ == "__main__":
    main()

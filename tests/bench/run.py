"""One run of the bench: fills a project over HTTP, measures on the way, and puts the database alone beside it."""

import json
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from annotations.releases.formats import manifest, native
from annotations.releases.formats.catalogue import ACCOUNTS, FORMS
from annotations.releases.formats.findings import findings
from tests.bench import texts
from tests.bench.alone import Saves
from tests.bench.browsing import browse
from tests.bench.client import API, Measured, drive
from tests.bench.live import follow
from tests.bench.machine import described, processor_seconds
from tests.bench.reading import MIDDLE, read, readings
from tests.bench.table import Table, in_ms
from tests.bench.world import LIMIT, World
from tests.product import MANAGE

SECONDS = 60.0  # at most, for the saves of one row
LONG = 12_000  # code points: an article of more than a hundred claims
MEGABYTE = 1024 * 1024
SETTLED = ["agreed", "disputed", "closed"]
WORDS = ("attributed_statement", "verifiable_fact", "verifiable_fact", "opinion")


def measure(world: World, table: Table) -> str:
    """Everything; the machine and the data in two lines, and under them the table."""
    machine = described()
    with world:
        world.meet()
        slug = f"{world.name}-articles"
        world.begin(slug)
        import_articles(world, table, slug)
        claims = world.opened(slug, world.sizes.one)
        save(world, table, claims, scratch(world))
        opened = list(dict.fromkeys(article for _, article in claims))
        long = world.api("POST", f"projects/{slug}/articles/", texts.article(-1, LONG))["id"]
        read(world, table, readings(slug, opened, long))
        browse(world, table, opened[0])
        follow(world, table, slug, opened[0])
        export(world, table, slug, opened)
        agree(world, table)
    table.words("memory of all processes, peak", in_mb(world.memory.peak), aim="400 MB")
    for kind, sizes in sorted(world.memory.parts.items(), key=lambda part: -sum(part[1])):
        table.words(f"  {kind} ({len(sizes)})", in_mb(sum(sizes)))
    labels = f"{world.sizes.one + world.sizes.many:,} labels by {len(world.reviewers)} reviewers"
    made = f"{world.sizes.articles:,} articles of {texts.LENGTH:,} characters, {len(opened)} open or closed; {labels}"
    return f"{machine}\n{made}\n\n{table.text}"


def import_articles(world: World, table: Table, slug: str) -> None:
    """All articles through the API, over one connection; then the same ones by the command, into another project."""
    path, count = f"{API}projects/{slug}/articles/", world.sizes.articles
    token = world.people["manager"]["token"]
    body = texts.article(-2)
    question = [{"method": "POST", "path": path, "token": token, "body": body}]
    statements = world.ask_inside(requests={"it": question})["requests"]["it"]
    alone = world.replayed_alone(statements, times=world.sizes.reads, writes=True).rate
    requests = (world.manager.request("POST", path, article) for article in texts.articles(range(count)))
    measured = drive(world.url, [requests], LIMIT)
    table.rate("import: articles through the API", measured.rate, alone=alone)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        file.write_text("".join(json.dumps(article) + "\n" for article in texts.articles(range(count))))
        project, user = f"{world.name}-command", world.account("manager")
        seconds = world.manage("import_articles", project, file, "--create-project", "--user", user)
    table.rate("import: manage.py import_articles", count / seconds, alone=alone)


def scratch(world: World) -> list[Saves]:
    """Labels for psycopg, one lot for each reviewer, in a project of its own."""
    slug = f"{world.name}-alone"
    world.begin(slug)
    for article in texts.articles(range(1 + world.sizes.alone // 10)):
        world.api("POST", f"projects/{slug}/articles/", article)
    claims = world.opened(slug, world.sizes.alone)
    starts = range(0, len(claims), max(len(claims) // len(world.reviewers), 1))
    turned = [claims[start:] + claims[:start] for start in starts]
    return [world.saves(name, turned[at % len(turned)], slug) for at, name in enumerate(world.reviewers)]


def save(world: World, table: Table, claims: list[tuple[str, str]], lots: list[Saves]) -> None:
    """Labels over one connection, then over many; psycopg alone right after each."""
    first, *others = world.reviewers
    measured = drive(world.url, [_labels(world, first, claims)], SECONDS)
    _tell_saves(world, table, "save, 1 connection", measured, lots[:1], p50="8 ms")

    each = world.sizes.many // world.sizes.connections
    lines = [_labels(world, name, _share(claims, start, each)) for start, name in enumerate(others)]
    before, own = processor_seconds(world.product.pid), time.process_time()
    measured = drive(world.url, lines, SECONDS)
    own, spent = time.process_time() - own, processor_seconds(world.product.pid) - before
    _tell_saves(world, table, f"save, {len(lines)} connections", measured, lots[1:], rate="450/s", p95="100 ms")
    for kind, seconds in {**spent, "this client": own}.items():
        table.words(f"  processor time of a save: {kind}", in_ms(seconds * 1000 / len(measured.times)))


def _tell_saves(
    world: World,
    table: Table,
    what: str,
    measured: Measured,
    lots: list[Saves],
    *,
    p50: str = "",
    p95: str = "",
    rate: str = "",
) -> None:
    alone, whole = world.saved_alone(lots), world.saved_alone(lots, prepared=False)
    for share, aim in ((0.5, p50), (0.95, p95), (0.99, "")):
        table.time(f"{what}, p{share * 100:.0f}", measured.at(share), aim=aim, alone=alone.at(share))
    table.rate(f"{what}, saves", measured.rate, aim=rate, alone=alone.rate)
    table.words("  its SQL alone, not prepared", f"{in_ms(whole.at(MIDDLE))}, {whole.rate:,.0f}/s")


def _labels(world: World, person: str, claims: list[tuple[str, str]]) -> Iterator[bytes]:
    """A label on each of the claims."""
    sender = world.sender(person)
    for number, (claim, _article) in enumerate(claims):
        label = {"label": WORDS[number % len(WORDS)], "rationale": f"Because of record {number}."}
        yield sender.request("PUT", f"{API}claims/{claim}/label/", label)


def _share(claims: list[tuple[str, str]], start: int, count: int) -> list[tuple[str, str]]:
    """So many claims, spread over all of them, others for each start."""
    step = max(len(claims) // count, 1)
    return claims[start % step :: step][:count]


def export(world: World, table: Table, slug: str, opened: list[str]) -> None:
    """A release of every label, as a job; its files made without a database; the command that writes them out."""
    for article in opened:
        world.api("POST", f"articles/{article}/close/")
    times, release = Measured(), ""
    for number in range(world.sizes.exports):
        began = time.perf_counter()
        release = _released(world, slug, f"Release {number}")
        times.times.append(time.perf_counter() - began)
    statements = world.ask_inside(release=release)["release"]
    alone = world.replayed_alone(statements, times=world.sizes.exports).at(MIDDLE)
    table.time("export: a release, from asking to published", times.at(MIDDLE), aim="250 ms", alone=alone)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "release"
        seconds = world.manage("export_release", slug, "--output", place)
        lines = (place / "claims.jsonl").read_bytes().splitlines(keepends=True)
    labels = sum(record["type"] == "label" for record in native.records(lines))
    wanted = world.sizes.one + world.sizes.many
    assert labels == wanted, f"The release holds {labels} labels of {wanted}."
    table.time("  its files alone, without a database", _written(lines) * 1000)
    table.time("export: manage.py export_release", seconds * 1000)


def _released(world: World, slug: str, title: str) -> str:
    """Ask for a release and wait for it; its id."""
    asked = {"title": title, "license": "CC-BY-4.0", "filter": {"status": SETTLED}}
    job, until = world.api("POST", f"projects/{slug}/releases/", asked)["job"], time.monotonic() + LIMIT
    while (state := world.api("GET", f"jobs/{job}/"))["state"] in ("queued", "running"):
        assert time.monotonic() < until, f"The release was not built within {LIMIT:.0f} s: {state}"
        time.sleep(0.01)
    assert state["state"] == "succeeded", state
    release: str = state["result"]["release"]
    return release


def agree(world: World, table: Table) -> None:
    """Alpha and its interval, from counts of label patterns, beside the point value of the krippendorff package."""
    argv = [sys.executable, "-m", "tests.bench.agreeing", str(world.sizes.units)]
    done = subprocess.run(argv, cwd=MANAGE.parent, capture_output=True, text=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    what = f"alpha and its interval, {world.sizes.units:,} units of 5 raters with 30 % missing"
    table.time(what, found["ours"])
    table.words("  the krippendorff package, point value alone", in_ms(found["package"]))
    ratio = f"1/{found['package'] / found['ours']:.1f}"
    table.words("  ratio to the krippendorff package's point value", ratio, aim="1/20")
    table.words("  counting the label patterns, in Python", in_ms(found["counting"]))


def _written(lines: list[bytes]) -> float:
    """Seconds of making every file of a release from its records."""
    records = list(native.records(lines))
    began = time.perf_counter()
    for record in records:
        native.line(record)
    for form in FORMS:
        deque(form.write(lines), maxlen=0)
    found = findings(lines, seed=1)
    for account in ACCOUNTS:
        deque(account.write(found, []), maxlen=0)
    manifest.write(found, [])
    return time.perf_counter() - began


def in_mb(size: int) -> str:
    """A size for people."""
    return f"{size / MEGABYTE:,.0f} MB"

"""Every way `manage.py up` can begin and end, on the real product."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
import redis

from tests.product import MANAGE, Product, environment_of_a_person, eventually
from workbench.local.home import Home
from workbench.local.up import _listening

Left = Callable[[Path], list[psutil.Process]]
Factory = Callable[..., Product]

CHILDREN = {"postgres": "bin/postgres", "valkey": "valkey-server", "worker": "worker", "beat": "beat", "web": "uvicorn"}
NORMAL_USER = (
    "setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all,+dac_read_search "
    "--ambient-caps=-all,+dac_read_search --bounding-set=-all,+dac_read_search --securebits=+no_setuid_fixup --"
)


def children(product: Product, name: str = "") -> list[psutil.Process]:
    """The running children of the supervisor, or those that do one work."""
    found = {child: command_line(child) for child in psutil.Process(product.pid).children()}
    return [child for child, line in found.items() if CHILDREN.get(name, "") in line and line]


def command_line(process: psutil.Process) -> str:
    """The start of a command line; empty for a process that has just ended."""
    try:
        return " ".join(process.cmdline()[:6])
    except psutil.Error:
        return ""


def replaced(old: list[psutil.Process], new: list[psutil.Process]) -> bool:
    """As many as before, and none of those before."""
    return len(new) == len(old) and {process.pid for process in old}.isdisjoint(process.pid for process in new)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def refusal(home: Path, *options: str, prefix: tuple[str, ...] = ()) -> str:
    """The one sentence with which a start that cannot succeed ends."""
    words = [*prefix, sys.executable, str(MANAGE), "up", "--home", str(home), *options]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, check=False, env=environment_of_a_person(home)
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr.strip()


def stopped(product: Product, number: signal.Signals) -> int:
    """Exit code of a stop that leaves none of the processes that ran."""
    everyone = psutil.Process(product.pid).children(recursive=True)
    assert len(everyone) > 6
    code = product.stop(number)
    _, alive = psutil.wait_procs(everyone, timeout=5)
    assert alive == []
    return code


def test_a_second_start_in_the_same_home_names_the_address_of_the_first(product: Product) -> None:
    said = refusal(product.home, "--port", "0")
    assert said.startswith("The workbench already runs in this home")
    assert product.url in said


def test_a_port_in_use_is_one_sentence_and_starts_nothing(home: Home, left_over: Left) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert (
            refusal(home.path, "--port", port)
            == f"Port {port} is in use by another program; choose another with --port or PORT."
        )
    assert not home.postgres.exists()
    assert left_over(home.path) == []


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_one_sentence(home: Home, port: str) -> None:
    assert f"port {port}" in refusal(home.path, f"--port={port}")


def test_a_home_that_cannot_be_written_is_one_sentence(folder: Path) -> None:
    (folder / "file").touch()
    assert refusal(folder / "file" / "home").startswith(f"The home {folder}/file/home cannot be written")


def test_no_account_that_reaches_the_home_is_one_sentence(folder: Path) -> None:
    """Root without the right to enter closed folders has none to hand on; a normal user meets a home not its own."""
    if os.geteuid() == 0:
        folder.chmod(0o700)
        prefix = ("setpriv", "--bounding-set=-dac_read_search,-dac_override", "--")
        assert refusal(folder / "home", prefix=prefix).startswith("PostgreSQL does not run as root, and the account")
    else:
        assert refusal(Path("/proc/home")).startswith("The home /proc/home cannot be written")


def serves_its_own_commands(product: Product) -> bool:
    where = "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"
    return product.manage("shell", "--no-imports", "-c", where).strip() == str(Home(product.home).sockets())


def test_beside_another_home_whatever_child_is_killed_comes_back_with_every_row(
    product: Product, product_factory: Factory, rows: Any, left_over: Left
) -> None:
    neighbour, product = product, product_factory()
    assert product.url != neighbour.url
    assert serves_its_own_commands(product)
    assert serves_its_own_commands(neighbour)
    kept = rows(product.home)
    kept.add(1)
    for number, name in enumerate(CHILDREN, start=2):
        killed = children(product, name)
        assert killed, name
        for process in killed:
            process.kill()
        assert eventually(lambda name=name, old=killed: replaced(old, children(product, name))), product.output
        assert eventually(lambda: status(f"{product.url}/readyz") == 200), name
        kept.add(number)
    assert kept.numbers() == [1, 2, 3, 4, 5, 6]
    sweep = "from annotations.jobs.tasks import sweep; sweep.delay()"
    product.manage("shell", "--no-imports", "-c", sweep)
    with redis.Redis(unix_socket_path=str(Home(product.home).sockets() / "valkey.sock")) as broker:
        assert eventually(lambda: broker.llen("celery") == 0)
    assert [product.output.count(f"{name} (process") for name in ("postgres", "valkey", "web-1")] == [1, 1, 1]

    assert stopped(product, signal.SIGTERM) == 0
    assert left_over(product.home) == []
    assert status(f"{neighbour.url}/livez") == 200
    again = product_factory(product.home, WEB_PROCESSES="1")
    assert kept.numbers() == [1, 2, 3, 4, 5, 6]

    # kill -9 of the supervisor itself
    everyone = psutil.Process(again.pid).children(recursive=True)
    again.process.kill()
    again.process.wait()
    _, alive = psutil.wait_procs(everyone, timeout=10)
    assert alive == []
    count = "k.execute('SELECT sum(number) FROM acknowledged'); print(k.fetchone())"
    shell = f"from django.db import connection as c; k = c.cursor(); {count}"
    assert "(21,)" in again.manage("shell", "--no-imports", "-c", shell)


def test_a_web_process_that_is_killed_refuses_no_connection(product: Product) -> None:
    port = int(product.url.rpartition(":")[2])

    def connect(_number: int) -> int:
        with socket.create_connection(("127.0.0.1", port), timeout=10):
            time.sleep(0.01)
        return 1

    with ThreadPoolExecutor(4) as pool:
        connections = pool.map(connect, range(400))
        for process in children(product, "web"):
            process.kill()
        assert sum(connections) == 400
    assert eventually(lambda: status(f"{product.url}/livez") == 200)


def test_a_first_start_killed_anywhere_is_finished_by_the_next(
    product_factory: Factory, folder: Path, rows: Any
) -> None:
    home = folder / ("deep" * 25)
    half_way: list[Callable[[Product], bool]] = [
        lambda _first: (home / "postgres.new").exists(),
        lambda first: "valkey" in first.output and bool(children(first)),
    ]
    for moment in half_way:
        first = Product(home)
        assert eventually(lambda moment=moment, first=first: moment(first)), first.output
        first.process.kill()
        first.process.wait()
    product = product_factory(home, WEB_PROCESSES="1")
    assert "[ ]" not in product.manage("showmigrations", "--plan")
    assert not (home / "postgres.new").exists()


def test_a_start_waits_for_a_command_and_ctrl_c_twice_ends_it_in_order(folder: Path, left_over: Left) -> None:
    home = folder / "home"
    command = subprocess.Popen(
        [sys.executable, MANAGE, "shell", "--no-imports", "-c", "input()"],
        stdin=subprocess.PIPE,
        env=environment_of_a_person(home),
    )
    assert eventually((home / "run" / "holder.json").exists)
    product = Product(home)
    assert eventually(lambda: f"Waiting for shell (process {command.pid})" in product.output), product.output
    command.communicate(b"\n")
    assert command.returncode == 0
    assert eventually(lambda: "postgres" in product.output)
    product.process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    product.process.send_signal(signal.SIGINT)
    assert product.process.wait(timeout=15) == 0
    assert "Traceback" not in product.output
    assert product.output.rstrip().endswith("Stopped.")
    assert eventually(lambda: left_over(home) == [], 5)


def test_a_normal_user_runs_it_in_a_deep_home(product_factory: Factory, folder: Path) -> None:
    """As root the whole product is run as nobody; a normal user runs everything else here that way already."""
    prefix = ()
    if os.geteuid() == 0:
        prefix = tuple(NORMAL_USER.split())
        shutil.chown(folder, "nobody")
    product = product_factory(folder / ("deep" * 25), prefix=prefix, WEB_PROCESSES="1")
    assert {child.uids().real for child in children(product)} == {folder.stat().st_uid}
    assert status(f"{product.url}/livez") == 200
    assert stopped(product, signal.SIGINT) == 0


def test_as_root_only_the_servers_give_up_roots_rights(product: Product) -> None:
    servers = {child.uids().real for name in ("postgres", "valkey") for child in children(product, name)}
    assert len(servers) == 1
    assert 0 not in servers
    assert {child.uids().real for child in children(product, "web")} == {os.geteuid()}


def test_with_servers_of_ones_own_nothing_embedded_starts(product_factory: Factory, folder: Path) -> None:
    own = {name: os.environ[name] for name in ("DATABASE_URL", "CELERY_BROKER_URL")}
    product = product_factory(folder / "home", **own)
    assert [children(product, name) for name in ("postgres", "valkey")] == [[], []]
    assert len(children(product, "web")) == 2
    assert not Home(product.home).postgres.exists()
    assert status(f"{product.url}/readyz") == 200


def test_what_is_sent_does_not_wait_for_what_was_sent_before() -> None:
    with (
        _listening("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

import subprocess
import sys

from workbench.local.home import Home
from workbench.local.occupancy import Holder, occupied


def test_only_one_holds_a_home_and_the_others_learn_who(home: Home) -> None:
    home.prepare()
    with occupied(home) as first, occupied(home) as second:
        holder = Holder(1, "up", "http://127.0.0.1:1", ready=True)
        assert first.take(holder)
        assert not second.take(Holder(2, "up"))
        assert second.holder() == holder
    with occupied(home) as third:
        assert third.take(Holder(3, "up"))


def test_the_record_of_a_killed_holder_does_not_count(home: Home) -> None:
    home.prepare()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with occupied(home) as first, occupied(home) as second:
        assert first.take(Holder(ended.pid, "up", "http://127.0.0.1:1", ready=True))
        assert not second.holder().ready


def test_whoever_stops_the_servers_waits_for_the_other_users(home: Home) -> None:
    home.prepare()
    with occupied(home) as first:
        first.enter()
        with occupied(home) as second:
            second.enter()
            assert not first.alone()
        assert first.alone()

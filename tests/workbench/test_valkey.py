import pytest

from workbench.local import valkey
from workbench.local.errors import StartError


def test_the_binary_is_found_without_importing_its_package() -> None:
    assert valkey.program().name == "valkey-server"


@pytest.mark.parametrize(("system", "machine"), [("Windows", "AMD64"), ("Linux", "riscv64")])
def test_an_unsupported_platform_is_named_with_the_way_out(system: str, machine: str) -> None:
    with pytest.raises(StartError, match=rf"no embedded Valkey for {system} on {machine}; set CELERY_BROKER_URL"):
        valkey.program(system, machine)

"""XML and its security cost a start a third of a second: only those who speak SAML pay it."""

import subprocess
import sys


def test_whoever_logs_in_by_openid_connect_loads_no_xml() -> None:
    modules = "services.identity.app, services.identity.pages, simulator.town.__main__"
    heavy = {"lxml", "onelogin", "signxml", "xmlsec"}
    loaded = f"import sys, {modules}; print(sorted({heavy} & set(sys.modules)))"

    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"

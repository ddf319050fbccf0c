"""What the core never uses is not loaded; what is asked for after all is there."""

import json
import subprocess
import sys

SPARED = """
import json, sys
from app.live import lean
lean.spare_command_lines()
lean.spare_models()
import httpx
from app.live.tiktok import _client_class
_client_class()
heavy = [name for name in ("click", "rich", "pygments") if name in sys.modules]
models = sum(name.startswith(lean.MODELS) for name in sys.modules)
import EulerApiSdk.models as package
late = package.JSONResponse.__name__
before = len(vars(package))
missing = hasattr(package, "no_such_class")
import EulerApiSdk.models.json_response as one
print(json.dumps([heavy, models, late, missing, len(vars(package)) > before,
                  one.JSONResponse is package.JSONResponse, callable(httpx.get)]))
"""


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(done.stdout)


def test_the_library_works_without_what_is_never_used():
    heavy, models, late, missing, whole, same, get = run(SPARED)
    assert heavy == []
    assert models < 30
    assert late == "JSONResponse"
    # A name that nobody knows makes the package whole, and is still unknown.
    assert (missing, whole) == (False, True)
    assert same
    assert get


def test_what_is_loaded_already_is_left_alone():
    code = (
        "import json, sys, httpx, EulerApiSdk.models as models; from app.live import lean;"
        "lean.spare_command_lines(); lean.spare_models();"
        "print(json.dumps([sys.modules['httpx._main'] is not None,"
        " sys.modules[lean.MODELS] is models]))"
    )
    assert run(code) == [True, True]

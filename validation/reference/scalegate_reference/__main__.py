"""`python -m scalegate_reference --seed 1 --count 100`: draws runs, measures each, writes rows by class."""

import argparse
import gc
import json
import multiprocessing
import warnings
from pathlib import Path

from .draw import CLASSES, DEEPSPEED, draw, draw_deepspeed

ROWS = Path(__file__).resolve().parents[1] / "rows"


def main():
    options = argparse.ArgumentParser(prog="npm run reference --", description=__doc__)
    options.add_argument("--seed", type=int, default=1, help="the same seed draws the same runs")
    options.add_argument("--count", type=int, default=100, help="runs to draw")
    options.add_argument("--class", dest="kind", choices=CLASSES | DEEPSPEED, help="runs of this class alone")
    options.add_argument("--deepspeed", action="store_true", help="runs through DeepSpeed's engine")
    options.add_argument("--only", help="the one run with this id; prints its row and writes nothing")
    options.add_argument("--timeout", type=int, default=120, help="seconds that one run may take")
    chosen = options.parse_args()
    draws = draw_deepspeed if chosen.deepspeed else draw
    drawn = [one for one in draws(chosen.seed, chosen.count) if chosen.kind in (None, one["facts"]["class"])]
    if chosen.only is not None:
        one = next((one for one in drawn if one["id"] == chosen.only), None)
        if one is None:
            options.error(f"no run {chosen.only} among {len(drawn)} of seed {chosen.seed}")
        print(json.dumps(measured(one)))
        return
    # Loaded once: each process starts with the libraries in place, and looks for no garbage among them.
    trainer(drawn[0])

    gc.freeze()

    for one in drawn:
        keep(one, in_a_process_of_its_own(one, chosen.timeout))


def measured(one):
    from .rows import row

    step = trainer(one)
    return {"versions": step.VERSIONS, "row": row(one, step.measure(one["architecture"], one["facts"]))}


def trainer(one):
    """DeepSpeed's device is another one, so that its rows are made in processes of their own."""
    if one["facts"]["sharding"] == "deepspeed":
        from . import deepspeed_step as step
    else:
        from . import transformers_step as step
    return step


def in_a_process_of_its_own(one, seconds):
    """Process groups are one a process, and what a failed run has left does not reach the next."""
    forks = multiprocessing.get_context("fork")
    mine, its = forks.Pipe(duplex=False)
    process = forks.Process(target=_send, args=(its, one))
    process.start()
    its.close()
    answer = mine.recv() if mine.poll(seconds) else f"more than {seconds} s"
    process.kill()
    process.join()
    if isinstance(answer, str):
        print(f"{one['id']}: {answer}", flush=True)
        return None
    return answer


def _send(pipe, one):
    try:
        pipe.send(measured(one))
    except Exception as error:  # whatever the libraries raise, the next run is measured
        pipe.send(f"{type(error).__name__}: {error}"[:300])


def keep(one, result):
    """One file a class, one line a row; a row that was made before is replaced."""
    if result is None:
        return
    path = ROWS / f"{one['facts']['class']}.json"
    old = json.loads(path.read_text())["rows"] if path.exists() else []
    rows = [row for row in old if row["id"] != one["id"]] + [result["row"]]
    lines = ",\n".join(f"    {json.dumps(row)}" for row in sorted(rows, key=lambda row: row["id"]))
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'{{\n  "versions": {json.dumps(result["versions"])},\n  "rows": [\n{lines}\n  ]\n}}\n')
    print(f"{one['id']}: {result['row']['allocated_gib']} GiB", flush=True)


warnings.filterwarnings("ignore")
if __name__ == "__main__":
    main()

"""The yardstick of scripts/bench: what `astrojobs status` does, as a small Python program would do it."""
import argparse
import json
import os

parser = argparse.ArgumentParser()
commands = parser.add_subparsers(dest="command", required=True)
for name in ("submit", "result", "cancel", "list"):
    commands.add_parser(name)
status = commands.add_parser("status")
status.add_argument("--job-id", required=True)
arguments = parser.parse_args()

with open(os.path.join(os.environ["JOBS_DIR"], arguments.job_id, "status.json"), encoding="utf-8") as file:
    print(json.dumps({"ok": True, **json.load(file)}))

#!/usr/bin/env python3
"""Drift and start jitter of a timelapse in real time, on the simulated camera.

    benchmarks/timelapse.py PROGRAM [SHOTS [INTERVAL_S]]

How late each shot's exposure began after its time in the schedule; and the drift: by how much the last quarter of the shots was
later than the first, in the median. One JSON object on stdout, with the machine's load before and after.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime


def run(program, folder, *arguments):
    environment = dict(os.environ, JOBS_DIR=folder)
    ran = subprocess.run([program, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return json.loads(ran.stdout)


def main():
    program = os.path.abspath(sys.argv[1])
    shots = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    interval = float(sys.argv[3]) if len(sys.argv) > 3 else 1
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        job = run(program, folder, "submit", "timelapse", "--every", f"{interval}s", "--count", str(shots), "--instant", "--size", "320x240")["job_id"]
        run(program, folder, "wait", job)
        result = run(program, folder, "result", job)
    scheduled = {shot["shot"]: datetime.fromisoformat(shot["scheduled"]) for shot in result["shots"]}
    taken = [(datetime.fromisoformat(file["taken_at"]) - scheduled[file["shot"]]).total_seconds() * 1000 for file in result["files"]]
    quarter = max(1, len(taken) // 4)
    print(json.dumps({
        "shots": shots,
        "interval_s": interval,
        "taken": result["taken"],
        "failed": result["failed"],
        "missed": result["missed"],
        "schedule_s": (scheduled[shots] - scheduled[1]).total_seconds(),
        "late_ms_median": round(statistics.median(taken), 1),
        "late_ms_p95": round(sorted(taken)[int(len(taken) * 0.95)], 1),
        "late_ms_worst": round(max(taken), 1),
        "late_ms_least": round(min(taken), 1),
        "drift_ms": round(statistics.median(taken[-quarter:]) - statistics.median(taken[:quarter]), 1),
        "load_before": round(load_before, 1),
        "load_after": round(os.getloadavg()[0], 1),
    }))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How verbs fare in a store of many jobs, and `log --tail 50` on a log of 10 GB.

usage: benchmarks/scale.py PROGRAM [--jobs 10000 100000] [--runs 10]

Makes the store anew in a temporary folder: one job by `submit`, the others as copies of it under ids of their own, ended in the past,
nine in ten done, one in ten failed. Each figure is the median of whole processes, start to end; CPU is user and system time together,
which a machine that is busy with other things stretches less. Nothing is left behind.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

MILLISECONDS_OF_A_DAY = 86_400_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--jobs", type=int, nargs="+", default=[10_000, 100_000], help="sizes of the store, rising")
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="astrojobs-scale-")
    try:
        measure(options, os.path.join(folder, "jobs"))
    finally:
        time.sleep(1)  # the last job's worker may still write
        shutil.rmtree(folder)


def measure(options, store):
    bench = Bench(options.program, store, options.runs)
    template = bench.submit_and_wait()
    print(f"{'jobs':>7}  {'command':<28}{'wall':>9}{'CPU':>9}{'memory':>9}")
    bench.show(1, "submit run -- true")
    made = 0
    for size in options.jobs:
        fill(store, template, made, size)
        made = size
        bench.show(size, "list --limit 50")
        bench.show(size, "list --state error")
        bench.show(size, "list --state queued")
        bench.show(size, "submit run -- true")
        bench.show(size, f"status {template}", "status ID")
    log = os.path.join(store, template, "task.log")
    os.truncate(log, 10 << 30)
    with open(log, "a", encoding="utf-8") as file:
        file.write("\n" + "".join(f"line {number}\n" for number in range(100)))
    bench.show(made, f"log {template} --tail 50", "log --tail 50 of 10 GB")
    os.truncate(log, 10 << 30)
    bench.show(made, f"log {template} --tail 50", "the same, one endless line")


def fill(store, template, first, last):
    """Ended jobs, each a day and some milliseconds older than now; ids are UUIDs of version 7, so that they sort by time."""
    with open(os.path.join(store, template, "job.json"), encoding="utf-8") as file:
        spec = file.read()
    with open(os.path.join(store, template, "status.json"), encoding="utf-8") as file:
        done = file.read()
    failed = json.loads(done) | {"state": "error", "error": {"code": "tool_failed", "message": "true ended with exit code 1.", "hint": "task.log has all it said."}}
    failed = json.dumps(failed, separators=(",", ":"))
    start = int(time.time() * 1000) - MILLISECONDS_OF_A_DAY
    for number in range(first, last):
        job = f"{start - number:012x}7{number % 4096:03x}8{number:015x}"
        folder = os.path.join(store, job)
        os.mkdir(folder)
        write(folder, "job.json", spec.replace(template, job))
        write(folder, "status.json", (failed if number % 10 == 0 else done).replace(template, job))
        write(folder, "task.log", "")
        write(folder, "lock", "")


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


class Bench:
    def __init__(self, program, store, runs):
        self.program, self.runs = program, runs
        self.environment = dict(os.environ, JOBS_DIR=store)

    def submit_and_wait(self):
        answer = subprocess.run([self.program, "submit", "run", "--", "true"], env=self.environment, capture_output=True, check=True)
        job = json.loads(answer.stdout)["job_id"]
        subprocess.run([self.program, "wait", job], env=self.environment, capture_output=True, check=True)
        return job

    def show(self, jobs, command, name=None):
        self.run(command)  # the first one reads the disk
        walls, cpus, memories = zip(*(self.run(command) for _ in range(self.runs)))
        print(f"{jobs:>7}  {name or command:<28}{statistics.median(walls) * 1e3:>6.0f} ms{statistics.median(cpus) * 1e3:>6.0f} ms{max(memories) / 1024:>6.0f} MB", flush=True)

    def run(self, command):
        started = time.perf_counter()
        process = subprocess.Popen([self.program, *command.split()], env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise SystemExit(f"{command} ended with exit code {process.returncode}")
        return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    main()

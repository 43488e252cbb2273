#!/usr/bin/env python3
"""What the engine costs: submits by many callers beside task-spooler and nq, a queue that waits, a wait that wakes.

usage: engine.py PROGRAM [--jobs 1000] [--callers 50]

Prints one figure a line. tsp and nq (Debian: task-spooler, nq) are left out where they are not installed. Their submit is not the same
work: tsp hands its job to a server that lives in memory, nq writes one log file and forks; neither syncs to disk.
"""
import argparse
import concurrent.futures
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--jobs", type=int, default=1000)
parser.add_argument("--callers", type=int, default=50)
options = parser.parse_args()


def milliseconds(command, environment):
    begun = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begun) * 1000


def submit_many(name, command, environment, callers, jobs):
    """Every caller starts the next submit when its last one has returned, as threads of a backend do."""
    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(callers) as pool:
        times = sorted(pool.map(lambda _: milliseconds(command, environment), range(jobs)))
    seconds = time.perf_counter() - begun
    print(f"{name:<34}{jobs / seconds:8.1f} submits/s   median {statistics.median(times):7.1f} ms   p99 {times[int(len(times) * 0.99) - 1]:7.1f} ms")


def processes_of(folder):
    """Pid and resident bytes of every process that has the folder in its command line or environment."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as file, open(f"/proc/{pid}/environ", "rb") as variables:
                if folder.encode() in file.read() + variables.read() and int(pid) != os.getpid():
                    with open(f"/proc/{pid}/statm") as statm:
                        found[int(pid)] = int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            pass
    return found


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def measure_submits(root):
    """The queue is held up while submits are timed, so that none of the jobs runs beside them."""
    for callers, jobs in ((1, options.jobs // 10), (options.callers, options.jobs)):
        store = os.path.join(root, f"store-{callers}")
        ours = dict(os.environ, JOBS_DIR=store, ASTROJOBS_CPU_SLOTS="1")
        holder = json.loads(subprocess.check_output([options.program, "submit", "run", "--", "sleep", "600"], env=ours))["job_id"]
        submit_many(f"astrojobs, {callers} callers", [options.program, "submit", "run", "--", "true"], ours, callers, jobs)
        if callers > 1:
            measure_idle(store, jobs)
        subprocess.run([options.program, "cancel", "--state", "queued", "--yes"], env=ours, stdout=subprocess.DEVNULL)
        subprocess.run([options.program, "cancel", holder], env=ours, stdout=subprocess.DEVNULL)
        if shutil.which("tsp"):
            theirs = dict(os.environ, TS_SOCKET=os.path.join(root, f"ts-{callers}"), TMPDIR=root)
            subprocess.run(["tsp", "sleep", "600"], env=theirs, stdout=subprocess.DEVNULL)
            submit_many(f"tsp, {callers} callers", ["tsp", "true"], theirs, callers, min(jobs, 500))  # it blocks near 1000: a connection a job
            show_waiting("tsp", root)
            subprocess.run(["tsp", "-K"], env=theirs, stdout=subprocess.DEVNULL)
        if shutil.which("nq"):
            theirs = dict(os.environ, NQDIR=os.path.join(root, f"nq-{callers}"))
            os.mkdir(theirs["NQDIR"])
            held = subprocess.Popen(["nq", "sleep", "600"], env=theirs, stdout=subprocess.DEVNULL)
            held.wait()
            submit_many(f"nq, {callers} callers", ["nq", "true"], theirs, callers, jobs)
            for pid in show_waiting("nq", theirs["NQDIR"]):
                with contextlib.suppress(ProcessLookupError):  # it ended with another one
                    os.kill(pid, 9)


def show_waiting(name, folder):
    waiting = processes_of(folder)
    print(f"{f'{name}, while they wait':<34}{len(waiting):8} processes   {sum(waiting.values()) / 2**20:.0f} MiB resident")
    return waiting


def measure_idle(store, jobs):
    waiting = processes_of(store)
    before = cpu_seconds(waiting)
    time.sleep(10)
    used = cpu_seconds(waiting) - before
    print(f"{f'astrojobs, {jobs} queued, one runs':<34}{len(waiting):8} processes   {sum(waiting.values()) / 2**20:.0f} MiB resident   {used / 10 * 100:.2f} % CPU (worker and its program)")


def measure_wake_up(root):
    environment = dict(os.environ, JOBS_DIR=os.path.join(root, "wake"))
    lates, cpus = [], []
    for round in range(11):
        gate = os.path.join(root, f"gate-{round}")
        os.mkfifo(gate)
        job = json.loads(subprocess.check_output([options.program, "submit", "run", "--", "cat", gate], env=environment))["job_id"]
        status = os.path.join(environment["JOBS_DIR"], job, "status.json")
        with subprocess.Popen([options.program, "wait", job], env=environment, stdout=subprocess.DEVNULL) as wait:
            time.sleep(1.5)
            before = cpu_seconds([wait.pid])
            time.sleep(2)
            cpus.append(cpu_seconds([wait.pid]) - before)
            open(gate, "w").close()
            wait.wait()
            lates.append((time.time() - os.stat(status).st_mtime) * 1000)
    print(f"{'wait returns after the end':<34}median {statistics.median(lates):.1f} ms   worst {max(lates):.1f} ms   {statistics.median(cpus) / 2 * 100:.1f} % CPU while waiting")


with tempfile.TemporaryDirectory(prefix="astrojobs-engine-", ignore_cleanup_errors=True) as folder:
    sys.stdout.reconfigure(line_buffering=True)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    measure_submits(folder)
    measure_wake_up(folder)

#!/usr/bin/env python3
"""A whole night in one submit, on the simulated camera: frames, their stack, where it lies in the sky. Prints the chain of results.

    benchmarks/night.py PROGRAM [FRAMES [EXPOSURE_S]]
"""
import json
import os
import subprocess
import sys
import tempfile
import time


def main():
    program = os.path.abspath(sys.argv[1])
    frames = sys.argv[2] if len(sys.argv) > 2 else "12"
    exposure = sys.argv[3] if len(sys.argv) > 3 else "2"
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, JOBS_DIR=folder)

        def run(*arguments):
            ran = subprocess.run([program, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
            return json.loads(ran.stdout)

        def said(kind, job, *members):
            result = run("result", job)
            status = run("status", job)
            print(json.dumps({"kind": kind, "job_id": job, "state": status["state"], **{member: result.get(member) for member in members}}))
            return result

        started = time.monotonic()
        burst = run("submit", "burst", "--count", frames, "--exposure", exposure, "--color", "color", "--then-stack", "--then-extract")["job_id"]
        run("wait", burst)
        follows = {follower["kind"]: follower["job_id"] for follower in said("burst", burst, "captured", "missed", "seconds", "then")["then"]}
        run("wait", *follows.values())
        said("stack", follows["stack"], "used", "total_exposure_s", "width", "height", "output")
        said("extract", follows["extract"], "astrometry")
        print(json.dumps({"seconds": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    main()

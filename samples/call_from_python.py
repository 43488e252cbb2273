#!/usr/bin/env python3
"""Takes a burst with the simulated camera, stacks it, and prints the stack's result: astrojobs as a Python backend calls it.

usage: call_from_python.py [FRAMES]
The program is $ASTROJOBS, or astrojobs on the PATH; the jobs lie in $JOBS_DIR.
"""
import json
import os
import subprocess
import sys
import time

PROGRAM = os.environ.get("ASTROJOBS", "astrojobs")
POLL_SECONDS = 0.5


class AstroJobsError(Exception):
    """What astrojobs answered instead of ok: its exit code, its error code for programs, its message and hint for people."""

    def __init__(self, exit_code, error):
        super().__init__(": ".join(filter(None, [error["code"], error["message"]])))
        self.exit_code, self.code, self.hint = exit_code, error["code"], error.get("hint")


def astrojobs(*arguments):
    """Runs one command and returns its answer, one JSON object. Every command but `wait` and `log --follow` returns at once."""
    ran = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if not ran.stdout:
        raise AstroJobsError(ran.returncode, {"code": "internal", "message": ran.stderr.strip()})
    answer = json.loads(ran.stdout)
    if not answer["ok"]:
        raise AstroJobsError(ran.returncode, answer["error"])
    return answer


def finish(job_id):
    """Polls a job until it has ended; returns its result, or raises with the reason why there is none."""
    seen = None
    while True:
        status = astrojobs("status", "--job-id", job_id)
        if status["state"] not in ("queued", "processing"):
            return astrojobs("result", "--job-id", job_id)
        message = (status["progress"] or {}).get("message") or f"waits for {status['waiting_for']}"
        if message != seen:
            print(f"{status['kind']}: {message}", file=sys.stderr)
            seen = message
        time.sleep(POLL_SECONDS)


def main():
    frames = sys.argv[1] if len(sys.argv) > 1 else "5"
    burst = astrojobs("submit", "burst", "--camera", "sim", "--count", frames, "--size", "800x600", "--instant", "--project", "samples")["job_id"]
    # The stack may be submitted now: it waits for the burst by itself.
    stack = astrojobs("submit", "stack", "--from-job", burst, "--project", "samples")["job_id"]
    print(f"{finish(burst)['captured']} frames taken", file=sys.stderr)
    print(json.dumps({"job_id": stack, **finish(stack)}, indent=2))


if __name__ == "__main__":
    try:
        main()
    except FileNotFoundError:
        sys.exit(f"There is no program '{PROGRAM}': set ASTROJOBS, or run scripts/install.")
    except AstroJobsError as error:
        print(error, error.hint or "", sep="\n", file=sys.stderr)
        sys.exit(error.exit_code)

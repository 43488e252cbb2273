#!/usr/bin/env python3
"""usage: benchmarks/cameras.py PROGRAM [overhead|faults]...

What cameras cost and what they survive, by the published program:
  overhead  frame to frame, our burst beside `gphoto2 --frames N --interval S` on one virtual camera, in turn, three times (about 90 s)
  faults    fifty shots of which ten go wrong: saved, recorded as failed, lost (about 60 s)
Needs gphoto2 and `dotnet build tests/AstroJobs.VirtualCamera -c Release`.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRAMES = 12


class Camera:
    """The virtual camera: a process of its own, as a camera is."""

    def __init__(self, *faults):
        builds = sorted((ROOT / "tests/AstroJobs.VirtualCamera/bin").glob("*/net10.0/AstroJobs.VirtualCamera"))
        self.process = subprocess.Popen([str(builds[-1]), "0", *faults], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.summary, _ = self.process.communicate()


def run(program, store, *arguments):
    said = subprocess.run([program, *arguments], env=os.environ | {"JOBS_DIR": store}, stdout=subprocess.PIPE, text=True)
    return json.loads(said.stdout)


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def alone(port, folder):
    """Seconds from frame to frame of gphoto2 alone; its interval is shorter than a frame, so it waits for nothing."""
    command = ["stdbuf", "-oL", "gphoto2", "--port", port, "--set-config-value", "shutterspeed=1.0000s", "--force-overwrite", "--filename", "%n.%C",
               "--capture-image-and-download", "--frames", str(FRAMES), "--interval", "1"]
    starts = []
    with subprocess.Popen(command, cwd=folder, env=os.environ | {"HOME": folder, "LC_ALL": "C"}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            if line.startswith("Capturing frame #"):
                starts.append(time.time())
    return (starts[-1] - starts[0]) / (len(starts) - 1)


def ours(program, port, store):
    result = run(program, store, "submit", "burst", "--camera", f"gphoto2:{port}", "--shutter", "1", "--count", str(FRAMES), "--wait")
    starts = [moment(file["taken_at"]) for file in result["files"]]
    return (starts[-1] - starts[0]) / (len(starts) - 1)


def overhead(program):
    pairs = []
    for round in range(3):
        with tempfile.TemporaryDirectory() as folder, Camera() as camera:
            pairs.append((alone(camera.port, folder), ours(program, camera.port, folder + "/jobs")) if round % 2 == 0
                         else tuple(reversed((ours(program, camera.port, folder + "/jobs"), alone(camera.port, folder)))))
    for peer, mine in pairs:
        print(f"overhead: gphoto2 alone {peer:.3f} s a frame, burst {mine:.3f} s: {100 * (mine / peer - 1):+.1f} %")
    print(f"overhead: median {statistics.median(100 * (mine / peer - 1) for peer, mine in pairs):+.1f} %")


def faults(program):
    words = ["busy", "drop", "dropindownload", "unfocused", "slow"]
    planned = [f"{shot}={words[index % len(words)]}" for index, shot in enumerate(range(3, 53, 5))]
    with tempfile.TemporaryDirectory() as folder, Camera(*planned) as camera:
        result = run(program, folder + "/jobs", "submit", "burst", "--camera", f"gphoto2:{camera.port}", "--shutter", "0.1", "--count", "50", "--image-format", "JPEG Fine", "--wait")
    frames = {file["frame"] for file in result["files"]}
    failed = {failure["frame"] for failure in result["failures"]}
    print(f"faults: {len(planned)} injected ({' '.join(planned)})")
    print(f"faults: 50 frames asked for, {len(frames)} saved, {len(failed)} recorded as failed, {len(set(range(1, 51)) - frames - failed)} lost; the camera: {camera.summary.strip()}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[2:] or ["overhead", "faults"]:
        {"overhead": overhead, "faults": faults}[name](os.path.abspath(sys.argv[1]))

"""Runs Siril and ours in turn on the same frames and prints what each took and how good its picture is. Called by compare.sh."""
import ctypes
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

import numpy
from astropy.io import fits

program, lights, folder, rounds = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
SIRIL = """requires 1.0.0
convert light -out=.
register light
stack r_light rej 3 3 -norm=addscale -out=stack
close
"""
PR_SET_CHILD_SUBREAPER = 36  # a detached worker becomes ours when the submit ends, so that what it took can be asked for


def measure(command, where):
    """Wall and processor seconds, most memory of one process, bytes written: of a program and all it starts."""
    log = os.path.join(folder, "log")
    started = time.monotonic()
    with open(log, "wb") as out:
        child = subprocess.Popen(command, cwd=where, stdout=out, stderr=subprocess.STDOUT)
    processor = peak = written = 0
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        if pid == child.pid:
            seconds, child.returncode = time.monotonic() - started, os.waitstatus_to_exitcode(status)
        processor += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
        written += usage.ru_oublock * 512
    if child.returncode != 0:
        with open(log, encoding="utf-8", errors="replace") as file:
            sys.exit(f"{command[0]} failed:\n{file.read()[-2000:]}")
    return seconds, processor, peak, written


def run_siril(where):
    """In a folder of its own: convert takes up whatever lies there."""
    for name in os.listdir(lights):
        os.symlink(os.path.join(lights, name), os.path.join(where, name))
    script = os.path.join(where, "stack.ssf")
    with open(script, "w", encoding="utf-8") as file:
        file.write(SIRIL)
    return measure(["siril-cli", "-d", where, "-s", script], where), os.path.join(where, "stack.fit")


def run_ours(where):
    os.environ["JOBS_DIR"] = where
    took = measure([program, "submit", "stack", "--image", lights, "--rejection", "winsorized", "--low", "3", "--high", "3",
                    "--normalize", "additive-scaling", "--wait", "--output", "json"], where)
    job = next(entry.path for entry in os.scandir(where) if entry.is_dir() and not entry.name.startswith("."))
    with open(os.path.join(job, "output", "result.json"), encoding="utf-8") as file:
        result = json.load(file)
    if result["used"] != len(os.listdir(lights)):
        sys.exit(f"ours left frames out: {result['left_out']}")
    return took, os.path.join(job, "output", "stack.fits")


def look(path):
    """Noise of the sky per pixel and of means of 8×8 pixels (which smoothing by interpolation does not flatter), median width of stars, and spikes:
    single pixels eight sigmas above all their neighbours, as hot pixels leave them. Over the middle, which every frame shows."""
    with fits.open(path) as file:
        picture = numpy.squeeze(file[0].data).astype(numpy.float64)
    if picture.max() > 2:
        picture /= 65535
    height, width = picture.shape
    picture = picture[height // 8:-(height // 8), width // 8:-(width // 8)]
    rows, columns = picture.shape[0] // 64 * 64, picture.shape[1] // 64 * 64
    cells = picture[:rows, :columns].reshape(rows // 64, 64, columns // 64, 64).swapaxes(1, 2)
    sky = numpy.median(cells, axis=(2, 3))
    flat = cells - sky[:, :, None, None]
    sigma = deviation(flat)
    blocks = flat.reshape(*sky.shape, 8, 8, 8, 8).mean(axis=(3, 5))
    level = numpy.kron(sky, numpy.ones((64, 64)))
    light = picture[:rows, :columns] - level
    middle = light[2:-2, 2:-2]
    around = numpy.stack([light[2 + y:rows - 2 + y, 2 + x:columns - 2 + x] for y in (-1, 0, 1) for x in (-1, 0, 1) if (x, y) != (0, 0)])
    highest = around.max(axis=0)
    stars = (middle > highest) & (middle > 60 * sigma) & (middle < 0.5)
    spikes = (middle > highest + 8 * sigma) & (around.mean(axis=0) < 0.15 * middle)
    widths = []
    for low, high in ((1, 6), (3, 4)):  # above and below, left and right
        with numpy.errstate(divide="ignore", invalid="ignore"):
            curve = numpy.log(around[low]) + numpy.log(around[high]) - 2 * numpy.log(middle)
            widths.append(2.3548 / numpy.sqrt(-curve[stars & (around[low] > 0) & (around[high] > 0)]))
    return sigma, 8 * deviation(blocks - numpy.median(blocks, axis=(2, 3), keepdims=True)), float(numpy.nanmedian(numpy.concatenate(widths))), int(spikes.sum())


def deviation(values):
    return 1.4826 * float(numpy.median(numpy.abs(values - numpy.median(values))))


ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
runs, pictures = {"siril": [], "ours": []}, {}
for number in range(rounds):
    for name, run in (("siril", run_siril), ("ours", run_ours)):
        where = os.path.join(folder, f"{name}-{number}")
        os.mkdir(where)
        took, picture = run(where)
        runs[name].append(took)
        pictures[name] = shutil.move(picture, os.path.join(folder, f"{name}.fits"))
        shutil.rmtree(where)

siril = [statistics.median(values) for values in zip(*runs["siril"])]
ours = [statistics.median(values) for values in zip(*runs["ours"])]
print(f"{'median of ' + str(rounds):<28}{'siril':>12}{'ours':>12}{'ours/siril':>12}")
for label, unit, scale, digits, i in (("time", "s", 1, 2, 0), ("processor time", "s", 1, 2, 1), ("peak memory", "MB", 1e6, 0, 2), ("written", "MB", 1e6, 0, 3)):
    print(f"{label + ', ' + unit:<28}{siril[i] / scale:>12.{digits}f}{ours[i] / scale:>12.{digits}f}{ours[i] / max(siril[i], 1):>12.2f}")
print("time, each round, s:", "  ".join(f"{a[0]:.1f}/{b[0]:.1f}" for a, b in zip(runs["siril"], runs["ours"])))
single = look(os.path.join(lights, sorted(os.listdir(lights))[0]))
siril, ours = look(pictures["siril"]), look(pictures["ours"])
print(f"{'picture':<28}{'one frame':>12}{'siril':>12}{'ours':>12}")
for label, i in (("noise of a pixel, 1e-5", 0), ("noise of 8×8 means ×8, 1e-5", 1)):
    print(f"{label:<28}{single[i] * 1e5:>12.2f}{siril[i] * 1e5:>12.2f}{ours[i] * 1e5:>12.2f}")
print(f"{'FWHM, px':<28}{single[2]:>12.3f}{siril[2]:>12.3f}{ours[2]:>12.3f}")
print(f"{'hot pixels left':<28}{single[3]:>12}{siril[3]:>12}{ours[3]:>12}")

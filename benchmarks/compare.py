"""Runs peers and ours in turn on the same frames and prints what each took and how good its picture is. Called by compare.sh."""
import ctypes
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

from memory_limit import MemoryLimit

program, store, rounds, cases = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
HERE = os.path.dirname(os.path.abspath(__file__))
PI_BUDGET, PI_MEMORY = 256 << 20, 512 << 20  # what a stack may take, and what half of a Raspberry Pi with 1 GB leaves to it and to the page cache
PR_SET_CHILD_SUBREAPER = 36  # a detached worker becomes ours when the submit ends, so that what it took can be asked for
WINSORIZED = ["--rejection", "winsorized", "--low", "3", "--high", "3", "--normalize", "additive-scaling"]
MEAN = ["--rejection", "none", "--normalize", "none"]

REGISTER = "convert light -out=.\nregister light\n"
SIRIL_WINSORIZED = REGISTER + "stack r_light rej 3 3 -norm=addscale -out=stack\n"
SIRIL_MEAN = REGISTER + "stack r_light mean none -nonorm -out=stack\n"
SIRIL_CALIBRATED = """cd bias
convert bias -out=..
cd ../flat
convert flat -out=..
cd ../dark
convert dark -out=..
cd ..
stack bias rej 3 3 -nonorm -out=master_bias
preprocess flat -bias=master_bias
stack pp_flat rej 3 3 -norm=mul -out=master_flat
stack dark rej 3 3 -nonorm -out=master_dark
cd lights
convert light -out=..
cd ..
preprocess light -dark=master_dark -flat=master_flat -cc=dark -cfa -debayer
register pp_light
stack r_pp_light rej 3 3 -norm=addscale -out=stack
"""

# name: (frames: name, count, width, height, kind; how many are taken), Siril's script, our options, further peers
CASES = {
    "mono": (("mono", 20, 4000, 3000, "mono"), 20, SIRIL_WINSORIZED, WINSORIZED, []),
    "jpeg": (("jpeg", 20, 4000, 3000, "jpeg"), 20, SIRIL_WINSORIZED, WINSORIZED, []),
    "jpeg-mean": (("jpeg", 20, 4000, 3000, "jpeg"), 20, SIRIL_MEAN, MEAN, ["opencv", "astroalign"]),
    "bayer": (("bayer", 20, 6000, 4000, "bayer"), 20, SIRIL_CALIBRATED, WINSORIZED, []),
    "hundred": (("hundred", 100, 4000, 3000, "mono"), 100, SIRIL_WINSORIZED, WINSORIZED, []),
    "hundred-colour": (("colour", 10, 6000, 4000, "jpeg"), 100, None, WINSORIZED, []),
    "many-30": (("many", 300, 1600, 1200, "mono"), 30, SIRIL_WINSORIZED, WINSORIZED, []),
    "many-100": (("many", 300, 1600, 1200, "mono"), 100, SIRIL_WINSORIZED, WINSORIZED, []),
    "many-300": (("many", 300, 1600, 1200, "mono"), 300, SIRIL_WINSORIZED, WINSORIZED, []),
    "pi": (("mono", 20, 4000, 3000, "mono"), 20, None, WINSORIZED, ["limited"]),
    "pi-jpeg": (("jpeg", 20, 4000, 3000, "jpeg"), 20, None, WINSORIZED, ["limited"]),
}


def measure(command, where, limit=None):
    """Wall and processor seconds, most memory of one process, bytes written: of a program and all it starts."""
    log = os.path.join(where, "log")
    with open(log, "wb") as out:
        started = time.monotonic()
        child = subprocess.Popen(command, cwd=where, stdout=out, stderr=subprocess.STDOUT, preexec_fn=limit)
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


def frames_of(name, count, width, height, kind):
    """Made once a run, or kept where the store is."""
    folder = os.path.join(store, name)
    if not os.path.exists(os.path.join(folder, "truth.npz")):
        shutil.rmtree(folder, ignore_errors=True)
        print(f"making {count} frames of {width}×{height} ({name})", file=sys.stderr)
        subprocess.run([sys.executable, os.path.join(HERE, "frames.py"), folder, str(count), str(width), str(height), kind], check=True)
    return folder


def warm(path, piece=bytearray(1 << 20)):
    """Into the page cache, so that nobody waits for the disk."""
    with open(path, "rb", buffering=0) as file:
        while file.readinto(piece):
            pass


def gather(folder, taken, where):
    """A folder of links to the frames that the case takes; some twice and more where it takes more than there are."""
    for name in ("lights", "bias", "dark", "flat"):
        source = os.path.join(folder, name)
        if not os.path.isdir(source):
            continue
        os.mkdir(os.path.join(where, name))
        files = sorted(os.listdir(source))
        for number in range(taken if name == "lights" else len(files)):
            file = files[number % len(files)]
            again = f"again_{number // len(files)}_" if number >= len(files) else ""
            os.symlink(os.path.join(source, file), os.path.join(where, name, again + file))
            if not again:
                warm(os.path.join(source, file))


def run_siril(where, script):
    if "cd lights" not in script:
        for name in os.listdir(os.path.join(where, "lights")):
            os.rename(os.path.join(where, "lights", name), os.path.join(where, name))
    path = os.path.join(where, "stack.ssf")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"requires 1.0.0\n{script}close\n")
    return measure(["siril-cli", "-d", where, "-s", path], where), os.path.join(where, "stack.fit")


def run_ours(where, options, limit=None):
    jobs = os.path.join(where, "jobs")
    os.environ["JOBS_DIR"] = jobs
    for name in ("bias", "dark", "flat"):
        if os.path.isdir(os.path.join(where, name)):
            options = [*options, f"--{name}", os.path.join(where, name)]
    took = measure([program, "submit", "stack", "--image", os.path.join(where, "lights"), *options, "--wait", "--output", "json"], where, limit)
    job = next(entry.path for entry in os.scandir(jobs) if entry.is_dir() and not entry.name.startswith("."))
    with open(os.path.join(job, "output", "result.json"), encoding="utf-8") as file:
        result = json.load(file)
    if result["left_out"]:
        sys.exit(f"ours left frames out: {result['left_out']}")
    return took, os.path.join(job, "output", "stack.fits")


def run_limited(where, options):
    """--memory 256M where no more than 512 MB are to be had, for pages of files as well."""
    limit = MemoryLimit(PI_MEMORY)
    try:
        answer = run_ours(where, [*options, "--memory", str(PI_BUDGET)], limit.enter)
        print(f"with a limit of {PI_MEMORY >> 20} MiB, pages of files included; most at a time {limit.peak() >> 20} MiB", file=sys.stderr)
        return answer
    finally:
        limit.close()


def run_peer(where, library):
    output = os.path.join(where, f"{library}.npy")
    return measure([sys.executable, os.path.join(HERE, "peers.py"), library, os.path.join(where, "lights"), output], where), output


def runners(script, options, others):
    if script is not None:
        yield "siril", lambda where: run_siril(where, script)
    for other in others:
        if other != "limited":
            yield other, lambda where, other=other: run_peer(where, other)
    yield "ours", lambda where: run_ours(where, options)
    if "limited" in others:
        yield "ours, 256M", lambda where: run_limited(where, options)


def compare(case):
    made, taken, script, options, others = CASES[case]
    folder = frames_of(*made)
    runs, pictures = {}, {}
    for number in range(rounds):
        for name, run in runners(script, options, others):
            where = os.path.join(store, f"run-{os.getpid()}")
            os.mkdir(where)
            gather(folder, taken, where)
            took, picture = run(where)
            runs.setdefault(name, []).append(took)
            if number == 0:
                pictures[name] = shutil.move(picture, os.path.join(store, f"{case}-{name}{os.path.splitext(picture)[1]}"))
            shutil.rmtree(where)
    print(f"\n## {case}: {taken} frames, {made[2]}×{made[3]} {made[4]}, median of {rounds}")
    print_table(runs)
    print_quality(folder, made[4], pictures)


def print_table(runs):
    medians = {name: [statistics.median(values) for values in zip(*took)] for name, took in runs.items()}
    first = next(iter(medians))
    print(f"{'':<36}" + "".join(f"{name:>14}" for name in medians) + (f"{'ours/' + first:>14}" if first != "ours" else ""))
    for label, scale, digits, i in (("time, s", 1, 2, 0), ("processor time, s", 1, 2, 1), ("peak memory, MB", 1e6, 0, 2), ("written, MB", 1e6, 0, 3)):
        ratio = f"{medians['ours'][i] / max(1e-9, medians[first][i]):>14.2f}" if first != "ours" else ""
        print(f"{label:<36}" + "".join(f"{values[i] / scale:>14.{digits}f}" for values in medians.values()) + ratio)
    print("time of each round, s:", "; ".join(f"{name} {' '.join(f'{took[0]:.2f}' for took in rows)}" for name, rows in runs.items()))


def look(*arguments):
    """In a process of its own: what this one holds would count as memory of the programs it starts."""
    return json.loads(subprocess.check_output([sys.executable, os.path.join(HERE, "quality.py"), *arguments]))


def print_quality(folder, kind, pictures):
    looks = {}
    if kind == "mono":
        looks["one frame"] = look(folder, kind, os.path.join(folder, "lights", "light_000.fits"), "--single")
    looks |= {name: look(folder, kind, path) for name, path in pictures.items()}
    widest = str(max(figures["FWHM, px"] for figures in looks.values()))  # what smooths has less noise: all are told as wide as that, too
    looks |= {name: look(folder, kind, path, "--fwhm", widest) for name, path in pictures.items()}
    print(f"{'':<36}" + "".join(f"{name:>14}" for name in looks))
    for label in max(looks.values(), key=len):
        print(f"{label:<36}" + "".join(f"{figures[label]:>14.3f}" if label in figures else f"{'':>14}" for figures in looks.values()))
    sys.stdout.flush()
    for path in pictures.values():
        os.remove(path)


ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
for name in cases or CASES:
    compare(name)

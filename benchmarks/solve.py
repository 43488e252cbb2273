#!/usr/bin/env python3
"""usage: benchmarks/solve.py PROGRAM [FOLDER]

Simulated pictures of known pointing, all over the sky, through `PROGRAM submit --image F --wait` and through plain `solve-field F`, one after the
other: solved or not, how far off the middle (share of the width), up and the scale are, and the wall time of each, from the call to the answer.
solve-field is stopped after 20 s (PATIENCE=seconds in the environment changes that), which then counts as its time. FOLDER keeps the pictures for
another run. Needs astrometry.net and astrometry-data-tycho2-10-19. ONLY=name,name runs some.
"""
import array
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time

PATIENCE = float(os.environ.get("PATIENCE", "20"))
WIDTH, HEIGHT = 1600, 1200

# name, RA, Dec, width in degrees, up from north through east, format, what is done to the file besides
CASES = [
    ("orion", 83.9, -3.2, 12, 0, "fits", ""), ("orion-bare", 83.9, -3.2, 12, 0, "fits", "bare"), ("orion-jpg", 83.9, -3.2, 12, 20, "jpg", ""),
    ("orion-mirror", 83.9, -3.2, 12, 0, "fits", "mirror"), ("orion-8bit", 83.9, -3.2, 12, 45, "fits", "8bit"), ("orion-narrow", 83.9, -3.2, 3, 0, "fits", ""),
    ("cygnus", 305, 40, 25, 40, "fits", ""), ("cygnus-png", 305, 40, 25, -40, "png", ""), ("cygnus-tif", 305, 40, 10, 130, "tif", ""),
    ("cygnus-bare", 305, 40, 6, 130, "fits", "bare"), ("cygnus-mirror", 305, 40, 8, 90, "fits", "mirror"), ("cygnus-narrow", 305, 40, 3, 10, "png", ""),
    ("sagittarius", 270, -25, 40, 0, "jpg", ""), ("sagittarius-bare", 270, -25, 40, 60, "fits", "bare"), ("sagittarius-8bit", 270, -25, 15, -15, "fits", "8bit"),
    ("sagittarius-mirror", 270, -25, 20, 0, "fits", "mirror"), ("sagittarius-5", 270, -25, 5, 100, "tif", ""), ("centre", 266.4, -29, 8, 0, "fits", ""),
    ("north-pole", 30, 89.3, 8, 0, "fits", ""), ("north-pole-wide", 200, 88, 40, 77, "png", ""), ("north-pole-bare", 100, 89.9, 5, 0, "fits", "bare"),
    ("north-pole-mirror", 300, 86, 15, 33, "fits", "mirror"), ("south-pole", 10, -89.5, 10, 0, "fits", ""), ("south-pole-jpg", 150, -87, 30, 180, "jpg", ""),
    ("south-pole-bare", 250, -88.5, 6, -90, "fits", "bare"), ("zero", 0.01, 10, 5, 0, "fits", ""), ("zero-west", 359.9, -45, 12, 15, "tif", ""),
    ("zero-wide", 0.5, 0, 35, 0, "jpg", ""), ("zero-bare", 359.99, 60, 8, 200, "fits", "bare"), ("zero-mirror", 0, -20, 20, -70, "fits", "mirror"),
    ("coma", 192, 27, 5, 0, "fits", ""), ("coma-png", 192, 27, 10, 60, "png", ""), ("coma-bare", 192, 27, 15, 0, "fits", "bare"), ("coma-narrow", 190, 30, 3, 0, "fits", ""),
    ("sculptor", 13, -27, 5, 0, "fits", ""), ("sculptor-jpg", 13, -27, 20, -120, "jpg", ""), ("sculptor-mirror", 13, -27, 8, 45, "fits", "mirror"),
    ("sculptor-8bit", 15, -30, 12, 0, "fits", "8bit"), ("carina", 161, -60, 10, 0, "fits", ""), ("carina-wide", 161, -60, 40, 90, "tif", ""),
    ("crux-bare", 187, -61, 6, 30, "fits", "bare"), ("lyra", 280, 37, 4, 0, "png", ""), ("pegasus", 345, 20, 20, 5, "jpg", ""), ("pleiades-bare", 56.8, 24.1, 4, 0, "fits", "bare"),
]


def draw(program, folder, case):
    name, ra, dec, width, angle, ending, change = case
    path = os.path.join(folder, f"{name}.{ending}")
    if os.path.exists(path):
        return path
    with tempfile.TemporaryDirectory() as store:
        answer = subprocess.run(
            [program, "submit", "burst", "--count", "1", "--exposure", "10", "--instant", "--ra", str(ra), "--dec", str(dec), "--fov", str(width), "--angle", str(angle),
             "--size", f"{WIDTH}x{HEIGHT}", "--format", ending, "--wait"],
            env={**os.environ, "JOBS_DIR": store}, capture_output=True, text=True, check=True)
        job = next(entry for entry in os.listdir(store) if not entry.startswith("."))
        shutil.copy(os.path.join(store, job, "output", json.loads(answer.stdout)["files"][0]["file"]), path)
    if change:
        rewrite(path, change)
    return path


def rewrite(path, change):
    """A FITS file that says nothing but its size; mirrored, or of eight bits, where asked for."""
    with open(path, "rb") as file:
        content = file.read()
    start = (content.index(b"END" + b" " * 77) // 2880 + 1) * 2880
    pixels = array.array("H", content[start:start + 2 * WIDTH * HEIGHT])
    pixels.byteswap()
    pixels = array.array("H", (value ^ 0x8000 for value in pixels))
    if change == "mirror":
        for row in range(HEIGHT):
            pixels[row * WIDTH:(row + 1) * WIDTH] = pixels[row * WIDTH:(row + 1) * WIDTH][::-1]
    bits = 8 if change == "8bit" else 16
    cards = ["SIMPLE  =                    T", f"BITPIX  = {bits:20d}", "NAXIS   =                    2", f"NAXIS1  = {WIDTH:20d}", f"NAXIS2  = {HEIGHT:20d}"]
    if bits == 16:
        cards += ["BZERO   =              32768.", "BSCALE  =                   1."]
        pixels = array.array("H", (value ^ 0x8000 for value in pixels))
        pixels.byteswap()
        data = pixels.tobytes()
    else:
        data = bytes(int(255 * math.sqrt(value / 65535)) for value in pixels)
    header = "".join(card.ljust(80) for card in cards + ["END"]).encode()
    pad = lambda block, filler: block + filler * (-len(block) % 2880)
    with open(path, "wb") as file:
        file.write(pad(header, b" ") + pad(data, b"\0"))


def vector(ra, dec):
    ra, dec = math.radians(ra), math.radians(dec)
    return (math.cos(dec) * math.cos(ra), math.cos(dec) * math.sin(ra), math.sin(dec))


def separation(a, b):
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return math.degrees(math.atan2(math.hypot(*cross), sum(x * y for x, y in zip(a, b))))


def up_at(ra0, dec0, angle, found):
    """Where up is, east of north, at a place near the tangent point of a picture whose up is `angle` there."""
    zenith = vector(ra0, dec0)
    ra, dec = math.radians(ra0), math.radians(dec0)
    east, north = (-math.sin(ra), math.cos(ra), 0), (-math.sin(dec) * math.cos(ra), -math.sin(dec) * math.sin(ra), math.cos(dec))
    sin, cos = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    up = tuple(cos * n + sin * e for n, e in zip(north, east))
    here = vector(*found)
    scale = sum(a * b for a, b in zip(here, zenith))
    there = tuple(h / scale + 1e-4 * u for h, u in zip(here, up))
    ra, dec = math.radians(found[0]), math.radians(found[1])
    east, north = (-math.sin(ra), math.cos(ra), 0), (-math.sin(dec) * math.cos(ra), -math.sin(dec) * math.sin(ra), math.cos(dec))
    return math.degrees(math.atan2(sum(t * e for t, e in zip(there, east)), sum(t * n for t, n in zip(there, north))))


def judge(case, result):
    """Errors: of the middle as a share of the width in percent, of up in degrees, of the scale in percent."""
    _, ra, dec, width, angle, _, _ = case
    astrometry = result["astrometry"]
    found = (astrometry["ra_center"], astrometry["dec_center"])
    scale = 3600 * 2 * math.degrees(math.tan(math.radians(width / 2))) / WIDTH
    turn = (astrometry["orientation_deg"] - up_at(ra, dec, angle, found) + 180) % 360 - 180
    return 100 * separation(vector(*found), vector(ra, dec)) / width, abs(turn), 100 * abs(astrometry["pixscale_arcsec"] / scale - 1)


def ours(program, path):
    with tempfile.TemporaryDirectory() as store:
        started = time.monotonic()
        answer = subprocess.run([program, "submit", "--image", path, "--wait"], env={**os.environ, "JOBS_DIR": store}, capture_output=True, text=True)
        return time.monotonic() - started, json.loads(answer.stdout)


def plain(path):
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        process = subprocess.Popen(["solve-field", "--dir", folder, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
        seconds = time.monotonic() - started
        return seconds, any(name.endswith(".solved") for name in os.listdir(folder))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) == 3 else tempfile.mkdtemp()
    os.makedirs(folder, exist_ok=True)
    only = os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else None
    cases = [case for case in CASES if only is None or case[0] in only]
    totals, solved, faster, good = [0.0, 0.0], [0, 0], 0, 0
    print(f"{'picture':<20}{'width':>6} {'format':<6}{'ours':>7}{'centre %':>10}{'up deg':>9}{'scale %':>9}{'s':>8}   {'solve-field':<11}{'s':>8}")
    for case in cases:
        path = draw(program, folder, case)
        seconds, result = ours(program, path)
        other, other_solved = plain(path)
        errors = judge(case, result) if result["ok"] else None
        told = "{:>10.4f}{:>9.4f}{:>9.4f}".format(*errors) if errors else f"{result['error']['code'] if isinstance(result['error'], dict) else result['error']:>28}"
        print(f"{case[0]:<20}{case[3]:>6} {case[5]:<6}{'yes' if errors else 'no':>7}{told}{seconds:>8.2f}   {'yes' if other_solved else 'no':<11}{other:>8.2f}", flush=True)
        totals = [totals[0] + seconds, totals[1] + other]
        solved = [solved[0] + bool(errors), solved[1] + other_solved]
        faster += seconds <= other
        good += bool(errors) and errors[0] <= 1 and errors[1] <= 0.1 and errors[2] <= 0.1
    print(f"{len(cases)} pictures: ours solved {solved[0]} ({good} within 1 % of the width, 0.1 deg and 0.1 %), solve-field {solved[1]}; "
          f"{totals[0]:.1f} s and {totals[1]:.1f} s in all; ours not slower in {faster}")


main()

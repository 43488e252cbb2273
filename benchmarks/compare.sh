#!/usr/bin/env bash
# usage: benchmarks/compare.sh [--rounds N] [CASE...]
# Ours beside Siril, OpenCV and astroalign on the same frames, each in turn N times (3), so that a busy machine slows all of them.
# Cases (all of them without a name): mono jpeg jpeg-mean bayer hundred hundred-colour many-30 many-100 many-300 pi pi-jpeg.
# hundred-colour is ours alone (100 frames of 24 MP, for memory); pi and pi-jpeg have a control group's limit of 512 MiB and need root for it.
# Prints medians of time and processor time, peak memory, bytes written, and how good each picture is against the truth of the made frames.
# Frames are kept in COMPARE_FRAMES where that names a folder, else made anew (13 GB for all cases, and 30 GB more for what Siril writes).
set -euo pipefail
source "$(dirname "$0")/../scripts/dotnet-env"

rounds=3
if [[ ${1:-} == --rounds ]]; then
  rounds=${2:-}
  shift 2
fi
[[ $rounds =~ ^[1-9][0-9]*$ ]] || { printf 'usage: benchmarks/compare.sh [--rounds N] [CASE...]\n' >&2; exit 2; }
for package in siril python3-astropy python3-opencv python3-astroalign python3-pil; do
  dpkg -s "$package" >/dev/null 2>&1 || fail "$package is missing: sudo apt-get install siril python3-astropy python3-opencv python3-astroalign python3-pil"
done
"$root/scripts/publish"

folder=${COMPARE_FRAMES:-}
if [[ -z $folder ]]; then
  folder=$(mktemp -d "${TMPDIR:-/tmp}/astrojobs-compare-XXXXXX")
  trap 'sleep 1; rm -rf "$folder"' EXIT # the last job's worker may still write
fi
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(nproc)}
/usr/bin/python3 "$root/benchmarks/compare.py" "$root/artifacts/publish/astrojobs" "$folder" "$rounds" "$@"

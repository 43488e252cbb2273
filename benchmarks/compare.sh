#!/usr/bin/env bash
# usage: benchmarks/compare.sh [ROUNDS]
# Ours beside Siril on the same frames of the simulated camera: 20 mono 16-bit FITS of 4000×3000 with hot pixels and satellites, registered,
# winsorized at 3 sigma, additive with scaling. Rounds (default 3) alternate the two, so that a busy machine slows both.
# Prints the medians of time and processor time, peak memory, bytes written, and what can be told of both pictures without a catalogue.
set -euo pipefail
source "$(dirname "$0")/../scripts/dotnet-env"

rounds=${1:-3} size=${SIZE:-4000x3000} frames=${FRAMES:-20}
[[ $rounds =~ ^[1-9][0-9]*$ ]] || { printf 'usage: benchmarks/compare.sh [ROUNDS]\n' >&2; exit 2; }
command -v siril-cli >/dev/null || fail 'siril-cli is missing: sudo apt-get install siril'
/usr/bin/python3 -c 'import astropy' 2>/dev/null || fail 'astropy is missing: sudo apt-get install python3-astropy'
"$root/scripts/publish"

program=$root/artifacts/publish/astrojobs
folder=$(mktemp -d "${TMPDIR:-/tmp}/astrojobs-compare-XXXXXX")
trap 'sleep 1; rm -rf "$folder"' EXIT # the last job's worker may still write
export JOBS_DIR=$folder/jobs
"$program" submit burst --camera sim --instant --count "$frames" --interval 0s --exposure 30s --size "$size" --color mono --fov 6 \
  --sky 17.5 --sky-gradient 0 --no-nebulae --satellites 0.3 --rotation 0.05 --drift 3.3,-2.1 --wait --output text >/dev/null
lights=$folder/lights
mkdir "$lights"
mv "$JOBS_DIR"/*/output/*.fits "$lights"

/usr/bin/python3 "$root/benchmarks/compare.py" "$program" "$lights" "$folder" "$rounds"

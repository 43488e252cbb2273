#!/usr/bin/env bash
# Takes a burst with the simulated camera, stacks it, and prints the stack's result: astrojobs as a shell script calls it.
#
# usage: call_from_bash.sh [FRAMES]
# The program is $ASTROJOBS, or astrojobs on the PATH; the jobs lie in $JOBS_DIR.
# With --output text a submit prints the bare id and errors go to stderr, so no JSON is taken apart here; exit codes say the rest.
set -euo pipefail

astrojobs() {
  "${ASTROJOBS:-astrojobs}" "$@"
}

# Returns as soon as the job has ended, with its exit code; says every five seconds how it stands until then.
finish() {
  local code=0
  astrojobs wait "$1" --timeout 5s >/dev/null || code=$?
  while [[ $code -eq 124 ]]; do
    astrojobs status "$1" --output text >&2
    code=0
    astrojobs wait "$1" --timeout 5s >/dev/null || code=$?
  done
  return "$code"
}

command -v "${ASTROJOBS:-astrojobs}" >/dev/null || { printf "There is no program '%s': set ASTROJOBS, or run scripts/install.\n" "${ASTROJOBS:-astrojobs}" >&2; exit 1; }

burst=$(astrojobs submit burst --camera sim --count "${1:-5}" --size 800x600 --instant --project samples --output text)
# The stack may be submitted now: it waits for the burst by itself.
stack=$(astrojobs submit stack --from-job "$burst" --project samples --output text)

for job in "$burst" "$stack"; do
  code=0
  finish "$job" || code=$?
  if [[ $code -ne 0 ]]; then
    astrojobs result "$job" --output text || true # says why on stderr
    exit "$code"
  fi
done
astrojobs result "$stack" --output json

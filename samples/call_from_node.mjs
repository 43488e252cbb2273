#!/usr/bin/env node
// Takes a burst with the simulated camera, stacks it, and prints the stack's result: astrojobs as a Node backend calls it.
//
// usage: call_from_node.mjs [FRAMES]
// The program is $ASTROJOBS, or astrojobs on the PATH; the jobs lie in $JOBS_DIR.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = process.env.ASTROJOBS ?? 'astrojobs';
const pollMilliseconds = 500;

/** What astrojobs answered instead of ok: its exit code, its error code for programs, its message and hint for people. */
class AstroJobsError extends Error {
  constructor(exitCode, { code, message, hint }) {
    super(`${code}: ${message}`);
    Object.assign(this, { exitCode, code, hint });
  }
}

/** Runs one command and returns its answer, one JSON object. Every command but `wait` and `log --follow` returns at once. */
async function astrojobs(...args) {
  try {
    const { stdout } = await run(program, args, { timeout: 60_000 });
    return JSON.parse(stdout);
  } catch (error) {
    if (!error.stdout) throw error; // it did not run at all
    throw new AstroJobsError(error.code, JSON.parse(error.stdout).error);
  }
}

/** Polls a job until it has ended; returns its result, or throws with the reason why there is none. */
async function finish(jobId) {
  for (let seen; ; await sleep(pollMilliseconds)) {
    const status = await astrojobs('status', '--job-id', jobId);
    if (!['queued', 'processing'].includes(status.state)) return astrojobs('result', '--job-id', jobId);
    const message = status.progress?.message ?? `waits for ${status.waiting_for}`;
    if (message !== seen) console.error(`${status.kind}: ${message}`);
    seen = message;
  }
}

try {
  const frames = process.argv[2] ?? '5';
  const burst = await astrojobs('submit', 'burst', '--camera', 'sim', '--count', frames, '--size', '800x600', '--instant', '--project', 'samples');
  // The stack may be submitted now: it waits for the burst by itself.
  const stack = await astrojobs('submit', 'stack', '--from-job', burst.job_id, '--project', 'samples');
  console.error(`${(await finish(burst.job_id)).captured} frames taken`);
  console.log(JSON.stringify({ job_id: stack.job_id, ...(await finish(stack.job_id)) }, null, 2));
} catch (error) {
  if (error.code === 'ENOENT') {
    console.error(`There is no program '${program}': set ASTROJOBS, or run scripts/install.`);
    process.exit(1);
  }
  if (!(error instanceof AstroJobsError)) throw error;
  console.error(error.hint ? `${error.message}\n${error.hint}` : error.message);
  process.exit(error.exitCode);
}

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../electron/host/db/index.ts';
import { makeScratch } from '../integration/scratch.ts';
import { lanes, linesEachSecond, type Measured, phases } from './engine.ts';
import { frames } from './log-page.ts';
import { type BenchResult, compared, timingOf } from './result.ts';

const child = join(import.meta.dirname, 'engine-child.ts');
const twoCommits = 'two bare commits with a sync each';

/** What the engine of jobs costs by itself, in a process of its own: the phases do next to nothing. */
export async function run(): Promise<BenchResult[]> {
  const directory = makeScratch('jobs-bench');
  try {
    openDatabase({ dataDirectory: directory }).close();
    return [
      ...syncs(directory),
      processor(directory),
      lines(directory),
      ...(await frames(directory)),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** All of a process, with its opening, and with the start and the end of each job, as the kernel sees it. */
function syncs(directory: string): BenchResult[] {
  if (spawnSync('strace', ['-V']).status !== 0) {
    process.stderr.write('strace is not installed: the line of syncs is left out.\n');
    return [];
  }
  const counted = (task: string) => {
    const trace = join(directory, 'trace');
    const calls = 'trace=fsync,fdatasync,sync_file_range,msync,sync,syncfs';
    const command = ['-f', '-qq', '-e', calls, '-e', 'signal=none', '-o', trace];
    runProgram('strace', [...command, process.execPath, child, task, directory]);
    // A call that another thread came in between takes a second line, which names it as resumed.
    const made = readFileSync(trace, 'utf8').match(/^\d+\s+\w+\(/gm) ?? [];
    return timingOf([made.length / phases]);
  };
  const times = { subject: counted('phases'), baseline: counted('bare') };
  return [
    compared('jobs: syncs to disk for each phase (a count)', times, {
      target: '≤ 2',
      baselineName: twoCommits,
      pass: ({ medianMs }) => medianMs <= 2,
    }),
  ];
}

function processor(directory: string): BenchResult {
  return compared('jobs: processor time for each phase', measured('processor', directory), {
    target: '≤ 1 ms',
    baselineName: twoCommits,
    pass: ({ medianMs }) => medianMs <= 1,
  });
}

function lines(directory: string): BenchResult {
  const name = `jobs: event loop p99, ${linesEachSecond} lines a second of ${lanes} lanes`;
  return compared(name, measured('lines', directory), {
    target: '< 50 ms each time',
    baselineName: 'an idle loop',
    pass: ({ p95Ms }) => p95Ms < 50,
  });
}

function measured(task: string, directory: string) {
  const said = runProgram(process.execPath, [child, task, directory]);
  const { own, bare } = JSON.parse(said) as Measured; // as the child of this very file writes it
  return { subject: timingOf(own), baseline: timingOf(bare) };
}

function runProgram(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with code ${status}: ${stderr}`);
  return stdout;
}

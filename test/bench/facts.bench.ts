import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { collectFacts } from '../../electron/host/facts/index.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import { type Sshd, TestBed } from '../integration/sshd/index.ts';
import { type BenchResult, timingOf } from './result.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');
const rounds = 20;
const crowd = 16;

/** Facts over real SSH servers on this machine: one at a time, and sixteen at once. */
export async function run(): Promise<BenchResult[]> {
  const bed = new TestBed();
  try {
    const machines: Sshd[] = [];
    // What the server writes down about itself is no part of the question.
    // Nor is the home directory of whoever runs this: its profile may do anything.
    const config = ['LogLevel ERROR', `SetEnv HOME=${bed.directory}`];
    for (let n = 0; n < crowd; n += 1) machines.push(await bed.sshd({ config }));
    const [first] = machines;
    if (!first) throw new Error('No SSH server was started.');
    return await measure(bed, first, machines);
  } finally {
    await bed.close();
  }
}

async function measure(bed: TestBed, first: Sshd, machines: readonly Sshd[]) {
  const one: number[] = [];
  const bare: number[] = [];
  const many: number[] = [];
  // In turns, so that whatever else the machine does meets all alike; the first rounds warm up.
  for (let round = -3; round < rounds; round += 1) {
    const alone = await timed(() => facts(bed, [first]));
    const openssh = await timed(() => sshTrue(bed, first));
    const local = await timed(() => runProgram('sh', ['-s', 'abc123'], script));
    const together = await timed(() => facts(bed, machines));
    if (round < 0) continue;
    one.push(alone);
    bare.push(openssh + local);
    many.push(together);
  }
  const own = timingOf(one);
  return [
    result('facts of one machine', one, 'ssh HOST true + the script', timingOf(bare).medianMs, 1.5),
    result(`facts of ${crowd} machines at once`, many, 'facts of one machine', own.medianMs, 6),
  ];
}

/** Cold each time: a new pool, new connections. */
async function facts(bed: TestBed, machines: readonly Sshd[]): Promise<void> {
  const client = bed.client();
  await Promise.all(
    machines.map(async (sshd) => {
      const options = client.options();
      const connection = await client.pool.connect(bed.target(sshd), options);
      const { sections } = await collectFacts(connection, { script, signal: options.signal });
      connection.release();
      if (sections.kernel.status !== 'ok') throw new Error(sections.kernel.reason);
    }),
  );
  await client.pool.close();
}

function sshTrue(bed: TestBed, sshd: Sshd): Promise<void> {
  const settings = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${join(bed.directory, 'known_hosts')}`,
    'LogLevel=ERROR',
  ].flatMap((setting) => ['-o', setting]);
  const address = ['-p', String(sshd.port), '-i', bed.key.path, `${sshd.user}@127.0.0.1`];
  return runProgram('ssh', ['-F', 'none', ...settings, ...address, 'true'], '');
}

function runProgram(program: string, args: readonly string[], stdin: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdout.resume();
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with code ${code}.`)),
    );
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function result(
  name: string,
  samples: readonly number[],
  baselineName: string,
  baselineMedianMs: number,
  limit: number,
): BenchResult {
  const timing = timingOf(samples);
  const ratio = timing.medianMs / baselineMedianMs;
  const target = `≤ ${limit}×`;
  return { name, ...timing, baselineName, baselineMedianMs, ratio, target, pass: ratio <= limit };
}

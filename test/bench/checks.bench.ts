import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMachines } from '../../electron/host/engine/machines/index.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { createMachineChecks } from '../../electron/host/onboarding/checks/index.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import { never, type Sshd, TestBed } from '../integration/sshd/index.ts';
import { type BenchResult, timingOf } from './result.ts';
import { ansible, hostsOf, inventoryOf, rackhelm } from './whole-process.ts';

const { resourcesDirectory } = findInstallation(import.meta.dirname);
const script = readRemoteScript(resourcesDirectory, 'preflight');
const rounds = 12;
const crowd = 16;

/** All checks over real SSH servers on this machine: of one, and of sixteen at once beside Ansible. */
export async function run(): Promise<BenchResult[]> {
  const bed = new TestBed();
  try {
    const machines: Sshd[] = [];
    const config = ['LogLevel ERROR', `SetEnv HOME=${bed.directory}`];
    for (let n = 0; n < crowd; n += 1) machines.push(await bed.sshd({ config }));
    const [first] = machines;
    if (!first) throw new Error('No SSH server was started.');
    return [await alone(bed, first), ...(await besideAnsible(bed, machines))];
  } finally {
    await bed.close();
  }
}

async function alone(bed: TestBed, sshd: Sshd): Promise<BenchResult> {
  const own: number[] = [];
  const bare: number[] = [];
  // In turns, so that whatever else the machine does meets both alike; the first rounds warm up.
  for (let round = -3; round < rounds; round += 1) {
    const ours = await timed(() => checkOne(bed, sshd));
    const theirs = await timed(() => sameCommands(bed, sshd));
    if (round < 0) continue;
    own.push(ours);
    bare.push(theirs);
  }
  const timing = timingOf(own);
  const baselineMedianMs = timingOf(bare).medianMs;
  const ratio = timing.medianMs / baselineMedianMs;
  return {
    name: 'all checks of one machine',
    ...timing,
    baselineName: 'the same commands through one ssh call',
    baselineMedianMs,
    ratio,
    target: '≤ 1.5×, ≤ 2 round trips',
    pass: ratio <= 1.5,
  };
}

/** Cold each time: a new pool, a new connection. Throws where it took more than two round trips. */
async function checkOne(bed: TestBed, sshd: Sshd): Promise<void> {
  const client = bed.client();
  const { ask } = client.options();
  const machines = createMachines({ pool: async () => client.pool });
  const machine = await machines.look(bed.target(sshd), {
    name: 'bench',
    ask: async (question) =>
      question.kind === 'ssh'
        ? { kind: 'ssh', answer: await ask(question.question, never) }
        : { kind: 'cancel' },
    signal: never,
  });
  let trips = 0;
  const checks = createMachineChecks({
    script,
    report: (error) => {
      throw error;
    },
  });
  const run: typeof machine.run = (...asked) => {
    trips += 1;
    return machine.run(...asked);
  };
  await checks.checkMachine(
    { name: machine.name, user: machine.user, run },
    {
      role: 'worker',
      plan: { name: null, addresses: [], cidrs: ['10.42.0.0/16', '10.43.0.0/16'] },
      network: 'none',
      subject: { id: null, name: 'bench' },
      inventory: { carriers: () => [], memberOf: null },
      signal: never,
    },
  );
  await machine.release();
  await client.pool.close();
  if (trips > 2) throw new Error(`All checks took ${trips} round trips.`);
}

function sameCommands(bed: TestBed, sshd: Sshd): Promise<void> {
  const settings = [
    'BatchMode=yes',
    'IdentitiesOnly=yes',
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${join(bed.directory, 'known_hosts')}`,
    'LogLevel=ERROR',
  ].flatMap((setting) => ['-o', setting]);
  const address = ['-p', String(sshd.port), '-i', bed.key.path, `${sshd.user}@127.0.0.1`];
  const remote = "sh -s abc123 '' all none";
  return runProgram('ssh', ['-F', 'none', ...settings, ...address, remote], { stdin: script });
}

/** Both as whole processes, with their own starts and ends, and with what they cost the processor. */
async function besideAnsible(bed: TestBed, machines: readonly Sshd[]): Promise<BenchResult[]> {
  if (spawnSync('ansible', ['--version']).status !== 0) {
    process.stderr.write(
      'ansible is not installed: its line is left out (apt install ansible-core).\n',
    );
    return [];
  }
  const reached = machines.map(({ port, user }, index) => {
    const name = `bench-${index + 1}`;
    return { name, host: '127.0.0.1', port, user, key: bed.key.path };
  });
  const data = inventoryOf(reached);
  const hosts = hostsOf(bed.directory, reached);
  const own: Cost[] = [];
  const theirs: Cost[] = [];
  for (let round = -1; round < 5; round += 1) {
    // 6: a check failed, which it may here.
    const ours = await cost(machines, () => rackhelm('check', data, reached, [0, 6]));
    const other = await cost(machines, () => ansible(bed.directory, hosts, crowd));
    if (round < 0) continue;
    own.push(ours);
    theirs.push(other);
  }
  const line = (name: string, of: (cost: Cost) => number, atLeast: number | null): BenchResult => {
    const timing = timingOf(own.map(of));
    const baselineMedianMs = timingOf(theirs.map(of)).medianMs;
    const ratio = timing.medianMs / baselineMedianMs;
    return {
      name,
      ...timing,
      baselineName: `ansible -m setup -f ${crowd}`,
      baselineMedianMs,
      ratio,
      // All checks do much more on each machine than the facts beside them: that one is to be watched.
      target: atLeast === null ? 'told' : `≥ ${atLeast}× less`,
      pass: atLeast === null || ratio <= 1 / atLeast,
    };
  };
  return [
    line(`all checks of ${crowd} machines, whole process`, ({ wallMs }) => wallMs, 4),
    line('… processor time for each machine', ({ cpuMs }) => cpuMs / crowd, null),
  ];
}

interface Cost {
  readonly wallMs: number;
  /** Of the program, of all that it started, and of what the servers did for it. */
  readonly cpuMs: number;
}

async function cost(machines: readonly Sshd[], work: () => Promise<number>): Promise<Cost> {
  const before = serverCpuMs(machines);
  const started = performance.now();
  const clientMs = await work();
  const wallMs = performance.now() - started;
  return { wallMs, cpuMs: clientMs + serverCpuMs(machines) - before };
}

/** Sessions count once they have ended and were waited for. */
function serverCpuMs(machines: readonly Sshd[]): number {
  return machines.reduce((sum, { pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    // utime, stime, cutime, cstime in ticks of 10 ms.
    return sum + fields.slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) * 10;
  }, 0);
}

function runProgram(
  program: string,
  args: readonly string[],
  { stdin }: { readonly stdin: string },
): Promise<void> {
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

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { makeScratch } from '../integration/scratch.ts';
import { canRunRack, startRack } from '../rack/index.ts';
import { type BenchResult, compared, timingOf } from './result.ts';
import { ansible, hostsOf, inventoryOf, type Reached, rackhelm } from './whole-process.ts';

const crowd = 16;
const rounds = 5;

/**
 * Facts into the inventory, beside Ansible, both as whole processes. The machines are those of a rack:
 * sixteen SSH servers of one machine would rightly not be taken for sixteen devices.
 */
export async function run(): Promise<BenchResult[]> {
  const missing =
    canRunRack('scale') ??
    (spawnSync('ansible', ['--version']).status === 0
      ? null
      : 'ansible is not installed (apt install ansible-core)');
  if (missing !== null) {
    process.stderr.write(`The line of facts beside Ansible is left out: ${missing}.\n`);
    return [];
  }
  const rack = await startRack({ profile: 'scale', name: `bench-${process.pid}`, nodes: crowd });
  try {
    const nodes = Array.from({ length: crowd }, (_, index) => rack.node(`node-${index + 1}`));
    return [
      await measure(
        nodes.map(({ name, address: host, port, user, identityFile: key }) => {
          return { name, host, port, user, key };
        }),
      ),
    ];
  } finally {
    await rack.down();
  }
}

async function measure(machines: readonly Reached[]): Promise<BenchResult> {
  const home = makeScratch('ansible');
  const data = inventoryOf(machines);
  const hosts = hostsOf(home, machines);
  const times = { own: [] as number[], theirs: [] as number[] };
  for (let round = -1; round < rounds; round += 1) {
    const own = await timed(() => rackhelm('refresh', data, machines, [0]));
    const theirs = await timed(() => ansible(home, hosts, crowd));
    if (round < 0) continue;
    times.own.push(own);
    times.theirs.push(theirs);
  }
  for (const directory of [home, data]) rmSync(directory, { recursive: true, force: true });
  const timings = { subject: timingOf(times.own), baseline: timingOf(times.theirs) };
  const name = `facts of ${crowd} machines into the inventory, whole process`;
  return compared(name, timings, {
    target: '≥ 5.5× less',
    baselineName: `ansible -m setup -f ${crowd}`,
    pass: (_own, ratio) => ratio <= 1 / 5.5,
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

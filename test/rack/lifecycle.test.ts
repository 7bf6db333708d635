import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type CommandResult, mustRun, runProgram } from './command.ts';
import { downRack } from './down.ts';
import { canRunRack, describeRack, startRack } from './index.ts';
import { prefixOf } from './networks.ts';
import { initOf } from './node-process.ts';
import { RackState } from './state.ts';
import type { NodeStatus } from './status.ts';
import { tracesOf } from './traces.ts';

const program = path.join(import.meta.dirname, 'main.ts');
const own = (suffix: string) => `life-${process.pid}-${suffix}`;

function rackCommand(...args: readonly string[]): Promise<CommandResult> {
  return runProgram(process.execPath, [program, ...args]);
}

function slotOf(name: string): number {
  const slot = new RackState(name).description()?.slot;
  if (slot === undefined) throw new Error(`${name} has no slot`);
  return slot;
}

/** Kills an `up` as soon as its journal has so many lines. */
async function crashDuringUp(name: string, lines: number, nodes: number): Promise<void> {
  const args = [program, 'up', '--name', name, '--nodes', String(nodes)];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const journal = new RackState(name).path('journal');
  while (!existsSync(journal) || readFileSync(journal, 'utf8').split('\n').length < lines) {
    if (child.exitCode !== null) throw new Error('It ended before it could be killed.');
    await sleep(1);
  }
  child.kill('SIGKILL');
  await ended;
}

// Not describeRack: here racks of our own are made and ended.
const reason = canRunRack('small');

describe.skipIf(reason !== null)(`up and down${reason === null ? '' : ` (${reason})`}`, () => {
  const names = ['a', 'b'].map(own);
  const [a = '', b = ''] = names;
  afterEach(async () => {
    for (const name of names) await downRack(name);
  });

  it('starts eight nodes in less than 15 s and leaves nothing behind', async () => {
    const startedAt = Date.now();
    const up = await rackCommand('up', '--name', a, '--nodes', '8');
    expect(up.stderr).toBe('');
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(up.stdout).toContain(new RackState(a).path('ssh_config'));
    const slot = slotOf(a);
    const before = await tracesOf(a, slot);
    for (const kind of ['namespace', 'mount', 'link', 'process', 'file', 'route', 'slot']) {
      expect(before.some((trace) => trace.startsWith(kind))).toBe(true);
    }
    const { stdout } = await rackCommand('status', '--name', a, '--json');
    const nodes = JSON.parse(stdout) as NodeStatus[]; // what the command is documented to print
    expect(nodes).toHaveLength(8);
    expect(nodes[0]).toMatchObject({ name: 'node-1', state: 'up', port: 22, user: 'root' });
    expect(nodes[0]?.addresses.management?.ipv4).toMatch(/^10\.\d+\.10\.11$/);
    expect(existsSync(nodes[0]?.identityFile ?? '')).toBe(true);
    expect((await rackCommand('down', '--name', a)).exitCode).toBe(0);
    expect(await tracesOf(a, slot)).toEqual([]);
    expect((await rackCommand('status', '--name', a, '--json')).stdout.trim()).toBe('[]');
  });

  it('may be started twice and ended twice', async () => {
    const rack = await startRack({ name: a, profile: 'small', nodes: 2 });
    const init = initOf(rack.state, 'node-1');
    const again = await startRack({ name: a, profile: 'small', nodes: 2 });
    expect(initOf(again.state, 'node-1')).toEqual(init);
    await expect(startRack({ name: a, profile: 'small', nodes: 3 })).rejects.toThrow(
      'runs already',
    );
    await rack.down();
    await rack.down();
    expect((await rackCommand('down', '--name', a)).exitCode).toBe(0);
  });

  it('lets two racks run side by side', async () => {
    const [one, two] = await Promise.all(
      [a, b].map((name) => startRack({ name, profile: 'small', nodes: 2 })),
    );
    if (!one || !two) throw new Error('Both racks were to start.');
    expect(one.node('node-1').address).not.toBe(two.node('node-1').address);
    const reach = (address: string) => runProgram('nc', ['-z', '-w', '1', address, '22']);
    expect((await reach(one.node('node-1').address)).exitCode).toBe(0);
    expect((await reach(two.node('node-1').address)).exitCode).toBe(0);
    const across = await one.node('node-1').exec(`nc -z -w 1 ${two.node('node-1').address} 22`);
    expect(across.exitCode).not.toBe(0);
    const slot = slotOf(a);
    await one.down();
    expect(await tracesOf(a, slot)).toEqual([]);
    expect((await reach(two.node('node-1').address)).exitCode).toBe(0);
  });

  it('keeps away from addresses that this computer has a route to already', async () => {
    const first = await startRack({ name: a, profile: 'small', nodes: 1 });
    const slot = slotOf(a);
    await first.down();
    // Of no network at all, so that nobody misses it.
    const route = ['unreachable', prefixOf(slot, 'internal').ipv4, 'metric', '4242'];
    await mustRun('ip', ['route', 'add', ...route]);
    try {
      await startRack({ name: a, profile: 'small', nodes: 1 });
      expect(slotOf(a)).not.toBe(slot);
    } finally {
      await mustRun('ip', ['route', 'del', ...route]);
    }
  });

  // Early: namespaces; in the middle: some mounts; late: nodes that boot.
  it.each([2, 9, 16])('cleans up after a crash at line %i of the journal', async (lines) => {
    await crashDuringUp(a, lines, 8);
    const slot = new RackState(a).description()?.slot ?? null;
    expect(await tracesOf(a, slot)).not.toEqual([]);
    expect((await rackCommand('down', '--name', a)).stderr).toBe('');
    expect(await tracesOf(a, slot)).toEqual([]);
  });

  it('starts over when an earlier start crashed', async () => {
    await crashDuringUp(a, 12, 8);
    const rack = await startRack({ name: a, profile: 'small', nodes: 2 });
    expect(rack.status().map((node) => node.state)).toEqual(['up', 'up']);
  });

  it('ends a rack with broken nodes, processes of its own and a proxy', async () => {
    const rack = await startRack({ name: a, profile: 'small', nodes: 3 });
    const slot = slotOf(a);
    await rack
      .node('node-1')
      .exec('setsid sleep 600 >/dev/null 2>&1 & unshare --net sleep 600 >/dev/null 2>&1 &');
    await rack.node('node-1').fault('latency');
    await rack.node('node-2').fault('frozen');
    await rack.node('node-3').fault('killed');
    await rack.down();
    expect(await tracesOf(a, slot)).toEqual([]);
  });

  it('stops with one sentence for somebody who is not root', async () => {
    const drop = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath];
    const { stderr, exitCode } = await runProgram('setpriv', [...drop, program, 'up']);
    expect(exitCode).toBe(1);
    expect(stderr.trim()).toBe('The rack needs root, for namespaces and mounts.');
  });

  it('names the packages that are missing', async () => {
    const hide = `mount --bind /dev/null /usr/sbin/sshd && exec "$0" "$@"`;
    const args = ['--mount', 'sh', '-c', hide, process.execPath, program, 'up', '--name', a];
    const { stderr, exitCode } = await runProgram('unshare', args);
    expect(exitCode).toBe(1);
    expect(stderr.trim()).toBe(
      'The rack needs these Debian packages, which are not installed: openssh-server.',
    );
    expect(await tracesOf(a, null)).toEqual([]);
  });

  it.each([
    [['up', '--name', 'No Such'], 'cannot name a rack'],
    [['up', '--profile', 'huge'], '--profile must be one of small, seed, scale, onboarding'],
    [['up', '--nodes', '0', '--name', a], 'between 1 and 180'],
    [['up', '--nodes', 'x', '--name', a], '--nodes must be a number'],
    [['shell', '--name', a, 'node-1'], 'No rack named'],
    [['dance'], 'is no command of the rack'],
    [['up', '--sideways'], 'sideways'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { stderr, exitCode } = await rackCommand(...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });
});

describeRack('commands on a running rack', 'small', (rack) => {
  const named = (...args: readonly string[]) => {
    const [command = '', ...rest] = args;
    return rackCommand(command, '--name', rack().name, ...rest);
  };

  it('runs commands in a node and passes on their exit code', async () => {
    const result = await named('shell', 'node-2', 'hostname; exit 7');
    expect(result.stdout).toBe('node-2\n');
    expect(result.exitCode).toBe(7);
  });

  it('sets and mends a fault by command, as status shows', async () => {
    const on = await named('fault', 'node-3', 'hostname-duplicated', '--from', 'node-4');
    expect(on.stdout).toContain('hostname-duplicated is on at node-3');
    expect((await named('shell', 'node-3', 'hostname')).stdout).toBe('node-4\n');
    expect((await named('status')).stdout).toMatch(/node-3 .* faults: hostname-duplicated/);
    await named('fault', 'node-3', 'hostname-duplicated', '--off');
    expect((await named('shell', 'node-3', 'hostname')).stdout).toBe('node-3\n');
    expect((await named('status')).stdout).not.toContain('faults');
  });

  it('lists the kinds of faults', async () => {
    const { stderr, exitCode } = await named('fault', 'node-3');
    expect(exitCode).toBe(1);
    for (const kind of ['frozen', 'disk-full', 'port-blocked']) expect(stderr).toContain(kind);
  });

  it('prints an ssh configuration that ssh takes for every node', async () => {
    const { stdout } = await named('ssh-config');
    expect(stdout).toBe(readFileSync(rack().sshConfigFile, 'utf8'));
    for (const node of rack().nodes) {
      const args = ['-F', rack().sshConfigFile, '-o', 'BatchMode=yes', node.name, 'hostname'];
      expect((await runProgram('ssh', args)).stdout).toBe(`${node.name}\n`);
    }
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UpkeepWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { k3sMachine } from '../trial/k3s-machine.ts';
import { upkeepBed } from '../trial/upkeep-bed.ts';

// Whole jobs, with a journal on disk.
vi.setConfig({ testTimeout: 30_000 });

const hash = 'a'.repeat(64);
const [old, fresh] = ['lab', 'new'].map((word) => `K10${hash}::server:${word}\n`) as [
  string,
  string,
];
const serverToken = '/var/lib/rancher/k3s/server/token';
const config = '/etc/rancher/k3s/config.yaml';
const environment = '/etc/systemd/system/k3s.service.env';
const work: UpkeepWork = { kind: 'rotate-token' };

let bed: ReturnType<typeof upkeepBed>;
let inUnit = '';
/** A machine that starts with another token than it is given. */
let stubborn = '';

const kept = ({ machine }: TrialNode) =>
  machine.files.paths().find((path) => /k3s-before-token.*\/token$/.test(path));

function add(name: string, role: 'server' | 'agent', files: Readonly<Record<string, string>>) {
  bed.cluster.node(name, { role });
  bed.member(name, role === 'server' ? 'control-plane' : 'worker');
  const node: TrialNode = k3sMachine({
    files: { ...(role === 'server' ? { [serverToken]: old } : {}), ...files },
    onStart: () => {
      const given = node.machine.files.text(config) ?? '';
      if (role === 'server' && given.includes(':new') && stubborn !== name)
        node.machine.files.put(serverToken, fresh);
    },
    programs: [
      [/^grep -lE -- /, () => (stubborn === name ? '' : inUnit)],
      [
        /^\[ -f (\S+)\/token \] \|\| \{.* mkdir -m 700/,
        ([, keep = ''], { machine }) => {
          if (kept(node) === undefined)
            machine.files.put(
              `${keep.replaceAll("'", '')}/token`,
              machine.files.text(serverToken) ?? '',
            );
          return '';
        },
      ],
      [
        /^k3s token rotate && touch '?([^' ]+)'?\/rotated/,
        ([, keep = ''], it) => {
          it.machine.files.put(serverToken, fresh);
          return it.make(`${keep}/rotated`);
        },
      ],
      [/^mkdir -p -m 700 '([^']+)' && touch/, ([, keep = ''], it) => it.make(`${keep}/given`)],
    ],
  });
  bed.machines.set(name, node);
  return node;
}

beforeEach(() => {
  bed = upkeepBed();
  inUnit = '';
  stubborn = '';
  for (const name of ['x86-1', 'x86-2', 'x86-3'])
    add(name, 'server', { [config]: `node-name: ${name}\ntoken: lab # ours\n` });
  add('pi-1', 'agent', {
    [config]: 'a: 1\n',
    [environment]: "K3S_TOKEN='lab'\nK3S_URL=https://lab:6443\n",
  });
  add('pi-2', 'agent', { [config]: 'token: abcdef.0123456789abcdef\n' });
});
afterEach(() => bed.close());

const text = (name: string, path: string) => bed.machines.get(name)?.machine.files.text(path);

it('lets K3s make one, and gives it server by server, then to those agents that held the old one', async () => {
  const { findings } = await bed.plan(work);
  expect(findings.map(({ says }) => says).join('\n')).toContain('1 agent needs nothing');
  const { id, state, lanes } = await bed.run(work);
  expect(state, JSON.stringify(state)).toMatchObject({ state: 'done' });
  expect(lanes.map(({ title }) => title)).toEqual(['x86-1', 'x86-2', 'x86-3', 'pi-1']);
  for (const name of ['x86-1', 'x86-2', 'x86-3'])
    expect(text(name, config)).toBe(`node-name: ${name}\ntoken: ${fresh.trim()} # ours\n`);
  expect(text('pi-1', environment)).toBe(
    `K3S_TOKEN='K10${hash}::node:new'\nK3S_URL=https://lab:6443\n`,
  );
  expect(text('pi-2', config)).toContain('abcdef.0123456789abcdef');
  const first = bed.machines.get('x86-1');
  expect(first && text('x86-1', kept(first) ?? '')).toBe(old);
  // Neither stands in what was run, in the plan or in the log.
  const { lines } = await bed.jobs.log(id, { stepId: null, after: null, search: '', limit: 500 });
  const ran = [...bed.machines.values()].flatMap((one) => one.ran);
  expect(JSON.stringify([ran, lines, findings, lanes])).not.toMatch(
    /lab # ours|server:(lab|new)|node:new/,
  );
});

it('ends where a server comes up with another token, before the next one is touched', async () => {
  stubborn = 'x86-2';
  const { state } = await bed.run(work);
  expect(JSON.stringify(state)).toContain('runs with another token');
  expect(text('x86-3', config)).toContain('token: lab # ours');
});

it('does not begin where a server does not answer or is not reached, or its service has the token in its words', async () => {
  inUnit = '/etc/systemd/system/k3s.service';
  await expect(bed.plan(work)).rejects.toThrow(/holds the token itself/);
  inUnit = '';
  bed.machines.delete('x86-2');
  const { stopped, findings } = await bed.plan(work);
  expect([stopped, findings[0]?.says]).toEqual([
    true,
    expect.stringContaining('x86-2 is not reached'),
  ]);
  bed.cluster.node('x86-3', { role: 'server', ready: false });
  expect((await bed.plan(work)).findings[0]?.says).toContain('x86-3 does not answer');
});

it('does without an agent that nobody reaches, and says what that may mean', async () => {
  bed.machines.delete('pi-1');
  const { stopped, findings } = await bed.plan(work);
  expect(stopped).toBe(false);
  expect(findings.map(({ says }) => says).join()).toContain(
    'may not come back from its next restart',
  );
});

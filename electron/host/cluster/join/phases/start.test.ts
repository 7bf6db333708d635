import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import type { JoinHands } from './join-hands.ts';
import { createK3sStartPhase } from './start.ts';

const phase = createK3sStartPhase({ stepMs: 1 });
const params = phase.params.parse({ role: 'agent', init: 'systemd', timeoutMs: 5_000 });

const info = (text: string) => `time="2026-11-30T10:00:00Z" level=info msg="${text}"`;
const error = (text: string) => `time="2026-11-30T10:00:00Z" level=error msg="${text}"`;

/** Which of a shell's words stand for something on the node; `/*` for all that lies in a folder. */
function there({ machine }: TrialNode, words: string): string[] {
  const all = machine.files.paths();
  const found = words.split(' ').flatMap((word) => {
    const folder = word.endsWith('/*') ? word.slice(0, -1) : null;
    if (folder === null) return all.some((one) => `${one}/`.startsWith(`${word}/`)) ? [word] : [];
    const inside = all.filter((one) => one.startsWith(folder));
    return inside.map((one) => `${folder}${one.slice(folder.length).split('/')[0]}`);
  });
  return [...new Set(found)];
}

interface Story {
  /** What its log says at each look after the start; the node has joined once it is through. */
  readonly says: readonly (readonly string[])[];
  readonly joins?: boolean;
  readonly restarts?: number;
  readonly folders?: readonly string[];
}

/** A machine on which K3s does as the story says once it is started. */
function node({ says, joins = true, restarts = 0, folders = [] }: Story) {
  return new TrialNode({
    files: Object.fromEntries(folders.map((folder) => [`${folder}/theirs`, 'x'])),
    state: { enabled: false, active: 'inactive', looks: 0 },
    programs: [
      [
        /^systemctl show k3s-agent/,
        (_, { state }) =>
          `ActiveState=${state.active}\nUnitFileState=${state.enabled ? 'enabled' : 'disabled'}\nNRestarts=${restarts * Number(state.looks)}\n`,
      ],
      [
        /127\.0\.0\.1:10248/,
        (_, { state }) => (joins && Number(state.looks) > says.length ? 'ok' : ''),
      ],
      [
        /kubelet\.kubeconfig/,
        (_, { state }) => (state.active === 'active' ? '' : { out: '', exit: 1 }),
      ],
      [/^for d in (.*); do \[ -e "\$d" \]/, ([, words = ''], at) => there(at, words).join('\n')],
      [/journalctl .* -n 0 --show-cursor/, () => '-- cursor: s=0\n'],
      [
        /journalctl .* -o cat .*--after-cursor='s=(\d+)'/,
        ([, cursor = '0'], { state }) => {
          state.looks = Number(state.looks) + 1;
          return `${(says[Number(cursor)] ?? []).join('\n')}\n-- cursor: s=${Number(cursor) + 1}\n`;
        },
      ],
      [
        /^systemctl daemon-reload && systemctl enable k3s-agent/,
        (_, at) => {
          Object.assign(at.state, { enabled: true, active: 'active', looks: 0 });
          at.make('/var/lib/rancher/k3s/agent/x');
          return at.make('/etc/rancher/node/password');
        },
      ],
      [
        /^systemctl disable k3s-agent/,
        (_, { state }) => {
          Object.assign(state, { enabled: false, active: 'inactive', looks: 0 });
          return '';
        },
      ],
      [/^ours\(\)/, () => ''],
      [
        /^kept='\n([^']*)'\nfor d in (.*); do/,
        ([, kept = '', words = ''], at) =>
          at.drop(there(at, words).filter((one) => !kept.split('\n').includes(one))),
      ],
    ],
  });
}

async function endOf(story: Story) {
  const at = node(story);
  const lines: string[] = [];
  const context = { ...contextOf(at.machine), log: (line: string) => void lines.push(line) };
  const saved = await phase.save(context, params);
  const failure: unknown = await phase.apply(context, params, saved).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { at, lines, failure };
}

describe('starting K3s', () => {
  it('follows its log until the node has joined, and undo leaves nothing of it', async () => {
    const says = [[info('Starting k3s agent')], [], [info('Connecting to proxy')]];
    await runsThrough({ phase, params, node: () => node({ says }) });
  });

  it('leaves folders that were there before it, and images that lay in the midst of its own', async () => {
    const images = '/var/lib/rancher/k3s/agent/images';
    const folders = ['/var/lib/kubelet', '/etc/cni/net.d', images];
    const { node: at } = await runsThrough({
      phase,
      params,
      node: () => node({ says: [[]], folders }),
    });
    expect(at.has('/var/lib/kubelet/theirs')).toBe(true);
    expect(at.has(`${images}/theirs`)).toBe(true);
  });

  it('stands every break', async () => {
    const tried = await standsEveryBreak({ phase, params, node: () => node({ says: [[], []] }) });
    expect(tried).toBeGreaterThan(10);
  });

  it('ends soon where the log says why it never will join, and stops the service', async () => {
    const refused = error(
      'Failed to configure agent: failed to get /v1-k3s/config: 401 Unauthorized',
    );
    const { at, failure, lines } = await endOf({
      says: [[info('Starting')], [refused], [], [refused], [refused]],
      joins: false,
    });
    expect(failure).toMatchObject({
      code: 'JOIN_REFUSED',
      message: expect.stringContaining('does not accept the token'),
    });
    expect(at.state).toMatchObject({ active: 'inactive', enabled: false, looks: 0 });
    expect(lines.filter((line) => line === refused)).toHaveLength(2);
  });

  it('goes on where a trouble passes', async () => {
    const starting = error('failed to get CA certs: Get \\"https://127.0.0.1:6444/cacerts\\": EOF');
    const { failure } = await endOf({ says: [[starting], [starting], [starting], []] });
    expect(failure).toBeNull();
  });

  it('gives up in time where nothing is said, with the last line', async () => {
    const short = { ...params, timeoutMs: 1_000 };
    const at = node({ says: [[info('Waiting for something new')]], joins: false });
    const context = contextOf(at.machine);
    await expect(
      phase.apply(context, short, { folders: [], nameTaken: false }),
    ).rejects.toMatchObject({
      code: 'JOIN_TIMED_OUT',
      message: expect.stringContaining('Waiting for something new'),
    });
    expect(at.state).toMatchObject({ active: 'inactive' });
  });

  it('does not wait for the end where the process ends again and again', async () => {
    const { failure } = await endOf({ says: [[], [], []], joins: false, restarts: 3 });
    expect(failure).toMatchObject({ code: 'JOIN_TIMED_OUT' });
  });

  it('stops nothing where the connection is lost meanwhile', async () => {
    const at = node({ says: Array.from({ length: 50 }, () => []) });
    const context = contextOf(at.machine);
    const controller = new AbortController();
    const running = phase.apply({ ...context, signal: controller.signal }, params, {
      folders: [],
      nameTaken: false,
    });
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toThrow();
    expect(at.state).toMatchObject({ active: 'active', enabled: true });
    expect((await phase.probe(context, params)).standing).toBe('partly');
  });
});

describe('what the rest of the cluster has to do with it', () => {
  const member = {
    ...{ clusterId: '0190a000-0000-7000-8000-000000000001', nodeName: 'pi-1', where: 'lab' },
    contextId: '0190a000-0000-7000-8000-000000000002',
  };
  const hands = (known: boolean, done: string[]): JoinHands => ({
    knows: async () => known,
    turn: async () => {
      done.push('turn');
      return () => void done.push('end');
    },
    voting: async () => void done.push('voting'),
    leave: async () => void done.push('leave'),
    forget: async () => void done.push('forget'),
  });
  const through = async (known: boolean) => {
    const done: string[] = [];
    const joining = createK3sStartPhase({ stepMs: 1 }, hands(known, done));
    const given = joining.params.parse({ ...params, cluster: member });
    await runsThrough({ phase: joining, params: given, node: () => node({ says: [[]] }) });
    return new Set(done);
  };

  it('is that undo makes it forget the node, but never one of a name that it knew before', async () => {
    expect(await through(false)).toEqual(new Set(['forget']));
    expect(await through(true)).toEqual(new Set());
  });
});

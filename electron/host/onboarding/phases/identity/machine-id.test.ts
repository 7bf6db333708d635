import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { machineIdPhase as phase } from './machine-id.ts';

const was = '0123456789abcdef0123456789abcdef';
const params = { was };
const etc = '/etc/machine-id';
const dbus = '/var/lib/dbus/machine-id';
const file = { content: `${was}\n`, mode: 0o444 };

function node(files: ConstructorParameters<typeof TrialNode>[0]['files'] = { [etc]: file }) {
  return new TrialNode({
    files,
    state: { linked: false },
    programs: [
      [/^\[ -L /, (_, { state }) => (state.linked ? '' : { out: '', exit: 1 })],
      [
        /^for f in (.*?);/,
        ([, all = ''], it) =>
          all
            .split(' ')
            .filter((p) => it.hasUnder(p) || it.has(p))
            .join('\n'),
      ],
    ],
  });
}

describe('machine-id', () => {
  it('gives a new id to each file that holds the shared one, the same to both', async () => {
    const both = () => node({ [etc]: file, [dbus]: `${was}\n` });
    const { applied } = await runsThrough({ phase, params, node: both });
    const ids = [...applied.matchAll(/"([0-9a-f]{32})\\n"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).not.toBe(was);
    await runsThrough({ phase, params, node: () => node({ [dbus]: `${was}\n` }) });
  });

  it('stands every break, and makes one id only', async () => {
    const both = () => node({ [etc]: file, [dbus]: `${was}\n` });
    expect(await standsEveryBreak({ phase, params, node: both })).toBeGreaterThan(10);
    const it = node();
    const context = contextOf(it.machine);
    const kept = await phase.save(context, params);
    await phase.apply(context, params, kept);
    await phase.apply(context, params, kept);
    expect(it.machine.files.text(etc)).toBe(`${kept.next}\n`);
    expect(it.machine.files.read(etc)?.mode).toBe(0o444);
  });

  it('leaves a link alone, and a machine that has another id', async () => {
    const linked = node({ [etc]: file, [dbus]: { link: etc } });
    linked.state.linked = true;
    const context = contextOf(linked.machine);
    expect((await phase.save(context, params)).files.map(({ path }) => path)).toEqual([etc]);
    const other = contextOf(node({ [etc]: `${was.replace('0', 'f')}\n` }).machine);
    expect((await phase.probe(other, params)).standing).toBe('present');
    expect((await phase.probe(contextOf(node({}).machine), params)).standing).toBe('present');
  });

  it('warns of what knows the machine by its id', async () => {
    const it = node({ [etc]: file, '/run/systemd/netif/leases/2': '', '/etc/dhcpcd.duid': '' });
    const context = contextOf(it.machine);
    const plan = await phase.plan(context, params, await phase.probe(context, params));
    expect(JSON.stringify(plan)).toMatch(/another address.*\/etc\/dhcpcd\.duid was cloned/);
  });

  it('puts the shared id back, unless others gave it a third one since', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const kept = await phase.save(context, params);
    await phase.apply(context, params, kept);
    it.machine.files.put(etc, 'third\n');
    await expect(phase.undo(context, params, kept)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
  });
});

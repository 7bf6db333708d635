import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { kernelModulesPhase as phase } from './kernel-modules.ts';

const params = { modules: ['br_netfilter', 'overlay'] };
const file = '/etc/modules-load.d/rackhelm.conf';

interface Kernel {
  readonly loaded?: string[];
  readonly busy?: string[];
  readonly locked?: string[];
  readonly lacks?: string[];
  readonly files?: Record<string, string>;
}

function node({ loaded = [], busy = [], locked = [], lacks = [], files = {} }: Kernel = {}) {
  const of = (it: TrialNode) => it.state.loaded as string[];
  return new TrialNode({
    files,
    state: { loaded },
    programs: [
      [
        /^\[ -d \/sys\/module\/(\S+) \]/,
        ([, name = ''], it) => (of(it).includes(name) ? '' : { out: '', exit: 1 }),
      ],
      [
        /^modprobe -r '(.*)'$/,
        ([, name = ''], it) => {
          if (busy.includes(name)) return { out: `FATAL: Module ${name} is in use.`, exit: 1 };
          if (locked.includes(name)) return { out: 'FATAL: Operation not permitted', exit: 1 };
          it.state.loaded = of(it).filter((one) => one !== name);
          return '';
        },
      ],
      [
        /^modprobe -n '(.*)'$/,
        ([, name = '']) =>
          lacks.includes(name) ? { out: `FATAL: Module ${name} not found.`, exit: 1 } : '',
      ],
      [
        /^modprobe '(.*)'$/,
        ([, name = ''], it) => {
          if (lacks.includes(name)) return { out: `FATAL: Module ${name} not found.`, exit: 1 };
          it.state.loaded = [...of(it), name].sort();
          return '';
        },
      ],
    ],
  });
}

describe('kernel-modules', () => {
  it('loads them now and at each boot, and brings that back', async () => {
    const { items, applied } = await runsThrough({ phase, params, node });
    expect(applied).toContain('# Written by Rackhelm.\\nbr_netfilter\\noverlay\\n');
    expect(items.map(({ kind }) => kind)).toEqual(['file', 'command', 'command']);
  });

  it('stands every break, also with one of them loaded and a file that is there', async () => {
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(15);
    const some = { loaded: ['overlay'], files: { [file]: 'vxlan' } };
    await standsEveryBreak({ phase, params, node: () => node(some) });
    const { applied } = await runsThrough({ phase, params, node: () => node(some) });
    expect(applied).toContain('"vxlan\\nbr_netfilter\\noverlay\\n"');
    expect(applied).toContain('"overlay"');
  });

  it('leaves no file behind that asks for what the kernel does not have', async () => {
    const it = node({ lacks: ['overlay'] });
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
      message: expect.stringContaining('overlay not found'),
    });
    expect(it.has(file)).toBe(false);
    await phase.undo(context, params, saved);
    expect(it.picture()).toBe(node().picture());
  });

  it('leaves loaded what cannot be unloaded when it is undone, and says why', async () => {
    const it = node({ busy: ['overlay'], locked: ['br_netfilter'] });
    const said: string[] = [];
    const context = { ...contextOf(it.machine), log: (line: string) => said.push(line) };
    const saved = await phase.save(context, params);
    await phase.apply(context, params, saved);
    await phase.undo(context, params, saved);
    expect(it.state.loaded).toEqual(['br_netfilter', 'overlay']);
    expect(said).toContain('overlay is in use and stays loaded until a restart.');
    expect(said).toContain(
      'br_netfilter could not be unloaded and stays until a restart: FATAL: Operation not permitted',
    );
    expect((await phase.probe(context, params)).standing).toBe('absent');
  });

  it('takes hyphens and underscores for the same', async () => {
    const it = node({ loaded: ['br_netfilter'], files: { [file]: 'br-netfilter\n' } });
    const probed = await phase.probe(contextOf(it.machine), { modules: ['br-netfilter'] });
    expect(probed.standing).toBe('present');
  });
});

import { z } from 'zod';
import type { Database } from '../../../electron/host/db/index.ts';
import type { Phase } from '../../../electron/host/engine/jobs/index.ts';
import { createInventory } from '../../../electron/host/inventory/index.ts';
import type { Standing } from '../../../shared/jobs/plan.ts';

const file = z.object({ path: z.string(), text: z.string() });
const before = z.object({ text: z.string().nullable() });

const probed = (standing: Standing) => ({ standing, found: `It is ${standing}.`, evidence: [] });

/** A file with other content. */
export const filePhase: Phase<z.infer<typeof file>, z.infer<typeof before>> = {
  id: 'file',
  params: file,
  saved: before,
  title: ({ path }) => `Write ${path}`,
  lasting: () => null,
  async probe({ machine, signal }, { path, text }) {
    const now = await machine.readFile(path, { signal });
    return probed(now?.content.toString() === text ? 'present' : 'absent');
  },
  plan: async () => [],
  async save({ machine, signal }, { path }) {
    const now = await machine.readFile(path, { signal });
    return { text: now?.content.toString() ?? null };
  },
  async apply({ machine, signal }, { path, text }) {
    const expect = await machine.readFile(path, { signal });
    await machine.writeFile({ path, content: text }, { signal, expect });
  },
  async undo({ machine, signal }, { path }, saved) {
    const expect = await machine.readFile(path, { signal });
    if (saved.text !== null) {
      await machine.writeFile({ path, content: saved.text }, { signal, expect });
    } else if (expect) await machine.deleteFile(path, { signal, expect });
  },
};

const line = z.object({ path: z.string(), line: z.string() });

/** A line at the end of a register: done twice it stands there twice. */
export const registerPhase: Phase<z.infer<typeof line>, Record<string, never>> = {
  id: 'register',
  params: line,
  saved: z.object({}),
  title: ({ line: text }) => `Register ${text}`,
  lasting: () => null,
  async probe({ machine, signal }, { path, line: text }) {
    const now = await machine.readFile(path, { signal });
    const count = (now?.content.toString() ?? '').split('\n').filter((one) => one === text).length;
    return probed(count === 0 ? 'absent' : count === 1 ? 'present' : 'partly');
  },
  plan: async () => [],
  save: async () => ({}),
  async apply({ machine, signal }, { path, line: text }) {
    await machine.run('printf "%s\\n" "$2" >> "$1"', { signal, args: [path, text] });
  },
  async undo({ machine, signal }, { path, line: text }) {
    const script = 'grep -vx "$2" "$1" > "$1.part"; mv "$1.part" "$1"';
    await machine.run(script, { signal, args: [path, text] });
  },
};

const pair = z.object({ first: z.string(), second: z.string() });

/** Two files, one after the other: in between it stands in parts. */
export const pairPhase: Phase<z.infer<typeof pair>, Record<string, never>> = {
  id: 'pair',
  params: pair,
  saved: z.object({}),
  title: ({ first, second }) => `Make ${first} and ${second}`,
  lasting: () => null,
  async probe({ machine, signal }, { first, second }) {
    const files = [first, second].map((path) => machine.readFile(path, { signal }));
    const there = (await Promise.all(files)).filter((one) => one !== null).length;
    return probed((['absent', 'partly', 'present'] as const)[there] ?? 'unknown');
  },
  plan: async () => [],
  save: async () => ({}),
  async apply({ machine, signal }, { first, second }) {
    for (const path of [first, second]) {
      const expect = await machine.readFile(path, { signal });
      await machine.writeFile({ path, content: 'made\n' }, { signal, expect });
    }
  },
  async undo({ machine, signal }, { first, second }) {
    for (const path of [second, first]) {
      const expect = await machine.readFile(path, { signal });
      if (expect) await machine.deleteFile(path, { signal, expect });
    }
  },
};

const named = z.object({ name: z.string() });

/** A device of the inventory, which is on this computer and not on the machine. */
export function createRecordPhase(
  database: Database,
): Phase<z.infer<typeof named>, Record<string, never>> {
  const inventory = createInventory(database);
  const found = (name: string) =>
    inventory.devices.list({ search: name }).rows.filter((row) => row.name === name);
  return {
    id: 'record',
    params: named,
    saved: z.object({}),
    title: ({ name }) => `Record ${name}`,
    lasting: () => null,
    probe: async (_, { name }) => probed(found(name).length > 0 ? 'present' : 'absent'),
    plan: async () => [],
    save: async () => ({}),
    apply: async (_, { name }) => void inventory.devices.create({ name, kind: 'server' }),
    undo: async (_, { name }) => {
      const ids = found(name).map(({ id }) => id);
      if (ids.length > 0) inventory.devices.remove({ ids });
    },
  };
}

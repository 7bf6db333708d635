import { z } from 'zod';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  type Command,
  commandItem,
  type FileEdit,
  fileItems,
  type Looked,
  look,
  notPossible,
  probing,
  savedFile,
  saveFile,
  seeFile,
  tryCommand,
  undoFile,
} from '../../../engine/phases/index.ts';

const params = z.object({
  modules: z
    .array(
      z
        .string()
        .max(60)
        .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/),
    )
    .min(1)
    .max(18),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  file: savedFile,
  /** Which of them were not loaded before. */
  loaded: z.array(z.string().max(60)),
});

/** The kernel writes hyphens as underscores. */
const kernelName = (module: string) => module.replaceAll('-', '_');

/** Loaded or built in; the latter has no folder in /sys where it takes no parameters. */
const isThere = (module: string) => {
  const name = kernelName(module);
  const builtIn = `/\\(${name}\\|${name.replaceAll('_', '-')}\\)\\.ko`;
  return `[ -d /sys/module/${name} ] || lsmod 2>/dev/null | grep -q '^${name} ' || grep -q ${quote(builtIn)} "/lib/modules/$(uname -r)/modules.builtin"`;
};

const load = (module: string, by = 'modprobe'): Command => ({ command: `${by} ${quote(module)}` });

const fileOf = ({ modules }: Params): FileEdit => ({
  path: '/etc/modules-load.d/rackhelm.conf',
  edit: (text) => {
    const had = text ?? '# Written by Rackhelm.\n';
    const lines = had.split('\n').map((line) => kernelName(line.trim()));
    const missing = modules.filter((module) => !lines.includes(kernelName(module)));
    if (missing.length === 0) return had;
    const base = had === '' || had.endsWith('\n') ? had : `${had}\n`;
    return `${base}${[...new Set(missing)].join('\n')}\n`;
  },
});

async function see(context: LookContext, { modules }: Params) {
  const asked = Object.fromEntries(modules.map((module) => [kernelName(module), isThere(module)]));
  const looked: Looked<string> = await look(context, asked, { named: 'kernel modules' });
  const open = modules.filter((module) => looked.parts[kernelName(module)]?.exitCode !== 0);
  const seen = await seeFile(context, fileOf({ modules }));
  return { open, seen, evidence: looked.evidence };
}

async function loadModule(
  context: Parameters<typeof tryCommand>[0],
  module: string,
  by: string,
): Promise<void> {
  const { exitCode, said } = await tryCommand(context, load(module, by));
  if (exitCode === 0) return;
  throw notPossible(
    `The kernel of ${context.machine.name} does not load ${module}: ${said.slice(-400)}`,
    'It may lie in a package of its own (linux-modules-extra-raspi on Ubuntu, kernel-modules-extra on Red Hat), or a kernel was installed and the machine not restarted.',
  );
}

function staysLoaded(module: string, said: string): string {
  if (/\bin use\b/.test(said)) return `${module} is in use and stays loaded until a restart.`;
  const why = said === '' ? 'modprobe does not say why' : said.slice(-400);
  return `${module} could not be unloaded and stays until a restart: ${why}`;
}

/** Kernel modules, loaded now and at each boot. */
export const kernelModulesPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'kernel-modules',
  params,
  saved,
  title: ({ modules }) => `Load ${modules.join(', ')}`.slice(0, 200),
  lasting: () => null,

  probe: (context, given) =>
    probing(async () => {
      const { open, seen, evidence } = await see(context, given);
      if (open.length === 0 && seen.done)
        return { standing: 'present', found: 'All are loaded, now and at each boot.', evidence };
      const now = open.length === 0 ? 'All are loaded' : `Not loaded: ${open.join(', ')}`;
      const later = seen.done ? '' : '; not at each boot';
      // The file is written first and goes last: without it, nothing of ours stands.
      return { standing: seen.done ? 'partly' : 'absent', found: `${now}${later}.`, evidence };
    }),

  async plan(context, given) {
    const { open, seen } = await see(context, given);
    return [...fileItems(fileOf(given), seen), ...open.map((module) => commandItem(load(module)))];
  },

  async save(context, given) {
    const { open } = await see(context, given);
    return { loaded: open, file: await saveFile(context, fileOf(given)) };
  },

  async apply(context, given) {
    const { open } = await see(context, given);
    // Tried without effect: what the kernel does not have comes into no file.
    for (const module of open) await loadModule(context, module, 'modprobe -n');
    await applyFile(context, fileOf(given));
    for (const module of open) await loadModule(context, module, 'modprobe');
  },

  async undo(context, given, { file, loaded }) {
    const { open } = await see(context, given);
    for (const module of loaded.filter((one) => !open.includes(one)).toReversed()) {
      const unload = { command: `modprobe -r ${quote(module)}` };
      const { exitCode, said } = await tryCommand(context, unload);
      if (exitCode !== 0) context.log(staysLoaded(module, said));
    }
    await undoFile(context, fileOf(given), file);
  },
};

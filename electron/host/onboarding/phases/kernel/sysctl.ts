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
  linesOf,
  look,
  note,
  notPossible,
  probing,
  runCommand,
  savedFile,
  saveFile,
  seeFile,
  undoFile,
} from '../../../engine/phases/index.ts';
import { type Override, overriddenBy, sameValue, sysctlPath, withSysctls } from './sysctl-text.ts';

const key = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9_][a-zA-Z0-9_/@-]*([.][a-zA-Z0-9_/@-]+)*$/);
const value = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9_.:,+/ \t-]+$/);

const params = z.object({
  /** `net.ipv4.ip_forward`: `1`. */
  values: z
    .record(key, value)
    .refine((values) => Object.keys(values).length > 0 && Object.keys(values).length <= 16),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  file: savedFile,
  /** As they ran before; null: there was no such key. */
  values: z.record(z.string(), z.string().nullable()),
});

const path = '/etc/sysctl.d/90-rackhelm.conf';
const fileOf = ({ values }: Params): FileEdit => ({
  path,
  edit: (text) => withSysctls(text, values),
});

const everyFile =
  "grep -H -s '=' /etc/sysctl.d/*.conf /run/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf /etc/sysctl.conf; true";

const set = (name: string, to: string): Command => ({
  command: `sysctl -q -w ${quote(`${name}=${to}`)}`,
});

async function see(context: LookContext, { values }: Params) {
  const keys = Object.keys(values);
  const asked: Record<string, string> = { files: everyFile };
  for (const [index, name] of keys.entries())
    asked[`value-${index}`] =
      `sysctl -n ${quote(name)} 2>/dev/null || cat ${quote(`/proc/sys/${sysctlPath(name)}`)}`;
  const looked: Looked<string> = await look(context, asked, {
    named: 'kernel settings',
    root: true,
  });
  const running = keys.map((name, index) => {
    const part = looked.parts[`value-${index}`];
    return [name, part?.exitCode === 0 ? part.text.trim() : null] as const;
  });
  const files = looked.parts.files;
  return {
    running: Object.fromEntries(running),
    open: running.filter(([name, now]) => now === null || !sameValue(now, values[name] ?? '')),
    overrides: files ? overriddenBy(linesOf(files), path, values) : [],
    seen: await seeFile(context, fileOf({ values })),
    evidence: looked.evidence,
  };
}

function overrideText({ file, key: name, value: to }: Override): string {
  return `${file} is read later and sets ${name} to ${to} at each boot`;
}

/** Settings of the kernel, now and at each boot. */
export const sysctlPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'sysctl',
  params,
  saved,
  title: ({ values }) => `Set ${Object.keys(values).join(', ')}`.slice(0, 200),
  lasting: () => null,

  probe: (context, given) =>
    probing(async () => {
      const { open, seen, overrides, evidence } = await see(context, given);
      const found = [
        ...open.map(([name, now]) => (now === null ? `${name} is not there` : `${name} is ${now}`)),
        ...(seen.done ? [] : [`${path} does not say it`]),
        ...overrides.map(overrideText),
      ];
      if (found.length === 0)
        return { standing: 'present', found: 'All are set, now and at each boot.', evidence };
      // The file is written first and goes last: without it, nothing of ours stands.
      return { standing: seen.done ? 'partly' : 'absent', found: `${found.join('; ')}.`, evidence };
    }),

  async plan(context, given) {
    const { open, seen, overrides } = await see(context, given);
    return [
      ...fileItems(fileOf(given), seen),
      ...open.map(([name]) => commandItem(set(name, given.values[name] ?? ''))),
      ...open
        .filter(([, now]) => now === null)
        .map(([name]) => note('info', `${name} is there once its kernel module is loaded.`)),
      ...overrides.map((one) => note('warning', `${overrideText(one)}: change it there first.`)),
    ];
  },

  async save(context, given) {
    const { running } = await see(context, given);
    return { values: running, file: await saveFile(context, fileOf(given)) };
  },

  async apply(context, given) {
    const { open, overrides } = await see(context, given);
    const [later] = overrides;
    if (later)
      throw notPossible(
        `${overrideText(later)}, so this would not last.`,
        `Change ${later.file}, then go on.`,
      );
    const none = open.find(([, now]) => now === null)?.[0];
    if (none !== undefined)
      throw notPossible(
        `The kernel of ${context.machine.name} has no setting ${none}.`,
        'It may come with a kernel module (br_netfilter for net.bridge): load that first.',
      );
    await applyFile(context, fileOf(given));
    for (const [name] of open) await runCommand(context, set(name, given.values[name] ?? ''));
  },

  async undo(context, given, { file, values }) {
    const { running } = await see(context, given);
    for (const [name, before] of Object.entries(values)) {
      const now = running[name];
      const ours = now != null && sameValue(now, given.values[name] ?? '');
      if (before !== null && ours && !sameValue(now, before))
        await runCommand(context, set(name, before));
      else if (!ours) context.log(`${name} is ${now ?? 'not there'}, which is not ours; it stays.`);
    }
    await undoFile(context, fileOf(given), file);
  },
};

import { z } from 'zod';
import type { PlanItem } from '../../../../../shared/jobs/plan.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  asOneChange,
  type Command,
  commandItem,
  type FileEdit,
  fileItems,
  isUnderWay,
  linesOf,
  look,
  note,
  notPossible,
  probing,
  runAll,
  runCommand,
  savedFile,
  saveFile,
  seeFile,
  servicesAsked,
  standingWith,
  told,
  tryCommand,
  undoFile,
} from '../../../engine/phases/index.ts';
import { withoutSwap, withSwap } from './fstab-text.ts';
import {
  activeSwaps,
  readServices,
  readUnits,
  swapOff,
  swapOn,
  swapServices,
  unitOff,
  unitOn,
} from './swap-sources.ts';

const params = z.object({});
type Params = z.infer<typeof params>;

const unit = z.object({
  name: z.string().max(255),
  off: z.enum(['disable', 'mask']),
  active: z.boolean(),
});
const saved = z.object({
  files: z.array(savedFile).max(5),
  units: z.array(unit).max(50),
  active: z.array(z.object({ name: z.string().max(4_096), priority: z.number().int() })).max(64),
});

const generators = ['/usr/lib/systemd/system-generators', '/lib/systemd/system-generators'];
const zramSettings = ['/etc', '/run', '/usr/local/lib', '/usr/lib'].map(
  (root) => `${root}/systemd/zram-generator.conf`,
);
const seekable = [
  ...generators.map((folder) => `${folder}/zram-generator`),
  ...generators.map((folder) => `${folder}/rpi-swap-generator`),
  ...zramSettings,
  '/etc/rpi/swap.conf',
];

const asked = {
  underWay: isUnderWay('swap'),
  active: 'cat /proc/swaps',
  memory: 'cat /proc/meminfo',
  systemd: '[ -d /run/systemd/system ]',
  services: servicesAsked(swapServices),
  units:
    '[ -d /run/systemd/system ] || exit 0; for u in $(systemctl list-units --type=swap --all --no-legend --plain --no-pager | grep -o "^[^[:space:]]*[.]swap"); do echo "$u|$(systemctl show -p FragmentPath --value "$u")|$(systemctl show -p SourcePath --value "$u")|$(systemctl is-enabled "$u" 2>/dev/null)|$(systemctl is-active "$u" 2>/dev/null)"; done',
  files: `for f in ${seekable.join(' ')}; do [ -e "$f" ] && echo "$f"; done; true`,
  dropins:
    'ls -d /etc/systemd/zram-generator.conf.d/*.conf /usr/lib/systemd/zram-generator.conf.d/*.conf 2>/dev/null; true',
  zswap: 'cat /sys/module/zswap/parameters/enabled 2>/dev/null; true',
};

const fstab: FileEdit = {
  path: '/etc/fstab',
  edit: withoutSwap,
  unedit: (now) => withSwap(now),
  // Shares may have their password in it.
  secretive: true,
};
const zram: FileEdit = {
  path: '/etc/systemd/zram-generator.conf',
  edit: () => '# Written by Rackhelm: no swap in memory. Empty on purpose.\n',
};
const raspberry: FileEdit = {
  path: '/etc/rpi/swap.conf.d/90-rackhelm.conf',
  edit: () => '# Written by Rackhelm.\n[Main]\nMechanism=none\n',
};
const all = [fstab, raspberry, zram];

const reload: Command = { command: 'systemctl daemon-reload', timeoutMs: 120_000 };

async function see(context: LookContext) {
  const { parts, evidence } = await look(context, asked, { named: 'swap', root: true });
  const files = linesOf(parts.files);
  const has = (name: string) => files.some((path) => path.endsWith(`/${name}`));
  const edits = [
    fstab,
    ...(has('rpi-swap-generator') ? [raspberry] : []),
    ...(has('zram-generator') && files.some((path) => zramSettings.includes(path)) ? [zram] : []),
  ];
  const seen = [];
  for (const edit of edits) seen.push({ edit, file: await seeFile(context, edit) });
  return {
    active: activeSwaps(told(parts.active)),
    freeKiB: Number(/^MemAvailable:\s+(\d+)/m.exec(parts.memory.text)?.[1] ?? Number.NaN),
    systemd: parts.systemd.exitCode === 0,
    units: [...readServices(linesOf(parts.services)), ...readUnits(linesOf(parts.units))],
    seen,
    dropins: linesOf(parts.dropins),
    underWay: parts.underWay,
    zswap: parts.zswap.text.trim() === 'Y',
    evidence,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

/** What brings swap back at a boot, by name. */
function sources({ seen, units }: Seen): string[] {
  const files = seen.filter(({ file }) => !file.done).map(({ edit }) => edit.path);
  return [...files, ...units.map(({ name }) => name)];
}

/** Pages that do not fit into memory would get something killed. */
function fits({ active, freeKiB }: Seen): string | null {
  const used = active.reduce((sum, { usedKiB }) => sum + usedKiB, 0);
  if (!(used > freeKiB * 0.9)) return null;
  const mib = (kib: number) => `${Math.ceil(kib / 1024)} MiB`;
  return `${mib(used)} lie in swap and only ${mib(freeKiB)} of memory are free.`;
}

function notes({ active, dropins, zswap }: Seen): PlanItem[] {
  const made = active.filter(({ name }) => name.startsWith('/dev/zram'));
  return [
    ...made.map(({ name }) =>
      note('info', `${name} is made anew where this is undone; what is in it moves to memory now.`),
    ),
    ...dropins.map((path) =>
      note('warning', `${path} may set up swap in memory at the next boot; look at it.`),
    ),
    ...(zswap ? [note('info', 'zswap is on; without swap behind it, it does nothing.')] : []),
  ];
}

/** No swap, now and after a boot: the kubelet wants none, and SD cards wear out by it. */
export const swapPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'swap',
  params,
  saved,
  title: () => 'Switch off swap',
  lasting: () => null,

  probe: (context) =>
    probing(async () => {
      const now = await see(context);
      const { active, evidence } = now;
      const back = sources(now);
      if (active.length === 0 && back.length === 0)
        return {
          standing: standingWith(now.underWay, 'present'),
          found: 'There is no swap, also after a restart.',
          evidence,
        };
      const used = active.map(({ name }) => name).join(', ');
      const found = [
        active.length === 0 ? 'No swap is in use' : `Swap on ${used}`,
        ...(back.length === 0 ? [] : [`it comes back by ${back.join(', ')}`]),
      ];
      const standing = active.length > 0 && back.length > 0 ? 'absent' : 'partly';
      return {
        standing: standingWith(now.underWay, standing),
        found: `${found.join('; ')}.`,
        evidence,
      };
    }),

  async plan(context) {
    const now = await see(context);
    const tooMuch = fits(now);
    return [
      ...(tooMuch === null ? [] : [note('warning', `${tooMuch} Free some memory first.`)]),
      ...now.seen.flatMap(({ edit, file }) => fileItems(edit, file)),
      ...now.units.map((one) => commandItem(unitOff(one))),
      ...(now.systemd ? [commandItem(reload)] : []),
      ...now.active.map((one) => commandItem(swapOff(one))),
      ...notes(now),
    ];
  },

  async save(context) {
    const { seen, units, active } = await see(context);
    const files = [];
    for (const { edit } of seen) files.push(await saveFile(context, edit));
    return { files, units, active: active.map(({ name, priority }) => ({ name, priority })) };
  },

  async apply(context) {
    const before = await see(context);
    const tooMuch = fits(before);
    if (tooMuch !== null) throw notPossible(tooMuch, 'Free some memory there, then go on.');
    await asOneChange(context, 'swap', { work: () => switchOff(context, before) });
  },

  async undo(context, _, kept) {
    await asOneChange(context, 'swap', { work: () => switchOn(context, kept) });
  },
};

async function switchOff(context: PhaseContext, before: Seen): Promise<void> {
  for (const { edit } of before.seen) await applyFile(context, edit);
  await runAll(context, before.units.map(unitOff));
  if (before.systemd) await runCommand(context, reload);
  const { active } = await see(context);
  for (const [index, one] of active.entries()) {
    context.progress(index, active.length);
    await runCommand(context, swapOff(one));
  }
}

async function switchOn(
  context: PhaseContext,
  { files, units, active }: z.infer<typeof saved>,
): Promise<void> {
  for (const file of files) {
    const edit = all.find(({ path }) => path === file.path);
    if (edit) await undoFile(context, edit, file);
  }
  const { systemd } = await see(context);
  if (systemd) await runCommand(context, reload);
  const on = new Set((await see(context)).units.map(({ name }) => name));
  await runAll(context, units.filter(({ name }) => !on.has(name)).map(unitOn));
  const running = new Set((await see(context)).active.map(({ name }) => name));
  for (const one of active.filter(({ name }) => !running.has(name))) {
    const { exitCode } = await tryCommand(context, swapOn(one));
    if (exitCode !== 0) context.log(`${one.name} could not be switched on; it comes at a boot.`);
  }
}

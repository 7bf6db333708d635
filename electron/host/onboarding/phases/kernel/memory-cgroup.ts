import { z } from 'zod';
import type { PlanItem } from '../../../../../shared/jobs/plan.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  type FileEdit,
  fileItems,
  linesOf,
  look,
  note,
  notPossible,
  probing,
  type SeenFile,
  savedFile,
  saveFile,
  seeFile,
  told,
  undoFile,
} from '../../../engine/phases/index.ts';
import { type BootFile, bootFileOf, bootFiles, stepsFor } from './boot-file.ts';
import { hasMemoryFlags, withMemoryFlags, withoutOurFlags } from './kernel-line.ts';
import { effectAsked, memoryWorks } from './memory-effect.ts';

const params = z.object({
  /** False: a phase `reboot` stands behind it, which restarts the machine once for all that want it. */
  reboot: z.boolean().default(true),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  file: savedFile.nullable(),
  /** Whether the controller worked before. */
  worked: z.boolean(),
});

const asked = {
  ...effectAsked,
  running: 'cat /proc/cmdline',
  mounts: 'cat /proc/mounts',
  fstab: "grep -s -E '^[^#]+[[:space:]]/boot(/firmware)?[[:space:]]' /etc/fstab; true",
  files: `for f in ${bootFiles.join(' ')}; do [ -f "$f" ] && echo "$f"; done; true`,
  config:
    "grep -h -s -E '^[[:space:]]*(cmdline|os_prefix)=' /boot/firmware/config.txt /boot/config.txt; true",
};

const editOf = (path: string): FileEdit => ({
  path,
  // Null would delete it: a file that no kernel starts with is left as it is.
  edit: (text) => (text === null ? null : (withMemoryFlags(text) ?? text)),
  unedit: (now, before) => withoutOurFlags(now, before),
});

async function see(context: LookContext) {
  const { parts, evidence } = await look(context, asked, { named: 'memory cgroup', root: true });
  const boot = bootFileOf({
    mounts: told(parts.mounts),
    fstab: linesOf(parts.fstab),
    files: linesOf(parts.files),
    config: linesOf(parts.config),
  });
  const file = boot.kind === 'cmdline' ? editOf(boot.path) : null;
  return {
    works: memoryWorks(parts),
    /** The words that the running kernel got. */
    asksFor: hasMemoryFlags(told(parts.running)),
    boot,
    file,
    seen: file ? await seeFile(context, file) : null,
    evidence,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

/** Whether a file with a line for a kernel is there, and what a person is told where it is not. */
function problem({ boot, seen }: { boot: BootFile; seen: SeenFile | null }): string | null {
  if (boot.kind === 'unmounted')
    return `The boot partition is not mounted at ${boot.path}; what lies there is not what the board reads. Mount it, then go on.`;
  if (boot.kind === 'other') return stepsFor(boot.loader);
  if (seen?.text == null) return `There is no ${boot.path}, though config.txt leads there.`;
  if (withMemoryFlags(seen.text) === null || /DO NOT EDIT/.test(seen.text))
    return `${boot.path} holds no line that a kernel starts with; look at it.`;
  return null;
}

const isWritten = (seen: Seen) => problem(seen) === null && seen.seen?.done === true;

async function restart(context: PhaseContext): Promise<void> {
  const { machine, signal, log } = context;
  await machine.checkLock(signal);
  log('Restarts the machine and waits until it is back.');
  await machine.reboot({ signal });
}

function standing(seen: Seen, { reboot }: Params) {
  const { works, asksFor, boot, evidence } = seen;
  const say = (standing: 'absent' | 'present' | 'partly', found: string) => ({
    standing,
    found,
    evidence,
  });
  const path = boot.kind === 'cmdline' ? boot.path : '';
  if (works && asksFor && path !== '' && !isWritten(seen))
    return say('partly', `The memory controller works, but ${path} no longer asks for it.`);
  if (works) return say('present', 'The kernel’s memory controller works.');
  if (!isWritten(seen)) return say('absent', 'The kernel’s memory controller is off.');
  return reboot
    ? say('partly', `${path} asks for the memory controller; the machine was not restarted since.`)
    : say('present', `${path} asks for the memory controller, which works after a restart.`);
}

/** The memory controller of the kernel, which a Raspberry Pi leaves off and K3s needs. */
export const memoryCgroupPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'memory-cgroup',
  params,
  saved,
  title: () => 'Switch on the memory cgroup',
  lasting: () => null,

  probe: (context, given) => probing(async () => standing(await see(context), given)),

  async plan(context, { reboot }): Promise<PlanItem[]> {
    const seen = await see(context);
    const wrong = seen.works && isWritten(seen) ? null : problem(seen);
    if (seen.works && seen.boot.kind !== 'cmdline') return [];
    if (wrong !== null) return [note('warning', wrong)];
    const edits = seen.file && seen.seen ? fileItems(seen.file, seen.seen) : [];
    const restarts = reboot && !seen.works;
    const command = { kind: 'command', command: 'reboot', root: true, restarts: true } as const;
    return [
      ...edits,
      ...(restarts ? [{ ...command, says: 'The machine is away for a minute or two.' }] : []),
    ];
  },

  async save(context) {
    const { works, file } = await see(context);
    return { worked: works, file: file ? await saveFile(context, file) : null };
  },

  async apply(context, { reboot }) {
    const seen = await see(context);
    const wrong = problem(seen);
    if (wrong !== null || !seen.file)
      throw notPossible('Rackhelm cannot switch on the memory cgroup here.', wrong ?? undefined);
    await applyFile(context, seen.file);
    if (!reboot || seen.works) return;
    if (seen.asksFor)
      throw notPossible(
        'The kernel was asked for the memory controller and does not have it.',
        'Use a kernel that is built with CONFIG_MEMCG.',
      );
    await restart(context);
  },

  async undo(context, _, { file, worked }) {
    if (file) await undoFile(context, editOf(file.path), file);
    const { works, asksFor } = await see(context);
    if (!worked && (works || asksFor)) await restart(context);
  },
};

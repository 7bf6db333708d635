import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  asOneChange,
  type Command,
  type CommandAnswer,
  commandItem,
  isUnderWay,
  linesOf,
  look,
  note,
  notPossible,
  probing,
  standingWith,
  tryCommand,
  UnclearAnswer,
} from '../../../engine/phases/index.ts';
import {
  installedAsked,
  managerAsked,
  managerIds,
  managerOf,
  managers,
  type PackageManager,
  words,
} from './package-managers.ts';
import { nativeName } from './package-names.ts';
import { packageError, troubleIn } from './package-trouble.ts';

const name = z
  .string()
  .max(100)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9+._-]*$/);

/** With the architecture, where it is not that of the machine. */
const addedName = z
  .string()
  .max(120)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9+._:-]*$/);

const params = z.object({
  /** Called as Debian calls them; mapped to what they are called elsewhere. */
  packages: z.array(name).min(1).max(40),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  manager: z.enum(managerIds),
  /** What installing would bring that was not there: only this is deleted again. */
  added: z.array(addedName).max(1_000),
});

export interface PackageWaiting {
  /** Milliseconds for which another package manager may be at work. */
  readonly boundMs: number;
  readonly stepMs: number;
}

async function see(context: LookContext, { packages }: Params) {
  const first = await look(context, { manager: managerAsked }, { named: 'package manager' });
  const manager = managerOf(first.parts.manager.text);
  if (manager === null)
    throw new UnclearAnswer('Its package manager is none that Rackhelm knows.', first.evidence);
  const names = [...new Set(packages.map((generic) => nativeName(generic, manager.id)))];
  const installed = await readInstalled(context, manager, names);
  return { manager, names, ...installed };
}

async function readInstalled(
  context: LookContext,
  manager: PackageManager,
  names: readonly string[],
) {
  const asked = {
    readable: manager.readable,
    installed: installedAsked(manager, names),
    underWay: isUnderWay('packages'),
  };
  const { parts, evidence } = await look(context, asked, { named: 'packages', root: true });
  if (parts.readable.exitCode !== 0)
    throw new UnclearAnswer('The list of what is installed cannot be read.', evidence);
  const installed = linesOf(parts.installed);
  return {
    missing: names.filter((one) => !installed.includes(one)),
    underWay: parts.underWay,
    evidence,
  };
}

/** Runs it again as long as somebody else holds the lock, within the bound. */
async function unlocked(
  context: PhaseContext,
  command: Command,
  { boundMs, stepMs }: PackageWaiting,
): Promise<CommandAnswer> {
  const until = performance.now() + boundMs;
  for (let repaired = false; ; ) {
    const answer = await tryCommand(context, command);
    const trouble = answer.exitCode === 0 ? 'other' : troubleIn(answer.said);
    if (trouble === 'interrupted' && !repaired) {
      repaired = true;
      context.log('An earlier installation was broken off there; it is brought to its end first.');
      await tryCommand(context, { command: 'dpkg --configure -a', timeoutMs: 10 * 60_000 });
    } else if (trouble === 'locked' && performance.now() < until) {
      context.log('Another package manager is at work there; waiting for it.');
      await sleep(stepMs, undefined, { signal: context.signal });
    } else return answer;
  }
}

/** What would be added; lists that are too old to know are fetched anew, once. */
async function wouldAdd(
  context: PhaseContext,
  given: Params,
  waiting: PackageWaiting,
): Promise<string[]> {
  const { manager, missing } = await see(context, given);
  if (missing.length === 0) return [];
  const command = manager.simulate(words(missing));
  let answer = await unlocked(context, { command, timeoutMs: 120_000 }, waiting);
  if (answer.exitCode !== 0 && manager.refresh) {
    const refreshed = await unlocked(context, manager.refresh, waiting);
    answer = await unlocked(context, { command, timeoutMs: 120_000 }, waiting);
    if (answer.exitCode !== 0) answer = { ...answer, said: `${refreshed.said}\n${answer.said}` };
  }
  const failed = answer.exitCode !== 0 || (await missingIn(manager, answer.said));
  if (failed)
    throw packageError(answer.said, { command, where: context.machine.name, names: missing });
  return manager.added(answer.said);
}

/** dnf ends alike where it would install and where it cannot. */
async function missingIn(manager: PackageManager, said: string): Promise<boolean> {
  return manager.added(said).length === 0 && troubleIn(said) !== 'other';
}

async function stillThere(context: LookContext, manager: PackageManager, names: readonly string[]) {
  if (names.length === 0) return [];
  const { missing } = await readInstalled(context, manager, names);
  return names.filter((one) => !missing.includes(one));
}

async function deleteThem(
  context: PhaseContext,
  manager: PackageManager,
  { ours, waiting }: { ours: readonly string[]; waiting: PackageWaiting },
): Promise<void> {
  const check: Command = { command: manager.simulateDelete(words(ours)), timeoutMs: 120_000 };
  const { exitCode, said } = await unlocked(context, check, waiting);
  const others = manager
    .deleted(said)
    .filter((one) => ![one, one.replace(/:\w+$/, '')].some((as) => ours.includes(as)));
  if (exitCode !== 0 || others.length > 0) {
    const why = others.length > 0 ? others.join(', ') : said.slice(-400);
    throw new RackhelmError(
      'CHANGED_SINCE',
      `What was installed is needed by others by now: ${why}`.slice(0, 900),
      {
        hint: 'Leave it, or delete by hand what needs it; then go on.',
      },
    );
  }
  const command = manager.delete(words(ours));
  const answer = await unlocked(context, command, waiting);
  if (answer.exitCode === 0) return;
  throw packageError(answer.said, {
    command: command.command,
    where: context.machine.name,
    names: ours,
  });
}

/** Packages, by whichever package manager the machine has. */
export function createPackagesPhase(
  waiting: PackageWaiting = { boundMs: 5 * 60_000, stepMs: 5_000 },
): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'packages',
    params,
    saved,
    title: ({ packages }) => `Install ${packages.join(', ')}`.slice(0, 200),
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const { missing, names, underWay, evidence } = await see(context, given);
        if (missing.length === 0)
          return {
            standing: standingWith(underWay, 'present'),
            found: `Installed: ${names.join(', ')}.`,
            evidence,
          };
        const standing = missing.length === names.length ? 'absent' : 'partly';
        const found = `Not installed: ${missing.join(', ')}.`;
        return { standing: standingWith(underWay, standing), found, evidence };
      }),

    async plan(context, given) {
      const { manager, missing } = await see(context, given);
      if (missing.length === 0) return [];
      return [
        ...(manager.refresh
          ? [
              commandItem({
                ...manager.refresh,
                says: 'Only where its lists are too old to know them.',
              }),
            ]
          : []),
        commandItem(manager.install(words(missing))),
        note('info', 'What they need comes along; undo deletes only what is new by this.'),
      ];
    },

    async save(context, given) {
      const added = await wouldAdd(context, given, waiting);
      return { manager: (await see(context, given)).manager.id, added };
    },

    async apply(context, given) {
      const { manager, missing } = await see(context, given);
      const work = async () => {
        if (missing.length === 0) return;
        const command = manager.install(words(missing));
        const { exitCode, said } = await unlocked(context, command, waiting);
        if (exitCode === 0) return;
        const { name: where } = context.machine;
        throw packageError(said, { command: command.command, where, names: missing });
      };
      await asOneChange(context, 'packages', { work });
    },

    async undo(context, given, kept) {
      const manager = managers[kept.manager];
      const found = (await see(context, given)).manager;
      if (found.id !== manager.id) throw notPossible(`${kept.manager} is no longer there.`);
      const work = async () => {
        const ours = await stillThere(context, manager, kept.added);
        if (ours.length > 0) await deleteThem(context, manager, { ours, waiting });
      };
      await asOneChange(context, 'packages', { work });
    },
  };
}

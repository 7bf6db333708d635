import { z } from 'zod';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import { commandItem, look, note, probing, runCommand } from '../../../engine/phases/index.ts';
import { endPodsCommand } from '../../join/phases/leftovers.ts';
import { storageFolder } from './volumes-guard.ts';

const params = z.object({
  node: z.string().max(253),
  /** Beside what K3s deletes when it is uninstalled. */
  to: z.string().regex(/^\/var\/lib\/k3s-volumes-[0-9-]+$/),
});
type Params = z.infer<typeof params>;
/** Whether there was anything to set aside. */
const saved = z.object({ was: z.boolean() });

/** What local volumes hold is set aside, in one step, since uninstalling K3s deletes it. */
export const keepVolumesPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'keep-volumes',
  params,
  saved,
  title: ({ node }) => `Set aside what local volumes of ${node} hold`,
  lasting: () => null,

  probe: (context, given) =>
    probing(async () => {
      const { isThere, isKept, evidence } = await see(context, given);
      if (isKept) return { standing: 'present', found: `It lies in ${given.to}.`, evidence };
      const found = isThere ? `It lies in ${storageFolder}.` : `${storageFolder} is not there.`;
      return { standing: 'absent', found, evidence };
    }),

  plan: async (_, given) => [
    commandItem(endPodsCommand),
    commandItem(moveCommand(storageFolder, given.to)),
    note('info', 'Nothing deletes it later: that is left to a person.'),
  ],

  async save(context, given) {
    return { was: (await see(context, given)).isThere };
  },

  async apply(context, { to }) {
    await runCommand(context, endPodsCommand);
    await runCommand(context, moveCommand(storageFolder, to));
  },

  async undo(context, { to }, { was }) {
    await runCommand(
      context,
      was ? moveCommand(to, storageFolder) : { command: `rmdir ${quote(to)}` },
    );
  },
};

/** An empty folder where there was none, so that one knows that it was looked at. */
function moveCommand(from: string, to: string) {
  const [a, b] = [quote(from), quote(to)];
  const parent = quote(to.slice(0, to.lastIndexOf('/')));
  return {
    command: `mkdir -p ${parent} && if [ -d ${a} ]; then { rmdir ${b} 2>/dev/null; mv ${a} ${b}; }; else mkdir -p ${b}; fi`,
    timeoutMs: 120_000,
  };
}

async function see(context: LookContext, { to }: Params) {
  const { parts, evidence } = await look(
    context,
    { there: `[ -d ${quote(storageFolder)} ]`, kept: `[ -d ${quote(to)} ]` },
    { named: 'local volumes', root: true },
  );
  return { isThere: parts.there.exitCode === 0, isKept: parts.kept.exitCode === 0, evidence };
}

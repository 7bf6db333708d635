import { z } from 'zod';
import { quote } from '../../../connections/ssh/index.ts';
import type { Phase } from '../../../engine/jobs/index.ts';
import { commandItem, look, note, probing, runAll } from '../../../engine/phases/index.ts';
import { guard } from '../../drain/guard.ts';
import { copyPath, nodeParams } from '../node-params.ts';
import type { UpgradeNeeds } from '../upgrade/upgrade-needs.ts';
import { serverTokenPath } from './token-files.ts';

const params = nodeParams.extend({
  /** Where the old token is set aside. */
  keep: copyPath,
});
type Params = z.infer<typeof params>;
const saved = z.object({});

/**
 * Another token of the servers. K3s makes it up itself and reads the old one from its own file: so neither
 * stands on a command line, which every user of the machine could read.
 */
export function rotateTokenPhase(needs: UpgradeNeeds): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'rotate-token',
    params,
    saved,
    title: ({ node }) => `Rotate the token of the servers on ${node}`,
    lasting: ({ keep }) =>
      `The token before lets nobody join any more. It lies in ${keep}; another rotation makes another one.`,

    probe: (context, { keep }) =>
      probing(async () => {
        const { parts, evidence } = await look(
          context,
          { kept: `[ -f ${quote(`${keep}/token`)} ]`, done: `[ -f ${quote(`${keep}/rotated`)} ]` },
          { named: 'the token of the servers', root: true },
        );
        if (parts.done.exitCode === 0)
          return { standing: 'present', found: 'The servers have a new token.', evidence };
        return parts.kept.exitCode === 0
          ? { standing: 'partly', found: `The old token is set aside in ${keep}.`, evidence }
          : { standing: 'absent', found: 'The servers have the token they had.', evidence };
      }),

    plan: async (_, given) => [
      ...commandsOf(given).map(commandItem),
      note('info', `The new token is made by K3s, kept in ${serverTokenPath}, and never shown.`),
    ],

    save: async () => ({}),

    async apply(context, given) {
      await guard(needs, given, context);
      await runAll(context, commandsOf(given));
    },

    undo: async () => {},
  };
}

function commandsOf({ keep }: Params) {
  const [end, part] = [quote(keep), quote(`${keep}.part`)];
  return [
    {
      // Only the first time: after that it may be the new one that lies there.
      command: `[ -f ${end}/token ] || { rm -rf ${part} && mkdir -m 700 ${part} && cp -pL ${serverTokenPath} ${part}/token && sync && mv ${part} ${end}; }`,
      says: 'Sets the old token aside, for root alone: snapshots that were taken with it need it.',
    },
    {
      command: `k3s token rotate && touch ${end}/rotated && sync`,
      timeoutMs: 120_000,
      says: 'From now on the old one lets nobody join.',
    },
  ];
}

import { z } from 'zod';
import type { Phase } from '../../../engine/jobs/index.ts';
import { commandItem, note, probing, runAll } from '../../../engine/phases/index.ts';
import { guard } from '../../drain/guard.ts';
import { startCommand } from '../../join/phases/service-state.ts';
import { nodeParams, serviceParams } from '../node-params.ts';
import { restartCommands, restartK3s } from '../upgrade/restart-k3s.ts';
import type { UpgradeNeeds } from '../upgrade/upgrade-needs.ts';
import { seeCertificates } from './see-certificates.ts';

const params = nodeParams.extend({
  ...serviceParams.shape,
  isServer: z.boolean(),
  /** When the first of them ended as it was planned, UTC milliseconds: afterwards it ends later. */
  endsAt: z.number().int(),
});
type Params = z.infer<typeof params>;
const saved = z.object({});

const rotateCommand = {
  command: 'k3s certificate rotate',
  says: 'K3s sets those that it has aside, and makes new ones as it starts.',
  timeoutMs: 120_000,
};

/** New certificates on one node: K3s is stopped, told to, and started again. Its authorities stay. */
export function rotateCertificatesPhase(needs: UpgradeNeeds): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'rotate-certificates',
    params,
    saved,
    title: ({ node }) => `Renew the certificates of ${node}`,
    lasting: () => 'The ones before are set aside on the machine by K3s; the new ones are as good.',

    probe: (context, given) =>
      probing(async () => {
        const { certificates, evidence } = await seeCertificates(context);
        const [first] = certificates;
        if (first === undefined) return { standing: 'unknown', found: 'None is there.', evidence };
        const found = `${first.file} ends first, on ${new Date(first.endsAt).toISOString().slice(0, 10)}.`;
        return { standing: first.endsAt > given.endsAt ? 'present' : 'absent', found, evidence };
      }),

    plan: async (_, given) => {
      const [stop] = restartCommands(given);
      return [
        ...(stop === undefined ? [] : [commandItem(stop)]),
        commandItem(rotateCommand),
        commandItem(startCommand(given.init, given.service)),
        note('info', 'Its pods go on running meanwhile.'),
      ];
    },

    save: async () => ({}),

    async apply(context, given) {
      await guard(needs, given, context);
      const [stop] = restartCommands(given);
      await runAll(context, [...(stop === undefined ? [] : [stop]), rotateCommand]);
      await restartK3s(needs, context, { ...given, runs: '' });
    },

    undo: async () => {},
  };
}

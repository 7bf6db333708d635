import { z } from 'zod';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import { commandItem, linesOf, look, probing, runCommand } from '../../../engine/phases/index.ts';
import {
  readState,
  type ServiceState,
  startCommand,
  stateAsked,
  stopCommand,
} from '../../join/phases/service-state.ts';
import { kubeletAsked } from '../kubelet-asked.ts';
import { nodeParams, type ServiceParams, serviceParams } from '../node-params.ts';
import { guardLeave, type LeaveNeeds } from './leave-guard.ts';

const params = nodeParams.extend(serviceParams.shape);
type Params = z.infer<typeof params>;
const saved = z.object({ enabled: z.boolean(), running: z.boolean() });

/** For a look: the files that start it; none: it is not installed. */
export const unitsAsked = (service: string) =>
  `ls /etc/systemd/system/${service}.service /usr/lib/systemd/system/${service}.service /lib/systemd/system/${service}.service /etc/init.d/${service} 2>/dev/null; true`;

/** Stops K3s and keeps it stopped; its pods go on until they are ended. */
export function stopK3sPhase(needs: LeaveNeeds): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'stop-k3s',
    params,
    saved,
    title: ({ node }) => `Stop K3s on ${node}`,
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const { state, isInstalled, evidence } = await see(context, given);
        const found = foundOf(given.service, state, isInstalled);
        if (!isInstalled) return { standing: 'absent', found, evidence };
        const isStopped = state.running === 'no' && !state.enabled;
        const standing = isStopped ? 'present' : isWhole(state) ? 'absent' : 'partly';
        return { standing, found, evidence };
      }),

    plan: async (_, { init, service }) => [
      commandItem({ ...stopCommand(init, service), says: 'It stays stopped after a restart too.' }),
    ],

    async save(context, given) {
      const { state } = await see(context, given);
      return { enabled: state.enabled, running: state.running !== 'no' };
    },

    async apply(context, given) {
      await guardLeave(needs, given, context);
      await runCommand(context, stopCommand(given.init, given.service));
    },

    async undo(context, { init, service }, { enabled, running }) {
      if (running) await runCommand(context, startCommand(init, service));
      if (enabled === running) return;
      await runCommand(context, {
        command:
          init === 'systemd'
            ? `systemctl ${enabled ? 'enable' : 'disable'} ${service}.service`
            : `rc-update ${enabled ? 'add' : 'del'} ${service} default`,
      });
    },
  };
}

function isWhole({ running, enabled }: ServiceState): boolean {
  return running !== 'no' && enabled;
}

function foundOf(service: string, { running, enabled }: ServiceState, isInstalled: boolean) {
  if (!isInstalled) return `${service} is not installed there.`;
  const runs = running === 'no' ? 'does not run' : 'runs';
  return `${service} ${runs}, and ${enabled ? 'starts' : 'does not start'} with the machine.`;
}

async function see(context: LookContext, { service, init }: ServiceParams) {
  const { parts, evidence } = await look(
    context,
    { state: stateAsked(init, service), units: unitsAsked(service), kubelet: kubeletAsked },
    { named: service, root: true },
  );
  const state = readState(parts.state);
  return {
    // Whatever its service is said to be: what answers as a kubelet runs.
    state: parts.kubelet.text.trim() === 'ok' ? { ...state, running: 'yes' as const } : state,
    isInstalled: linesOf(parts.units).length > 0,
    evidence,
  };
}

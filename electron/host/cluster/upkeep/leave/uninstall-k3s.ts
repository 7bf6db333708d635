import { z } from 'zod';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  asOneChange,
  type Command,
  commandItem,
  isUnderWay,
  linesOf,
  look,
  note,
  probing,
  runCommand,
  standingWith,
  tryCommand,
} from '../../../engine/phases/index.ts';
import { endPodsCommand, k3sFolders } from '../../join/phases/leftovers.ts';
import { binaryPath } from '../../join/phases/paths.ts';
import { nodeParams, serviceParams } from '../node-params.ts';
import type { LeaveNeeds } from './leave-guard.ts';
import { unitsAsked } from './stop-k3s.ts';
import { guardVolumes } from './volumes-guard.ts';

const params = nodeParams.extend({
  ...serviceParams.shape,
  /** Names of those that were shown; one that came later stops it. */
  volumes: z.array(z.string().max(253)).max(500),
});
type Params = z.infer<typeof params>;
const saved = z.object({});

const id = 'uninstall-k3s';
const scriptOf = (service: string) => `/usr/local/bin/${service}-uninstall.sh`;
const settingsFolder = '/etc/rancher/k3s';
const folders = [settingsFolder, ...k3sFolders];

/**
 * Takes K3s off the machine: by the script that its installation left, where there is one, then whatever
 * that leaves or our own joining laid down. The password of the node goes too, or it could never come back.
 */
export function uninstallK3sPhase({ clientOf }: LeaveNeeds): Phase<Params, z.infer<typeof saved>> {
  return {
    id,
    params,
    saved,
    title: ({ node }) => `Uninstall K3s from ${node}`,
    lasting: () =>
      'What K3s held there is deleted: its database, its images and what was in its volumes.',

    probe: (context, given) =>
      probing(async () => {
        const { left, mark, evidence } = await see(context, given);
        if (left.length === 0)
          return {
            standing: standingWith(mark, 'present'),
            found: 'Nothing of K3s is left there.',
            evidence,
          };
        const found = `There is ${left.slice(0, 6).join(', ')}.`;
        return { standing: standingWith(mark, 'absent'), found, evidence };
      }),

    async plan(context, given) {
      const { left } = await see(context, given);
      const script = scriptOf(given.service);
      return [
        ...(left.includes(script) ? [commandItem(scriptCommand(script))] : []),
        commandItem(endPodsCommand),
        commandItem(restCommand(given)),
        note('warning', `What lies below ${folders.join(', ')} is deleted.`),
      ];
    },

    save: async () => ({}),

    async apply(context, given) {
      const { contextId, node, volumes: shown } = given;
      await guardVolumes(clientOf(contextId), { node, shown }, context.signal);
      const { left } = await see(context, given);
      const script = scriptOf(given.service);
      const work = async () => {
        if (left.includes(script)) await tryCommand(context, scriptCommand(script));
        await runCommand(context, endPodsCommand);
        await runCommand(context, restCommand(given));
      };
      await asOneChange(context, id, { work });
    },

    undo: async () => {},
  };
}

const scriptCommand = (script: string): Command => ({
  command: `sh ${script}`,
  says: 'The script that the installation of K3s left there.',
  timeoutMs: 300_000,
});

/** All that a script leaves, or everything where there is none. Runs twice as well as once. */
function restCommand({ service, init }: Params): Command {
  const files = [
    `/etc/systemd/system/${service}.service`,
    `/etc/systemd/system/${service}.service.env`,
    `/etc/init.d/${service}`,
    `/etc/rancher/k3s/${service}.env`,
    binaryPath,
    `${binaryPath}.rackhelm-before`,
    `${binaryPath}.rackhelm-new`,
    scriptOf(service),
    '/usr/local/bin/k3s-killall.sh',
  ];
  const links = `for l in kubectl crictl ctr; do [ "$(readlink /usr/local/bin/$l)" = k3s ] && rm -f /usr/local/bin/$l; done`;
  return {
    command: [
      links,
      `rm -rf ${[...files, ...folders].join(' ')}`,
      'rmdir /etc/rancher /var/lib/rancher 2>/dev/null',
      ...(init === 'systemd' ? ['systemctl daemon-reload'] : []),
      'true',
    ].join('\n'),
    says: 'Its files and folders, the password of the node among them.',
    timeoutMs: 300_000,
  };
}

async function see(context: LookContext, { service }: Params) {
  const paths = [binaryPath, scriptOf(service), ...folders];
  const { parts, evidence } = await look(
    context,
    {
      units: unitsAsked(service),
      left: `for p in ${paths.join(' ')}; do [ -e "$p" ] && echo "$p"; done; true`,
      mark: isUnderWay(id),
    },
    { named: 'what is left of K3s', root: true },
  );
  const left = [...new Set([...linesOf(parts.units), ...linesOf(parts.left)])];
  return { left, mark: parts.mark, evidence };
}

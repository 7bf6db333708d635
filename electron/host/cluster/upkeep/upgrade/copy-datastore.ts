import { z } from 'zod';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  asOneChange,
  commandItem,
  isUnderWay,
  look,
  note,
  probing,
  runCommand,
  standingWith,
} from '../../../engine/phases/index.ts';
import { isApiReady } from '../node-now.ts';
import { copyPath, nodeParams, serviceParams } from '../node-params.ts';
import { until } from '../until.ts';
import { type UpgradeNeeds, usualUpgradeTimes } from './upgrade-needs.ts';

const params = nodeParams.extend({
  ...serviceParams.shape,
  to: copyPath,
});
type Params = z.infer<typeof params>;
const saved = z.object({});
const id = 'copy-datastore';

/**
 * A copy of K3s's SQLite and of its token, since such a cluster has no snapshots. K3s is stopped for it:
 * what it wrote last lies beside the database, also after a clean stop, so both are copied.
 */
export function copyDatastorePhase(needs: UpgradeNeeds): Phase<Params, z.infer<typeof saved>> {
  const { stepMs, backMs: forMs } = needs.upgradeTimes ?? usualUpgradeTimes;
  return {
    id,
    params,
    saved,
    title: ({ node }) => `Copy the database of K3s on ${node}`,
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const { isThere, mark, evidence } = await see(context, given);
        return {
          standing: standingWith(mark, isThere ? 'present' : 'absent'),
          found: isThere ? `The copy lies in ${given.to}.` : 'There is no copy yet.',
          evidence,
        };
      }),

    plan: async (_, given) => [
      commandItem(copyCommand(given)),
      note('info', 'The API is away while it is copied; what runs goes on running.'),
    ],

    save: async () => ({}),

    async apply(context, given) {
      const work = async () => {
        await runCommand(context, copyCommand(given));
      };
      await asOneChange(context, id, { work });
      const client = needs.clientOf(given.contextId);
      const { signal } = context;
      await until(() => isApiReady(client, signal), { stepMs, forMs }, signal);
    },

    async undo(context, { to, ...given }) {
      const work = async () => {
        await runCommand(context, {
          command: `${startLine(given)} && rm -rf ${quote(to)} ${quote(`${to}.part`)}`,
        });
      };
      await asOneChange(context, id, { work });
    },
  };
}

type Service = Pick<Params, 'service' | 'init'>;
const stopLine = ({ service, init }: Service) =>
  init === 'systemd' ? `systemctl stop ${service}.service` : `rc-service ${service} stop`;
const startLine = ({ service, init }: Service) =>
  init === 'systemd'
    ? `systemctl start --no-block ${service}.service`
    : `rc-service ${service} start`;

/** K3s is started again whatever became of the copy. */
function copyCommand({ to, ...service }: Params) {
  const [end, part] = [quote(to), quote(`${to}.part`)];
  const data = '/var/lib/rancher/k3s/server';
  return {
    command: [
      `${stopLine(service)} && rm -rf ${part} && mkdir -m 700 ${part} && cp -a ${data}/db/state.db* ${data}/token ${part}/ && sync && mv ${part} ${end}`,
      'copied=$?',
      startLine(service),
      'exit "$copied"',
    ].join('\n'),
    timeoutMs: 300_000,
    says: 'Stops K3s, copies, and starts it again.',
  };
}

async function see(context: LookContext, { to }: Params) {
  const { parts, evidence } = await look(
    context,
    { there: `[ -f ${quote(`${to}/state.db`)} ]`, mark: isUnderWay(id) },
    { named: 'a copy of the database', root: true },
  );
  return { isThere: parts.there.exitCode === 0, mark: parts.mark, evidence };
}

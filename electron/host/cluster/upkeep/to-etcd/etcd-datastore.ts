import { z } from 'zod';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  asOneChange,
  commandItem,
  type FileEdit,
  fileItems,
  isUnderWay,
  look,
  note,
  probing,
  runCommand,
  savedFile,
  saveFile,
  seeFile,
  standingWith,
  undoFile,
} from '../../../engine/phases/index.ts';
import { isApiReady, isGone, nodeNow } from '../node-now.ts';
import { copyPath, nodeParams, serviceParams } from '../node-params.ts';
import { until } from '../until.ts';
import { type UpgradeNeeds, usualUpgradeTimes } from '../upgrade/upgrade-needs.ts';

const params = nodeParams.extend({
  ...serviceParams.shape,
  /** Where the copy of the database lies, which undo brings back. */
  copy: copyPath,
  /** Of kube-system: the same for the same cluster. An etcd that began empty has another. */
  clusterUid: z.string().max(100),
});
type Params = z.infer<typeof params>;

const id = 'etcd-datastore';
const data = '/var/lib/rancher/k3s/server/db';

/** A file of our own, beside the settings of others; config.yaml may hold passwords. */
const setting: FileEdit = {
  path: '/etc/rancher/k3s/config.yaml.d/rackhelm-etcd.yaml',
  mode: 0o600,
  edit: () =>
    '# Written by Rackhelm. K3s moves its SQLite into an etcd when it starts.\ncluster-init: true\n',
};

const namespaces = {
  ...{ group: '', version: 'v1', resource: 'namespaces', kind: 'Namespace' },
  ...{ namespaced: false, verbs: [] },
};

/** Lets the only server of a cluster move its SQLite into an etcd, which further servers can join. */
export function etcdDatastorePhase(needs: UpgradeNeeds): Phase<Params, z.infer<typeof savedFile>> {
  const { stepMs, nodeMs: forMs, backMs } = needs.upgradeTimes ?? usualUpgradeTimes;

  /** Null: nobody could ask. */
  async function clusterUid({ contextId }: Params, signal: AbortSignal): Promise<string | null> {
    try {
      const which = { name: 'kube-system' };
      const { metadata } = await needs.clientOf(contextId).get(namespaces, which, { signal });
      return metadata.uid;
    } catch (error) {
      signal.throwIfAborted();
      return isGone(error) ? '' : null;
    }
  }

  async function isMember(given: Params, signal: AbortSignal): Promise<boolean> {
    const client = needs.clientOf(given.contextId);
    if (!(await isApiReady(client, signal))) return false;
    return (await nodeNow(client, given.node, signal))?.vote === 'voter';
  }

  async function isBack(given: Params, signal: AbortSignal): Promise<boolean> {
    return await isApiReady(needs.clientOf(given.contextId), signal);
  }

  return {
    id,
    params,
    saved: savedFile,
    title: ({ node }) => `Move the state of ${node} from SQLite into etcd`,
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const { hasEtcd, mark, evidence } = await see(context);
        const { done } = await seeFile(context, setting);
        const standing = hasEtcd && done ? 'present' : hasEtcd || done ? 'partly' : 'absent';
        const where = hasEtcd ? 'etcd' : 'SQLite';
        const found = `${given.node} keeps its state in ${where}.`;
        return { standing: standingWith(mark, standing), found, evidence };
      }),

    plan: async (context, given) => [
      ...fileItems(setting, await seeFile(context, setting)),
      commandItem(restartCommand(given)),
      note('info', 'The API is away meanwhile; what runs goes on running.'),
    ],

    save: (context) => saveFile(context, setting),

    async apply(context, given) {
      const { signal } = context;
      const work = async () => {
        await applyFile(context, setting);
        await runCommand(context, restartCommand(given));
        const isWell = await until(() => isMember(given, signal), { stepMs, forMs }, signal);
        if (!isWell)
          throw new RackhelmError(
            'JOIN_TIMED_OUT',
            `${given.node} did not come back with an etcd.`,
          );
        await provesSame(given, signal);
      };
      await asOneChange(context, id, { work });
    },

    async undo(context, given, saved) {
      const { signal } = context;
      const work = async () => {
        await runCommand(context, { command: stopLine(given), timeoutMs: 120_000 });
        await runCommand(context, restoreCommand(given));
        await undoFile(context, setting, saved);
        await runCommand(context, { command: startLine(given) });
        await until(() => isBack(given, signal), { stepMs, forMs: backMs }, signal);
      };
      await asOneChange(context, id, { work });
    },
  };

  async function provesSame(given: Params, signal: AbortSignal): Promise<void> {
    const uid = await clusterUid(given, signal);
    if (uid === given.clusterUid) return;
    if (uid === null)
      throw new RackhelmError(
        'STEP_UNCERTAIN',
        'Whether it is the same cluster could not be asked.',
      );
    throw new RackhelmError(
      'STEP_NOT_DONE',
      `${given.node} began an empty etcd instead of moving its state into it.`,
      {
        hint: 'Undo puts the database back as it was. Newer versions of K3s move it: upgrade first.',
      },
    );
  }
}

type Service = Pick<Params, 'service' | 'init'>;
const stopLine = ({ service, init }: Service) =>
  init === 'systemd' ? `systemctl stop ${service}.service` : `rc-service ${service} stop`;
const startLine = ({ service, init }: Service) =>
  init === 'systemd'
    ? `systemctl start --no-block ${service}.service`
    : `rc-service ${service} start`;

const restartCommand = (given: Service) => ({
  command:
    given.init === 'systemd'
      ? `systemctl restart --no-block ${given.service}.service`
      : `rc-service ${given.service} restart`,
  says: 'It moves its state when it starts.',
  timeoutMs: 120_000,
});

/** The copy stays until its own step is taken back. */
function restoreCommand({ copy }: Params) {
  const from = quote(copy);
  return {
    command: `[ -f ${from}/state.db ] && rm -rf ${data}/etcd ${data}/state.db* && cp -a ${from}/state.db* ${data}/ && sync`,
    timeoutMs: 300_000,
  };
}

async function see(context: LookContext | PhaseContext) {
  const { parts, evidence } = await look(
    context,
    { etcd: `[ -d ${data}/etcd ]`, mark: isUnderWay(id) },
    { named: 'where K3s keeps its state', root: true },
  );
  return { hasEtcd: parts.etcd.exitCode === 0, mark: parts.mark, evidence };
}

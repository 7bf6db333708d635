import {
  type CommonJoin,
  commonJoin,
  type JoinAs,
  machineJoin,
  readLabel,
  readTaint,
  usualJoin,
} from '../../../../shared/cluster/join/join-answers.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { type NodeRole, nodeRoles } from '../../../../shared/onboarding/role.ts';
import { type Database, openDatabase } from '../../db/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { type FileMachine, plainAnswers, plainMachine } from '../../onboarding/index.ts';
import { runAnswers } from '../jobs/onboard-command.ts';
import { Exit, exitCodes } from '../run-command.ts';
import type { TargetOptions } from '../terminal/options.ts';

export interface JoinOptions extends TargetOptions {
  readonly cluster?: string;
  readonly as?: 'server' | 'agent';
  readonly files?: string;
  readonly k3sVersion?: string;
  readonly channel?: string;
  readonly server?: string;
  readonly datastore?: 'sqlite' | 'etcd';
  readonly tlsName?: readonly string[];
  readonly label?: readonly string[];
  readonly taint?: readonly string[];
  readonly minutes?: number;
  readonly plan?: true;
  readonly yes?: true;
}

/** `rackhelm cluster join HOST…`: machines that are devices already; the same steps as of an onboarding. */
export async function joinCluster(
  installation: Installation,
  names: readonly string[],
  options: JoinOptions,
): Promise<void> {
  const join = commonOf(options);
  const own = { ...ownOf(options), as: options.as ?? null };
  const database = openDatabase({ dataDirectory: options.data });
  let asked: ReturnType<typeof askedOf>;
  try {
    asked = askedOf(database, names, { options, join, own });
  } finally {
    database.close();
  }
  const exitCode = await runAnswers(installation, { ...asked, options });
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}

interface Given {
  readonly options: JoinOptions;
  readonly join: CommonJoin;
  readonly own: FileMachine['join'];
}

function askedOf(database: Database, names: readonly string[], { options, join, own }: Given) {
  const inventory = createInventory(database);
  const wanted = names.map((name) => {
    const deviceId = database.tables.devices.idByName(name);
    if (deviceId === undefined)
      throw new RackhelmError('NOT_FOUND', `There is no device ${name}.`, {
        hint: 'rackhelm onboard brings a new machine in, and lets it join in one go.',
      });
    const target = inventory.sshTargetOf(deviceId);
    const role = roleOf(database, deviceId, options.as ?? null);
    const file = plainMachine(target.host, { as: 'known', device: name, role, join: own });
    return { target, file };
  });
  const cluster = clusterName(database, options.cluster);
  const file = plainAnswers({ cluster, join, machines: wanted.map((one) => one.file) });
  return { file, wanted };
}

/** What it is by now among the members of a cluster, else what it joins as. */
function roleOf(database: Database, deviceId: string, as: JoinAs | null): NodeRole | null {
  const { rows } = database.tables.records.list(kindOf('cluster-member'), {
    ...{ words: [], sort: { field: null, descending: false }, offset: 0, limit: 1 },
    where: [{ field: 'device', value: deviceId }],
  });
  const known = nodeRoles.find((role) => role === rows[0]?.values.role);
  if (as === 'server') return 'control-plane';
  return known ?? (as === 'agent' ? 'worker' : null);
}

function clusterName(database: Database, asked: string | undefined): string {
  if (asked !== undefined) return asked;
  const [only, other] = database.clusterContexts.clusters();
  if (only !== undefined && other === undefined) return only.name;
  throw new RackhelmError(
    'INVALID_INPUT',
    only === undefined ? 'The inventory has no cluster.' : 'The inventory has several clusters.',
    {
      hint:
        only === undefined
          ? 'rackhelm add cluster NAME kind=k3s adds one; its first server makes it.'
          : '--cluster says which one.',
    },
  );
}

function commonOf(options: JoinOptions): CommonJoin {
  const parsed = commonJoin.safeParse({
    from: options.files === undefined ? 'network' : 'files',
    folder: options.files ?? null,
    version: options.k3sVersion ?? null,
    channel: options.channel ?? usualJoin.channel,
    server: options.server ?? null,
    datastore: options.datastore ?? usualJoin.datastore,
    tlsNames: [...(options.tlsName ?? [])],
    minutes: options.minutes ?? usualJoin.minutes,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RackhelmError('INVALID_INPUT', `${issue?.path.join('.')}: ${issue?.message}`);
}

function ownOf({ label, taint }: JoinOptions) {
  const labels = label?.map((text) => readLabel(text) ?? none(text, 'label such as disk=ssd'));
  const taints = taint?.map(
    (text) => readTaint(text) ?? none(text, 'taint such as gpu=true:NoSchedule'),
  );
  return machineJoin.parse({ as: null, labels: labels ?? null, taints: taints ?? null });
}

function none(text: string, what: string): never {
  throw new RackhelmError('INVALID_INPUT', `${text.slice(0, 80)} is no ${what}.`);
}

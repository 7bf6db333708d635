import type { SavedContext } from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Contexts, createContexts } from '../../cluster/index.ts';
import { createMachines } from '../../engine/machines/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { createRecords } from '../../records/index.ts';
import type { MachineSession } from '../session.ts';

/** Ways to clusters over the connections of one command; to be closed. */
export function openContexts(
  { version }: Pick<Installation, 'version'>,
  session: MachineSession,
): Contexts {
  const { database, pool, secrets, rememberedSudo, ask, answering } = session;
  const records = createRecords(database);
  return createContexts({
    ...{ db: database, secrets, inventory: createInventory(database), version },
    machines: createMachines({ pool: async () => pool, rememberedSudo }),
    pool: async () => pool,
    ask: answering(ask),
    addCluster: (values) => records.create({ kind: 'cluster', values }, 'cli'),
  });
}

/** By its id, its name or the name of its cluster; the only one where none is named. */
export function contextNamed(
  contexts: Pick<Contexts, 'list'>,
  wanted: string | undefined,
): SavedContext {
  const all = contexts.list();
  const fitting = all.filter(
    ({ id, name, cluster }) => wanted === undefined || [id, name, cluster.name].includes(wanted),
  );
  const [only, other] = fitting;
  if (only !== undefined && other === undefined) return only;
  if (wanted === undefined) {
    throw new RackhelmError(
      'INVALID_INPUT',
      only === undefined ? 'No cluster is known yet.' : 'Several clusters are known.',
      {
        hint:
          only === undefined
            ? 'rackhelm cluster contexts --add FILE saves how one is reached.'
            : '--context says which one; rackhelm cluster contexts lists them.',
      },
    );
  }
  throw new RackhelmError(
    only === undefined ? 'NOT_FOUND' : 'INVALID_INPUT',
    only === undefined
      ? `There is no context ${wanted}.`
      : `Several contexts are called ${wanted}.`,
    { hint: 'rackhelm cluster contexts lists them with their ids.' },
  );
}

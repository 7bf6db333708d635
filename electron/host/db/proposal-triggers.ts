/**
 * Triggers that mark what must be looked at again (see proposal-state.ts): devices whose facts or
 * services changed, and keys of proposals that were declared, dismissed or seen elsewhere.
 */
interface Watch {
  readonly table: string;
  /** Update only of these columns. */
  readonly columns?: readonly string[];
  readonly operations?: readonly Operation[];
  readonly queue: 'stale_seen' | 'stale_proposal';
  /** SELECT of what to mark, with `ROW` standing for OLD or NEW. */
  readonly select: string;
}

type Operation = 'insert' | 'update' | 'delete';

const watches: readonly Watch[] = [
  // A reading that changed nothing that is compared replaces its document in place.
  {
    table: 'facts_document',
    operations: ['insert', 'update'],
    queue: 'stale_seen',
    select: 'SELECT ROW.device_id',
  },
  // A device that comes back by an undo finds its facts again.
  {
    table: 'device',
    operations: ['insert'],
    queue: 'stale_seen',
    select: 'SELECT DISTINCT device_id FROM facts_document WHERE device_id = ROW.id',
  },
  { table: 'service_runs_on', queue: 'stale_seen', select: 'SELECT ROW.device_id' },
  {
    table: 'service_port',
    queue: 'stale_seen',
    select: 'SELECT device_id FROM service_runs_on WHERE id = ROW.runs_on_id',
  },
  {
    table: 'service',
    columns: ['name', 'kind', 'url'],
    operations: ['update'],
    queue: 'stale_seen',
    select: 'SELECT device_id FROM service_runs_on WHERE service_id = ROW.id',
  },
  {
    table: 'vlan',
    columns: ['number'],
    queue: 'stale_proposal',
    select: "SELECT 'vlan/' || ROW.number",
  },
  {
    table: 'prefix',
    columns: ['prefix'],
    queue: 'stale_proposal',
    select: "SELECT 'prefix/' || ROW.prefix",
  },
  { table: 'dismissal', queue: 'stale_proposal', select: 'SELECT ROW.key' },
  { table: 'seen', queue: 'stale_proposal', select: 'SELECT ROW.key' },
];

const all: readonly Operation[] = ['insert', 'update', 'delete'];

export function proposalTriggers(): readonly string[] {
  return watches.flatMap((watch) =>
    (watch.operations ?? all).map((operation) => trigger(watch, operation)),
  );
}

function trigger({ table, columns, queue, select }: Watch, operation: Operation): string {
  const of = operation === 'update' && columns ? ` OF ${columns.join(', ')}` : '';
  const sides = { insert: ['NEW'], delete: ['OLD'], update: ['OLD', 'NEW'] }[operation];
  const marks = sides.map(
    (side) => `  INSERT INTO ${queue} SELECT * FROM (${select.replaceAll('ROW', side)})
    WHERE true ON CONFLICT DO NOTHING;`,
  );
  return `CREATE TRIGGER proposal_${table}_${operation}
AFTER ${operation.toUpperCase()}${of} ON "${table}"
BEGIN
${marks.join('\n')}
END`;
}

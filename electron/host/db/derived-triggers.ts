import { annotationTables } from './annotation-triggers.ts';
import { documentKinds } from './search-documents.ts';

/**
 * Triggers that mark what must be computed again (see derived.ts). Of a device: the `words` that
 * search finds it by; the `keys` that the list sorts by and shows; from its `facts`, how many fields
 * differ from what is declared.
 */
type Mark = 'words' | 'keys' | 'facts';

interface Watch {
  readonly table: string;
  /** Update only of these columns; inserts and deletes always count unless `updateOnly`. */
  readonly columns?: readonly string[];
  readonly updateOnly?: true;
  /** SELECT of the ids to mark, with `ROW` standing for OLD or NEW. */
  readonly devices?: string;
  readonly marks?: readonly Mark[];
  /** `kind` and `id` are SQL. */
  readonly documents?: readonly { readonly kind: string; readonly id: string }[];
}

const deviceOfInterface = 'SELECT device_id FROM interface WHERE id = ROW.interface_id';

/** A device has marks of its own. */
const annotatedId = "iif(ROW.subject_kind = 'device', NULL, ROW.subject_id)";

const watches: readonly Watch[] = [
  ...documentKinds.map(
    ({ name, table }): Watch => ({ table, documents: [{ kind: `'${name}'`, id: 'ROW.id' }] }),
  ),
  {
    table: 'device',
    columns: ['name'],
    devices: 'SELECT ROW.id',
    marks: ['words', 'keys'],
  },
  {
    table: 'device',
    columns: [
      'hostname',
      'manufacturer',
      'model',
      'serial',
      'os',
      'kernel',
      'architecture',
      'cpu_model',
      'ssh_host',
      'comment',
    ],
    updateOnly: true,
    devices: 'SELECT ROW.id',
    marks: ['words'],
  },
  {
    table: 'device',
    columns: [
      'hostname',
      'manufacturer',
      'model',
      'serial',
      'os',
      'kernel',
      'architecture',
      'cpu_model',
      'cpu_cores',
      'memory_bytes',
    ],
    updateOnly: true,
    devices: 'SELECT ROW.id',
    marks: ['facts'],
  },
  // A device is not found by its interfaces themselves, but by what hangs on them.
  {
    table: 'interface',
    columns: ['device_id'],
    devices: 'SELECT ROW.device_id',
    marks: ['words', 'keys', 'facts'],
  },
  {
    table: 'interface',
    columns: ['name', 'kind', 'mtu', 'speed_mbps', 'ordinal'],
    updateOnly: true,
    devices: 'SELECT ROW.device_id',
    marks: ['keys', 'facts'],
  },
  { table: 'mac', devices: deviceOfInterface, marks: ['words', 'facts'] },
  {
    table: 'ip_address',
    columns: ['interface_id', 'address', 'prefix_length', 'bytes'],
    devices: deviceOfInterface,
    marks: ['words', 'keys', 'facts'],
  },
  {
    table: 'ip_address',
    columns: ['role'],
    updateOnly: true,
    devices: deviceOfInterface,
    marks: ['keys', 'facts'],
  },
  { table: 'interface_vlan', devices: deviceOfInterface, marks: ['words', 'keys'] },
  { table: 'rejection', devices: 'SELECT ROW.device_id', marks: ['facts'] },
  ...annotationTables.map(
    (table): Watch => ({
      table,
      devices: "SELECT ROW.subject_id WHERE ROW.subject_kind = 'device'",
      marks: ['words'],
      documents: [{ kind: 'ROW.subject_kind', id: annotatedId }],
    }),
  ),
  {
    table: 'tag',
    columns: ['name'],
    updateOnly: true,
    devices: "SELECT subject_id FROM tagging WHERE tag_id = ROW.id AND subject_kind = 'device'",
    marks: ['words'],
  },
  { table: 'observation', devices: 'SELECT ROW.device_id', marks: ['keys', 'facts'] },
  {
    table: 'vlan',
    columns: ['name', 'number', 'purpose'],
    updateOnly: true,
    devices: `SELECT i.device_id FROM interface_vlan m JOIN interface i ON i.id = m.interface_id
              WHERE m.vlan_id = ROW.id`,
    marks: ['words', 'keys'],
  },
  { table: 'prefix', documents: [{ kind: "'vlan'", id: 'ROW.vlan_id' }] },
  {
    table: 'service',
    columns: ['name'],
    updateOnly: true,
    devices: 'SELECT device_id FROM service_runs_on WHERE service_id = ROW.id',
    marks: ['words'],
  },
  { table: 'service_runs_on', devices: 'SELECT ROW.device_id', marks: ['words'] },
];

/** `tables`: those that there are, which a test may have left at an older step. */
export function derivedTriggers(tables: ReadonlySet<string>): readonly string[] {
  const isOlder = !tables.has('tagging');
  return watches.flatMap((watch, index) => {
    if (!tables.has(watch.table) || (isOlder && watch.table === 'note')) return [];
    const operations: readonly Operation[] = watch.updateOnly
      ? ['update']
      : ['insert', 'update', 'delete'];
    return operations.map((operation) => trigger(watch, operation, index));
  });
}

type Operation = 'insert' | 'update' | 'delete';

function trigger(watch: Watch, operation: Operation, index: number): string {
  const of = operation === 'update' && watch.columns ? ` OF ${watch.columns.join(', ')}` : '';
  const sides = operation === 'insert' ? ['NEW'] : operation === 'delete' ? ['OLD'] : updateSides;
  return `CREATE TRIGGER derived_${index}_${watch.table}_${operation}
AFTER ${operation.toUpperCase()}${of} ON "${watch.table}"
BEGIN
${sides.map((side) => marks(watch, side)).join('\n')}
END`;
}

const updateSides = ['OLD', 'NEW'];

function marks(watch: Watch, side: string): string {
  const statements: string[] = [];
  if (watch.devices !== undefined) {
    const columns = watch.marks ?? [];
    statements.push(
      `  INSERT INTO dirty_device (device_id, ${columns.join(', ')})
    SELECT *, ${columns.map(() => '1').join(', ')} FROM (${watch.devices.replaceAll('ROW', side)})
    WHERE true
    ON CONFLICT (device_id) DO UPDATE SET ${columns.map((mark) => `${mark} = 1`).join(', ')};`,
    );
  }
  for (const { kind, id } of watch.documents ?? []) {
    const [of, value] = [kind, id].map((part) => part.replaceAll('ROW', side));
    statements.push(
      `  INSERT INTO dirty_document (kind, id) SELECT ${of}, ${value} WHERE ${value} IS NOT NULL
    ON CONFLICT (kind, id) DO NOTHING;`,
    );
  }
  return statements.join('\n');
}

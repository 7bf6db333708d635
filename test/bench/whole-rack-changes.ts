import type { Database } from '../../electron/host/db/index.ts';
import { type FieldValue, type KindName, kindOf } from '../../shared/model/kinds/index.ts';
import { pick, type Rows } from './whole-rack-rows.ts';

/** Changes of one row each, and change sets of many rows: 100,000 changed rows in 12,000 sets. */
const single = 10_000;
const sets = 2_000;
const rowsInSet = 45;

interface Edit {
  readonly kind: KindName;
  readonly field: string;
  readonly value: (n: number) => FieldValue;
}

/** What a person changes most; the values differ each time, so that each is a change. */
const edits: readonly Edit[] = [
  { kind: 'device', field: 'os', value: (n) => `Debian GNU/Linux 13.${n}` },
  { kind: 'interface', field: 'label', value: (n) => `Uplink ${n}` },
  { kind: 'address', field: 'dnsName', value: (n) => `host-${n}.rack.example` },
  { kind: 'device', field: 'comment', value: (n) => `Looked after for the ${n}. time` },
  { kind: 'interface', field: 'mtu', value: (n) => 1_280 + (n % 7_000) },
  { kind: 'cable', field: 'length', value: (n) => 300 + n },
];

export function changeWholeRack(db: Database, rows: Rows): void {
  let turn = 0;
  const change = (count: number, set: number) => {
    const edit = pick(edits, set);
    const title = `Changed ${edit.field} of ${count} rows`;
    db.change({ title, source: 'app' }, () => {
      for (let n = 0; n < count; n += 1) {
        turn += 1;
        // A step that has no common divisor with the counts comes by all rows.
        const id = pick(rows[edit.kind], turn * 7_919);
        db.tables.records.update(kindOf(edit.kind), id, { [edit.field]: edit.value(turn) });
      }
    });
  };
  for (let n = 0; n < sets; n += 1) {
    change(rowsInSet, n);
    for (let more = 0; more < single / sets; more += 1) change(1, n + more);
  }
}

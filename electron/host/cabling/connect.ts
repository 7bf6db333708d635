import type { NewCable } from '../../../shared/contract/cabling.ts';
import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { nextName } from '../../../shared/model/name-count.ts';
import { constraintOf, type Database, newId } from '../db/index.ts';

/** Who asks for a change. */
type Source = 'app' | 'cli';

export interface Connecting {
  connect(
    input: {
      readonly a: readonly string[];
      readonly b: readonly string[];
      readonly cable: NewCable;
      readonly replace: boolean;
    },
    source?: Source,
  ): { changeSetId: string; id: string; label: string };
  connectMany(
    input: {
      readonly pairs: readonly { readonly a: string; readonly b: string }[];
      readonly cable: NewCable;
      readonly replace: boolean;
    },
    source?: Source,
  ): { changeSetId: string; count: number };
}

const firstLabel = 'C1';
const cableKind = kindOf('cable');
const endKind = kindOf('cable-end');

export function createConnecting(db: Database): Connecting {
  const change = <T>(title: string, source: Source, work: () => T) => {
    try {
      return db.change({ title, source }, work);
    } catch (error) {
      if (constraintOf(error)?.type !== 'unique') throw error;
      throw new RackhelmError('DUPLICATE', 'There is a cable with this label already.', {
        cause: error,
        data: { field: 'label' },
      });
    }
  };
  return {
    connect({ a, b, cable, replace }, source = 'app') {
      const nameOf = (ids: readonly string[]) => nameOfSide(db, ids);
      const title =
        b.length === 0 ? `Added cable at ${nameOf(a)}` : `Connected ${nameOf(a)} to ${nameOf(b)}`;
      const { result, changeSetId } = change(title, source, () => {
        const added = new Set<string>();
        return plugIn(db, { a, b, cable, replace, added });
      });
      return { ...result, changeSetId };
    },
    connectMany({ pairs, cable, replace }, source = 'app') {
      const title = `Connected ${formatCount(pairs.length, 'pair')} of ports`;
      const { label, ...like } = cable;
      const { changeSetId } = change(title, source, () => {
        const added = new Set<string>();
        for (const [index, { a, b }] of pairs.entries()) {
          // The first one has the label that was given; the others count on from it.
          const own = index === 0 && label !== undefined ? { ...like, label } : like;
          plugIn(db, { a: [a], b: [b], cable: own, replace, added });
        }
      });
      return { changeSetId, count: pairs.length };
    },
  };
}

/** `pi-1 eth0`, `switch-1 port 5 and 3 more`. */
function nameOfSide({ tables: { cableGraph } }: Database, ids: readonly string[]): string {
  const [first] = ids;
  const socket = first === undefined ? undefined : cableGraph.named(first);
  if (socket === undefined) throw gone();
  const name = `${socket.deviceName} ${socket.name}`;
  return ids.length > 1 ? `${name} and ${ids.length - 1} more` : name;
}

function gone(): RackhelmError {
  return new RackhelmError('NOT_FOUND', 'This port does not exist any more.');
}

interface Plugging {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly cable: NewCable;
  readonly replace: boolean;
  /** Cables of this change set: they never make room for each other. Grows. */
  readonly added: Set<string>;
}

/** Inside a change set: one cable with its ends. */
export function plugIn(db: Database, { a, b, cable, replace, added }: Plugging) {
  const twice = [...a, ...b].find((id, index, all) => all.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new RackhelmError('INVALID_INPUT', 'A cable cannot lead from a port to itself.', {
      hint: 'Choose another port for one of its ends.',
      data: { socketId: twice },
    });
  }
  const label = cable.label ?? nextLabel(db);
  for (const id of [...a, ...b]) makeRoom(db, id, { replace, own: added });
  const id = newId();
  db.tables.records.insert(cableKind, id, { ...cable, label });
  added.add(id);
  for (const [side, sockets] of [
    ['a', a],
    ['b', b],
  ] as const) {
    sockets.forEach((socketId, index) => {
      const values = { cable: id, side, lane: index + 1, ...columnsOf(db, socketId) };
      db.tables.records.insert(endKind, newId(), values);
    });
  }
  return { id, label };
}

/** Counted on from the cable that was added last. */
function nextLabel({ tables: { cables } }: Database): string {
  const last = cables.lastLabel();
  if (last === undefined) return firstLabel;
  return nextName(last, (label) => cables.isLabelTaken(label));
}

function columnsOf({ tables: { cableGraph } }: Database, socketId: string) {
  const socket = cableGraph.named(socketId);
  if (socket === undefined) throw gone();
  return socket.kind === 'interface'
    ? { interface: socketId, port: null }
    : { interface: null, port: socketId };
}

/**
 * Refuses a port that has a cable, or takes that cable away: of a breakout its end alone, of any
 * other the whole cable, which would be half of a connection.
 */
function makeRoom(
  db: Database,
  socketId: string,
  { replace, own }: { readonly replace: boolean; readonly own: ReadonlySet<string> },
): void {
  const { cableGraph, cables, records } = db.tables;
  for (const end of cableGraph.endsAt(socketId)) {
    const cable = cables.get(end.cableId);
    if (cable === undefined) continue;
    if (!replace || own.has(cable.id)) throw takenBy(db, socketId, cable);
    const sameSide = cableGraph.endsOf(cable.id).filter(({ side }) => side === end.side);
    if (sameSide.length > 1) records.remove(endKind, end.id);
    else records.remove(cableKind, cable.id);
  }
}

function takenBy(
  { tables: { cableGraph } }: Database,
  socketId: string,
  cable: { readonly id: string; readonly label: string },
): RackhelmError {
  const socket = cableGraph.named(socketId);
  const name = socket === undefined ? 'This port' : `${socket.deviceName} ${socket.name}`;
  return new RackhelmError('INVALID_INPUT', `${name} has cable ${cable.label} already.`, {
    hint: 'Choose a free port, or replace that cable.',
    data: { taken: true, socketId, cableId: cable.id, label: cable.label },
  });
}

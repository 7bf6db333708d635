import { kindOf } from '../../../shared/model/kinds/index.ts';
import { openDatabase } from '../db/index.ts';
import { createInventory } from '../inventory/index.ts';
import { createProposals } from '../proposals/index.ts';
import { serveThread } from '../worker/index.ts';
import type { DeskAsks, Place } from './desk.ts';
import { type ComparedFile, createExchange } from './exchange.ts';
import { gone } from './gone.ts';

/** Files on their way in or out, until they are let go of or the thread ends. */
interface HeldFile {
  readonly name: string;
  readonly pieces: Uint8Array[];
  compared?: ComparedFile;
}

const held = new Map<string, HeldFile>();
/** Windows that are left open hold files; the oldest goes first. */
const mostHeld = 4;

function hold(id: string, file: HeldFile): void {
  held.set(id, file);
  for (const oldest of [...held.keys()].slice(0, -mostHeld)) held.delete(oldest);
}

function heldFile(id: string): HeldFile {
  const file = held.get(id);
  if (file === undefined) throw gone();
  return file;
}

function withDatabase<T>({ dataDirectory, beside }: Place, work: (db: Opened) => T): T {
  const database = openDatabase({ dataDirectory, beside });
  try {
    createInventory(database);
    // Each change set also looks for what it shows that nobody declared.
    createProposals(database);
    return work(database);
  } finally {
    database.close();
  }
}

type Opened = ReturnType<typeof openDatabase>;

serveThread<DeskAsks>({
  open({ id, name }) {
    hold(id, { name, pieces: [] });
    return undefined;
  },
  send({ id, bytes }) {
    heldFile(id).pieces.push(bytes);
    return undefined;
  },
  compare({ id, place, kind: name, map }) {
    const file = heldFile(id);
    const options = { kind: name === null ? null : kindOf(name), map };
    const whole = Buffer.concat(file.pieces);
    return withDatabase(place, (db) => {
      file.compared = createExchange(db).compare({ name: file.name, bytes: whole }, options);
      return file.compared.summary;
    });
  },
  differences({ id, ...page }) {
    const { compared } = heldFile(id);
    if (compared === undefined) throw gone();
    return compared.differences(page);
  },
  apply({ id, place, decision }) {
    const { compared } = heldFile(id);
    if (compared === undefined) throw gone();
    return withDatabase(place, (db) => compared.apply(decision, db));
  },
  close({ id }) {
    held.delete(id);
    return undefined;
  },
  write({ id, place, format, kind: name }) {
    const kind = name === null ? null : kindOf(name);
    const text = withDatabase(place, (db) => createExchange(db).write(format, kind));
    const bytes = Buffer.from(text);
    hold(id, { name: '', pieces: [bytes] });
    return bytes.length;
  },
  read({ id, offset, limit }) {
    const [bytes = new Uint8Array()] = heldFile(id).pieces;
    if (offset + limit >= bytes.length) held.delete(id);
    return Buffer.from(bytes.subarray(offset, offset + limit)).toString('base64');
  },
});

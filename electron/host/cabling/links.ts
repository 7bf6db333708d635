import type { CableLink, CableSummary, LinkState } from '../../../shared/contract/cabling.ts';
import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { connectedTo, trace } from '../../../shared/topology/trace.ts';
import { type Database, newId } from '../db/index.ts';
import { plugIn } from './connect.ts';
import { type LinkEnd, type SeenLink, seenLinks } from './told-links.ts';

/** Who asks for a change. */
type Source = 'app' | 'cli';

interface LinkQuery {
  readonly state: LinkState;
  readonly deviceId: string | null;
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

interface Done {
  readonly changeSetId: string;
  readonly count: number;
}

export interface Links {
  links(query: LinkQuery): {
    rows: CableLink[];
    total: number;
    counts: { missing: number; doubtful: number; dismissed: number };
  };
  acceptLinks(
    items: readonly { readonly key: string; readonly version: string }[],
    source?: Source,
  ): Done;
  dismissLinks(keys: readonly string[], source?: Source): Done;
  restoreLinks(keys: readonly string[], source?: Source): Done;
}

const interfaceKind = kindOf('interface');
const endKind = kindOf('cable-end');

export function createLinks(db: Database): Links {
  const change = (title: string, source: Source, work: () => number): Done => {
    const { result, changeSetId } = db.change({ title, source }, work);
    return { changeSetId, count: result };
  };
  return {
    links({ state, deviceId, search, offset, limit }) {
      const words = search
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      const all = doubts(db);
      const rows = all.filter(
        (link) =>
          (deviceId === null || link.a.deviceId === deviceId || link.b.deviceId === deviceId) &&
          words.every((word) => textOf(link).includes(word)),
      );
      const countOf = (one: LinkState) => rows.filter((link) => link.state === one).length;
      const shown = rows.filter((link) => link.state === state);
      return {
        rows: shown.slice(offset, offset + limit),
        total: shown.length,
        counts: {
          missing: countOf('missing'),
          doubtful: countOf('doubtful'),
          dismissed: countOf('dismissed'),
        },
      };
    },
    acceptLinks(items, source = 'app') {
      const title = `Accepted ${formatCount(items.length, 'cable')} from LLDP`;
      return change(title, source, () => {
        const known = new Map(doubts(db).map((link) => [link.key, link]));
        for (const { key, version } of items) accept(db, known.get(key), { key, version });
        return items.length;
      });
    },
    dismissLinks(keys, source = 'app') {
      const known = new Map(doubts(db).map((link) => [link.key, link]));
      return change(`Dismissed ${formatCount(keys.length, 'cable')} from LLDP`, source, () => {
        const chosen = keys.flatMap((key) => known.get(key) ?? []);
        for (const { key, a, b } of chosen) {
          const name = `${endName(a)} to ${endName(b)}`;
          db.tables.proposals.dismiss({ key, deviceId: a.deviceId, name, at: Date.now() });
        }
        return chosen.length;
      });
    },
    restoreLinks(keys, source = 'app') {
      const title = `Brought back ${formatCount(keys.length, 'cable')} from LLDP`;
      return change(
        title,
        source,
        () => keys.filter((key) => db.tables.proposals.restore(key)).length,
      );
    },
  };
}

const endName = ({ deviceName, name }: LinkEnd) => `${deviceName} ${name}`;
const textOf = ({ a, b }: CableLink) => `${endName(a)} ${endName(b)}`.toLowerCase();

/** Everything on which LLDP and the documented cables do not agree. */
function doubts(db: Database): CableLink[] {
  const seen = seenLinks(db);
  const dismissed = new Set(db.tables.cableLinks.dismissed());
  const uses = new Map<string, number>();
  for (const { a, b } of seen) {
    for (const end of [a, b]) uses.set(endName(end), (uses.get(endName(end)) ?? 0) + 1);
  }
  return seen.flatMap((link): CableLink[] => {
    const told = doubtOf(db, link);
    if (told === undefined) return [];
    const shared = [link.a, link.b].find((end) => (uses.get(endName(end)) ?? 0) > 1);
    const unclear =
      shared === undefined
        ? told.unclear
        : `LLDP sees several neighbours at ${endName(shared)}; a switch that does not speak it is probably in between`;
    return [
      {
        ...link,
        evidence: [...link.evidence],
        state: dismissed.has(link.key)
          ? 'dismissed'
          : told.documented.length > 0
            ? 'doubtful'
            : 'missing',
        documented: told.documented.map(({ cable, words }) => ({ cable, words })),
        unclear,
        version: versionOf(link, told),
      },
    ];
  });
}

interface Doubt {
  readonly documented: readonly { readonly cable: CableSummary; readonly words: string }[];
  readonly unclear: string | null;
}

/** Undefined: what is documented says the same. */
function doubtOf(db: Database, { a, b }: SeenLink): Doubt | undefined {
  const ends = [documentedAt(db, a), documentedAt(db, b)] as const;
  const agrees = ends.some((end, index) => {
    const other = index === 0 ? b : a;
    return end?.leadsTo.some((socket) =>
      other.socketId === null ? socket.deviceId === other.deviceId : socket.id === other.socketId,
    );
  });
  if (agrees) return undefined;
  const documented = ends.flatMap((end) => end ?? []);
  const unclear = documented.some(({ simple }) => !simple)
    ? 'A panel or a breakout is in between; correct its cables by hand'
    : null;
  return { documented, unclear };
}

/** The cable at an end and where it leads; undefined where none is plugged in. */
function documentedAt(db: Database, end: LinkEnd) {
  const { cableGraph, cables } = db.tables;
  const [plug] = end.socketId === null ? [] : cableGraph.endsAt(end.socketId);
  const cable = plug && cables.get(plug.cableId);
  const found = end.socketId === null ? undefined : trace(cableGraph, end.socketId);
  if (cable === undefined || found === undefined) return undefined;
  const leadsTo = connectedTo(found).flatMap((id) => cableGraph.named(id) ?? []);
  const names = leadsTo.slice(0, 3).map(({ deviceName, name }) => `${deviceName} ${name}`);
  return {
    cable,
    leadsTo,
    /** It leads straight from one port to another, so that one end can be moved. */
    simple: cableGraph.endsOf(cable.id).length <= 2 && found.steps.length === 2,
    words: `${cable.label} leads from ${endName(end)} to ${names.join(', ') || 'nowhere'}`,
  };
}

function versionOf({ a, b, evidence }: SeenLink, { documented }: Doubt): string {
  const text = JSON.stringify([a, b, evidence, documented.map(({ words }) => words)]);
  let hash = 0x811c9dc5;
  for (const character of text)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** Inside a change set: a new cable, or the end of the documented one where LLDP says that it is. */
function accept(
  db: Database,
  link: CableLink | undefined,
  { key, version }: { readonly key: string; readonly version: string },
): void {
  if (link === undefined || link.state === 'dismissed' || link.version !== version) {
    throw new RackhelmError(
      'CHANGED_SINCE',
      'What was seen is not as it was shown any more. Nothing was changed.',
      { data: { key } },
    );
  }
  if (link.unclear !== null) throw new RackhelmError('INVALID_INPUT', `${link.unclear}.`);
  const a = declared(db, link.a);
  const b = declared(db, link.b);
  const [first, ...others] = link.documented;
  if (first === undefined) {
    const cable = { type: null, status: 'connected', colour: null, length: null };
    plugIn(db, { a: [a], b: [b], cable, replace: false, added: new Set() });
    return;
  }
  // One that is plugged in at the other port stands in the way of it.
  for (const { cable } of others) db.tables.records.remove(kindOf('cable'), cable.id);
  const ends = db.tables.cableGraph.endsOf(first.cable.id);
  const stays = ends.find(({ socketId }) => socketId === a || socketId === b);
  const moves = ends.find((end) => end !== stays);
  const to = { interface: stays?.socketId === a ? b : a, port: null };
  if (moves !== undefined) db.tables.records.update(endKind, moves.id, to);
  else if (stays !== undefined) {
    // Its other side hangs free.
    const side = stays.side === 'a' ? 'b' : 'a';
    db.tables.records.insert(endKind, newId(), { cable: stays.cableId, side, lane: 1, ...to });
  }
}

/** An interface that was only seen is declared with the cable that ends there. */
function declared(db: Database, { deviceId, name, socketId }: LinkEnd): string {
  if (socketId !== null) return socketId;
  const known = db.tables.cableLinks.socketOn(deviceId, name);
  if (known !== undefined) return known;
  const id = newId();
  const ordinal = db.tables.interfaces.count(deviceId);
  db.tables.records.insert(interfaceKind, id, {
    device: deviceId,
    name,
    kind: 'ethernet',
    ordinal,
  });
  return id;
}

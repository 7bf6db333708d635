import { formatCount } from '../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { factsSchema } from '../../../shared/model/facts.ts';
import {
  mostAtOnce,
  type Proposal,
  type ProposalFilter,
  type ProposalQuery,
  proposalQuery,
} from '../../../shared/model/proposals.ts';
import type { Database, ListedProposal } from '../db/index.ts';
import { deviceOrThrow, type Source } from '../inventory/index.ts';
import { agreedVlan, declareAll, urlOf } from './accept.ts';
import { see } from './see.ts';
import { readThing, type Thing } from './thing.ts';
import { evidenceOf } from './words.ts';

export type Choice =
  | { readonly items: readonly { readonly key: string; readonly version: string }[] }
  | { readonly filter: ProposalFilter; readonly revision: number };

interface Done {
  readonly changeSetId: string;
  readonly count: number;
}

/** Inputs and outputs as shared/contract/proposals.ts has them; failures are RackhelmErrors. */
export interface Proposals {
  list(query: Partial<ProposalQuery>): {
    rows: Proposal[];
    total: number;
    revision: number;
    pending: number;
  };
  counts(deviceId: string | null): { services: number; networks: number; dismissed: number };
  accept(choice: Choice, source?: Source): Done;
  dismiss(choice: Choice, source?: Source): Done;
  restore(keys: readonly string[], source?: Source): Done;
  /** Looks through facts that nobody has looked through, in slices; ends when all are. */
  catchUp(signal?: AbortSignal): Promise<void>;
}

/** How many devices a proposal names; a list of more would be no help. */
const devicesShown = 12;
/** Windows read anew what they show whenever they are told. */
const tellEveryMs = 1000;

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

export function createProposals(db: Database): Proposals {
  const { proposals } = db.tables;
  db.seeWith((deviceId) => seeDevice(db, deviceId));

  /** Everything that was chosen, in the order of the list, as it was shown. */
  const chosen = (choice: Choice): readonly ListedProposal[] => {
    if ('items' in choice) {
      return choice.items.map(({ key, version }) => {
        const now = proposals.get(key);
        if (now?.state !== 'open' || now.version !== version) throw changedSince(key);
        return now;
      });
    }
    if (choice.revision !== proposals.revision()) throw changedSince();
    const query = { ...choice.filter, limit: mostAtOnce, offset: 0, state: 'open' as const };
    return proposals.list(query).rows;
  };

  return {
    list(query) {
      const { rows, total } = proposals.list(proposalQuery.parse(query));
      return {
        rows: rows.map((row) => proposalOf(db, row)),
        total,
        revision: proposals.revision(),
        pending: db.unseen.count(),
      };
    },
    counts: proposals.counts,
    accept(choice, source = 'app') {
      const rows = chosen(choice);
      const { changeSetId } = db.change({ title: `Accepted ${titleOf(rows)}`, source }, () =>
        // What another program wrote since is seen inside the transaction.
        declareAll(db, chosen(choice)),
      );
      return { changeSetId, count: rows.length };
    },
    dismiss(choice, source = 'app') {
      const rows = chosen(choice);
      const at = Date.now();
      const { changeSetId } = db.change({ title: `Dismissed ${titleOf(rows)}`, source }, () => {
        for (const { key, name } of chosen(choice)) {
          proposals.dismiss({ key, deviceId: deviceOf(db, key), name, at });
        }
      });
      return { changeSetId, count: rows.length };
    },
    restore(keys, source = 'app') {
      const rows = keys.flatMap((key) => proposals.get(key) ?? []);
      const title = `Brought back ${rows.length === keys.length ? titleOf(rows) : 'proposals'}`;
      const { result, changeSetId } = db.change(
        { title, source },
        () => keys.filter((key) => proposals.restore(key)).length,
      );
      return { changeSetId, count: result };
    },
    async catchUp(signal) {
      let told = Date.now();
      for (let left = db.unseen.count(); left > 0; left = db.unseen.count()) {
        const quiet = Date.now() - told < tellEveryMs && left > 3;
        db.unseen.lookAtSome({ quiet });
        if (!quiet) told = Date.now();
        await nextTurn();
        if (signal?.aborted) return;
      }
    },
  };
}

function seeDevice(db: Database, deviceId: string) {
  const document = db.tables.observations.document(deviceId);
  return see({
    deviceId,
    deviceName: deviceOrThrow(db, deviceId).name,
    facts: document === undefined ? null : readFacts(document.json),
    services: db.tables.services.ofDevice(deviceId),
  });
}

/** Facts of another release may have other sections; they are read again at the next refresh. */
function readFacts(json: string) {
  const parsed = factsSchema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
}

/** `service/DEVICE/…` belongs to that device alone. */
function deviceOf(db: Database, key: string): string | null {
  const [, deviceId = ''] = /^service\/([^/]+)\//.exec(key) ?? [];
  return db.tables.devices.exists(deviceId) ? deviceId : null;
}

function changedSince(key?: string): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    'What was seen is not as it was shown any more. Nothing was changed.',
    { data: key === undefined ? {} : { key } },
  );
}

/** `PostgreSQL on db-1`, `12 proposals`. */
function titleOf(rows: readonly ListedProposal[]): string {
  const [only] = rows;
  return rows.length === 1 && only !== undefined ? only.name : formatCount(rows.length, 'proposal');
}

function proposalOf(db: Database, row: ListedProposal): Proposal {
  const { key, version, name, devices } = row;
  const seen = db.tables.proposals
    .seenBy(key, devicesShown)
    .map((one) => ({ ...one, thing: readThing(one.body) }));
  return {
    key,
    version,
    area: row.area as Proposal['area'], // written from the two areas only
    state: row.state as Proposal['state'], // asked for by one of the two states
    name,
    proposed: proposedBy(seen),
    local: row.local === 1,
    devices,
    seen: seen.map(({ deviceId, deviceName, at, thing }) => ({
      deviceId,
      deviceName,
      at,
      evidence: evidenceOf(thing),
    })),
  };
}

function proposedBy(
  seen: readonly { readonly primaryAddress: string | null; readonly thing: Thing }[],
): Proposal['proposed'] {
  const [first] = seen;
  if (first === undefined) throw new Error('A proposal that no device shows');
  const { thing } = first;
  if (thing.kind === 'vlan') return { kind: 'vlan', number: thing.number };
  if (thing.kind === 'prefix') {
    const told = seen.flatMap((one) => (one.thing.kind === 'prefix' ? [one.thing.vlan] : []));
    return { kind: 'prefix', prefix: thing.prefix, vlan: agreedVlan(told) };
  }
  const ports = new Map<string, { protocol: 'tcp' | 'udp'; port: number }>();
  for (const one of seen) {
    if (one.thing.kind !== 'service') continue;
    for (const { protocol, port } of one.thing.ports) {
      ports.set(`${protocol}/${port}`, { protocol, port });
    }
  }
  return {
    kind: 'service',
    serviceKind: thing.serviceKind,
    ports: [...ports.values()],
    url: urlOf(thing, first),
  };
}

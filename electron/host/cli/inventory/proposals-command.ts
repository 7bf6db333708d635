import { formatCount } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { mostAtOnce, type Proposal, proposalAreas } from '../../../../shared/model/proposals.ts';
import type { Database } from '../../db/index.ts';
import { createProposals, type Proposals } from '../../proposals/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';

export interface ProposalsOptions extends DataOption {
  readonly area?: string;
  readonly device?: string;
  readonly dismissed?: true;
  readonly all?: true;
  readonly json?: true;
}

/** `rackhelm proposals [list]`. */
export async function listProposals(options: ProposalsOptions): Promise<void> {
  await withProposals(options, (proposals, filter) => {
    const state = options.dismissed === true ? 'dismissed' : 'open';
    const rows = allRows(proposals, { ...filter, state });
    if (options.json) {
      printJson(rows);
      return;
    }
    if (rows.length === 0) {
      tell(state === 'open' ? 'Everything that was seen is declared.\n' : 'None was dismissed.\n');
      return;
    }
    const header = ['NAME', 'PROPOSES', 'SEEN ON', 'EVIDENCE'];
    print(formatTable([header, ...rows.map(lineOf)]));
  });
}

type Verb = 'accept' | 'dismiss' | 'restore';

/** `rackhelm proposals accept|dismiss|restore NAME …`: names or keys as the list has them, or --all. */
export async function changeProposals(
  verb: Verb,
  wanted: readonly string[],
  options: ProposalsOptions,
): Promise<void> {
  if (wanted.length > 0 === (options.all === true)) {
    throw new RackhelmError('INVALID_INPUT', 'Name the proposals, or give --all.', {
      hint: 'rackhelm proposals lists their names.',
    });
  }
  await withProposals(options, (proposals, filter) => {
    const state = verb === 'restore' ? 'dismissed' : 'open';
    const rows = allRows(proposals, { ...filter, state });
    const chosen = options.all === true ? rows : wanted.map((text) => find(rows, text));
    let count = 0;
    for (let start = 0; start < chosen.length; start += mostAtOnce) {
      count += change(proposals, verb, chosen.slice(start, start + mostAtOnce));
    }
    if (options.json) printJson({ count });
    else print(`${verbs[verb]} ${formatCount(count, 'proposal')}.\n`);
  });
}

const verbs = { accept: 'Accepted', dismiss: 'Dismissed', restore: 'Brought back' } as const;

function change(proposals: Proposals, verb: Verb, rows: readonly Proposal[]): number {
  if (verb === 'restore') {
    return proposals.restore(
      rows.map(({ key }) => key),
      'cli',
    ).count;
  }
  const items = rows.map(({ key, version }) => ({ key, version }));
  return proposals[verb]({ items }, 'cli').count;
}

function find(rows: readonly Proposal[], text: string): Proposal {
  const same = text.toLowerCase();
  const row = rows.find(({ key, name }) => key === text || name.toLowerCase() === same);
  if (row !== undefined) return row;
  throw new RackhelmError('NOT_FOUND', `There is no proposal called ${text}.`, {
    hint: 'rackhelm proposals lists their names.',
  });
}

interface Filter {
  readonly area: (typeof proposalAreas)[number] | null;
  readonly deviceId: string | null;
}

async function withProposals(
  options: ProposalsOptions,
  work: (proposals: Proposals, filter: Filter) => void,
): Promise<void> {
  const database = openInventory(options.data);
  try {
    const proposals = createProposals(database);
    await proposals.catchUp();
    work(proposals, filterOf(database, options));
  } finally {
    database.close();
  }
}

function filterOf(database: Database, { area, device }: ProposalsOptions): Filter {
  const known = proposalAreas.find((one) => one === area) ?? null;
  if (area !== undefined && known === null) {
    throw new RackhelmError('INVALID_INPUT', `There is no area called ${area}.`, {
      hint: `The areas are ${proposalAreas.join(' and ')}.`,
    });
  }
  const deviceId = device === undefined ? null : database.tables.devices.idByName(device);
  if (deviceId === undefined) {
    throw new RackhelmError('NOT_FOUND', `There is no device called ${device}.`, {
      hint: 'rackhelm devices lists their names.',
    });
  }
  return { area: known, deviceId };
}

function allRows(
  proposals: Proposals,
  query: Filter & { readonly state: 'open' | 'dismissed' },
): readonly Proposal[] {
  const rows: Proposal[] = [];
  for (;;) {
    const page = proposals.list({ ...query, offset: rows.length, limit: 500 });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

function lineOf({ name, proposed, local, devices, seen }: Proposal): readonly string[] {
  const [first] = seen;
  const more = devices > 1 ? ` and ${devices - 1} more` : '';
  const evidence = first?.evidence.join('; ') ?? '';
  return [
    name,
    `${what(proposed)}${local ? ' (local only)' : ''}`,
    `${first?.deviceName ?? ''}${more}`,
    evidence.length > 100 ? `${evidence.slice(0, 99)}…` : evidence,
  ];
}

function what(proposed: Proposal['proposed']): string {
  if (proposed.kind === 'service') return `service (${proposed.serviceKind})`;
  if (proposed.kind === 'vlan') return `VLAN ${proposed.number}`;
  return proposed.vlan === null ? 'prefix' : `prefix of VLAN ${proposed.vlan}`;
}

import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { PrefixUse, TreeRow } from '../../../../shared/model/networks.ts';
import { createNetworks, type Networks } from '../../networks/index.ts';
import { openInventory } from '../open-inventory.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import { kindNamed } from './record-input.ts';

interface OutputOptions extends DataOption {
  readonly json?: true;
}

function withNetworks(data: string, work: (networks: Networks) => void): void {
  const database = openInventory(data);
  try {
    work(createNetworks(database));
  } finally {
    database.close();
  }
}

/** `rackhelm next-prefix PREFIX --length N`: the lowest of that length in it that touch no other. */
export function nextPrefix(
  within: string,
  {
    data,
    json,
    length,
    count,
  }: OutputOptions & { readonly length: number; readonly count: number },
): void {
  withNetworks(data, (networks) => {
    const { prefixes } = networks.freePrefixes({ within, length, count, from: null });
    if (prefixes.length === 0) {
      throw new RackhelmError('NOT_FOUND', `${within} has no free /${length}.`, {
        hint: 'Ask for a longer one: rackhelm list prefix --tree shows what is there.',
      });
    }
    if (json) printJson(prefixes);
    else print(prefixes.map((prefix) => `${prefix}\n`).join(''));
  });
}

const pageSize = 500;

/** `rackhelm list prefix --tree`: the prefixes in which they nest, with how full they are. */
export function listPrefixTree(
  kindWord: string,
  words: readonly string[],
  { data, json, limit }: OutputOptions & { readonly limit: number },
): void {
  if (kindNamed(kindWord).name !== 'prefix') {
    throw new RackhelmError('INVALID_INPUT', 'Only prefixes nest in each other.', {
      hint: 'rackhelm list prefix --tree',
    });
  }
  withNetworks(data, (networks) => {
    const rows: TreeRow[] = [];
    let total = 0;
    do {
      const page = networks.tree({
        search: words.join(' ').slice(0, 200),
        closed: [],
        free: false,
        offset: rows.length,
        limit: Math.min(pageSize, limit - rows.length),
      });
      total = page.total;
      rows.push(...page.rows);
      if (page.rows.length === 0) break;
    } while (rows.length < Math.min(total, limit));
    if (json) return printJson(rows);
    const lines = rows.flatMap((row) => (row.type === 'prefix' ? [lineOf(row)] : []));
    print(formatTable([['PREFIX', 'VLAN', 'IN USE', 'GATEWAY', 'PURPOSE'], ...lines]));
    if (total > rows.length)
      tell(`${total - rows.length} more are not shown; --limit shows more.\n`);
  });
}

function lineOf(row: Extract<TreeRow, { type: 'prefix' }>): string[] {
  return [
    `${'  '.repeat(row.depth)}${row.prefix}`,
    row.vlan === null ? '' : `${row.vlan.number} ${row.vlan.name}`,
    usedText(row.use),
    row.gateway ?? '',
    row.purpose ?? '',
  ];
}

/** Nobody fills an IPv6 network: its size says nothing. */
function usedText({ size, used, ranged }: PrefixUse): string {
  return size > 2 ** 24 ? String(used + ranged) : `${used + ranged}/${size}`;
}

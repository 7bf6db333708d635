import { LeaseList, type ReadLeases } from './lease-line.ts';

interface Block {
  readonly line: number;
  readonly address: string;
  readonly values: Map<string, string>;
}

/** Statements that say something of a lease; a block has some dozen at the most. */
const statement =
  /^\s*(ends|hardware ethernet|client-hostname|binding state)\s+("(?:[^"\\]|\\.)*"|[^;"]*);/;

/** `dhcpd.leases`: blocks in the order in which they were written; the last one of an address counts. */
export function readIscDhcpd(text: string): ReadLeases {
  const list = new LeaseList();
  let block: Block | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    const opened = /^\s*lease\s+(\S+)\s*\{/.exec(line);
    if (opened) {
      if (block) list.lose(block.line, 'This lease is not closed.');
      block = { line: at + 1, address: opened[1] ?? '', values: new Map() };
    } else if (block && /^\s*\}/.test(line)) {
      take(list, block);
      block = undefined;
    } else if (block) {
      const [, key, value] = statement.exec(line) ?? [];
      if (key !== undefined && value !== undefined) block.values.set(key, value);
    }
  }
  if (block) list.lose(block.line, 'This lease is not closed.');
  return list.read();
}

function take(list: LeaseList, { line, address, values }: Block): void {
  const state = values.get('binding state')?.trim();
  if (state !== undefined && state !== 'active') {
    list.end(address);
    return;
  }
  list.add(line, {
    address,
    mac: values.get('hardware ethernet')?.trim(),
    name: values.get('client-hostname')?.replace(/^"|"$/g, ''),
    expires: endOf(values.get('ends') ?? 'never'),
  });
}

/** `4 2026/11/30 22:00:00` (UTC), `epoch 1764540000`, `never`. */
function endOf(text: string): number | null {
  const epoch = /^epoch\s+(\d{1,12})/.exec(text.trim());
  if (epoch) return Number(epoch[1]);
  const [, date, time] = /(\d{4}\/\d\d\/\d\d)\s+(\d\d:\d\d:\d\d)/.exec(text) ?? [];
  const at = Date.parse(`${date?.replaceAll('/', '-')}T${time}Z`);
  return Number.isNaN(at) ? null : at / 1000;
}

import { LeaseList, type ReadLeases } from './lease-line.ts';

/** `kea-leases4.csv` and `kea-leases6.csv`: columns by their heading; the last line of an address counts. */
export function readKea(text: string): ReadLeases {
  const list = new LeaseList();
  const [heading = '', ...lines] = text.split('\n');
  const columns = heading.trim().split(',');
  const at = (name: string) => columns.indexOf(name);
  const [address, mac, name, expire, state, lifetime] = [
    at('address'),
    at('hwaddr'),
    at('hostname'),
    at('expire'),
    at('state'),
    at('valid_lifetime'),
  ];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const cells = line.trim().split(',');
    const cell = (column: number) => (column < 0 ? undefined : cells[column]);
    const told = cell(address);
    // Commas inside of values are written as &#x2c, so that every line has as many.
    if (told === undefined || cells.length < columns.length - 2) {
      list.lose(index + 2, 'This line has other columns than the heading.');
      continue;
    }
    const given = (cell(state) ?? '0') === '0' && cell(lifetime) !== '0';
    if (!given) list.end(told);
    else {
      const seconds = Number(cell(expire));
      list.add(index + 2, {
        address: told,
        mac: cell(mac),
        name: cell(name)?.replaceAll('&#x2c', ','),
        expires: Number.isSafeInteger(seconds) && seconds > 0 ? seconds : null,
      });
    }
  }
  return list.read();
}

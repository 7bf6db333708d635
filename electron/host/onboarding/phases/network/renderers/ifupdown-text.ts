import { familiesOf, type IpFamily, ofFamily, type Wanted } from '../wanted.ts';

/** A stanza of interfaces(5): its first line, and what belongs to it. Comments before one stay before it. */
interface Stanza {
  readonly words: readonly string[];
  readonly lines: readonly string[];
}

const begins =
  /^\s*(iface|auto|allow-\S+|mapping|source|source-directory|rename|template|no-auto-down|no-scripts)\s/;

function stanzasOf(text: string): Stanza[] {
  const stanzas: { words: string[]; lines: string[] }[] = [{ words: [], lines: [] }];
  let continued = false;
  for (const line of text.split('\n')) {
    if (!continued && begins.test(line))
      stanzas.push({ words: line.trim().split(/\s+/), lines: [] });
    stanzas.at(-1)?.lines.push(line);
    continued = line.endsWith('\\');
  }
  return stanzas;
}

export function mentions(text: string, link: string): boolean {
  return stanzasOf(text).some(({ words: [kind, name] }) => kind === 'iface' && name === link);
}

/** Whether a line brings it up at boot or when it is plugged in. */
export function startsByItself(text: string, link: string): boolean {
  return stanzasOf(text).some(
    ({ words: [kind = '', ...names] }) => /^(auto|allow-\S+)$/.test(kind) && names.includes(link),
  );
}

const addressKeys = /^\s*(address|netmask|network|broadcast|gateway)\s/;
const nameKeys = /^\s*dns-(nameservers?|search|domain)\s/;

/** The text with these addresses for the interface; comments and other options stay. */
export function ifupdownText(text: string, wanted: Wanted, startsAlready: boolean): string {
  let now = text;
  for (const family of familiesOf(wanted)) now = withFamily(now, wanted, family);
  if (startsAlready) return now;
  const auto = `auto ${wanted.link}\n`;
  const at = now.search(
    new RegExp(`^[ \\t]*iface[ \\t]+${wanted.link.replaceAll('.', '\\.')}[ \\t]`, 'm'),
  );
  return `${now.slice(0, at)}${auto}${now.slice(at)}`;
}

function withFamily(text: string, wanted: Wanted, family: IpFamily): string {
  const inet = family === 4 ? 'inet' : 'inet6';
  const addresses = ofFamily(wanted.addresses, family);
  let count = 0;
  const stanzas = stanzasOf(text).flatMap((stanza): readonly Stanza[] => {
    const [kind, name, its] = stanza.words;
    if (kind !== 'iface' || name !== wanted.link || its !== inet) return [stanza];
    const index = count;
    count += 1;
    if (index >= addresses.length) return [{ words: [], lines: trailing(stanza.lines) }];
    return [edited(stanza, optionsOf(wanted, family, index))];
  });
  const lines = stanzas.flatMap((stanza) => [...stanza.lines]);
  const more = addresses.slice(count).map((_, index) => {
    const options = optionsOf(wanted, family, count + index);
    const device = wanted.vlan === null ? [] : [`vlan-raw-device ${wanted.parent}`];
    return [
      `iface ${wanted.link} ${inet} static`,
      ...[...options, ...device].map((one) => `    ${one}`),
    ];
  });
  if (more.length === 0) return lines.join('\n');
  return appended(lines.join('\n'), more.map((stanza) => stanza.join('\n')).join('\n'));
}

/** Own stanzas come last; a text ends with a line end, and a stanza stands apart from what was before. */
function appended(text: string, stanzas: string): string {
  const before = text.replace(/\n*$/, '');
  return `${before === '' ? '' : `${before}\n\n`}${stanzas}\n`;
}

function optionsOf(wanted: Wanted, family: IpFamily, index: number): string[] {
  const address = ofFamily(wanted.addresses, family)[index];
  const isFirst = index === 0 && family === familiesOf(wanted)[0];
  const gateways = index === 0 ? ofFamily(wanted.gateways, family) : [];
  return [
    `address ${address}`,
    ...gateways.map((gateway) => `gateway ${gateway}`),
    ...(isFirst && wanted.dns.length > 0 ? [`dns-nameservers ${wanted.dns.join(' ')}`] : []),
    ...(isFirst && wanted.search.length > 0 ? [`dns-search ${wanted.search.join(' ')}`] : []),
  ];
}

function edited({ words, lines }: Stanza, options: readonly string[]): Stanza {
  const [head = '', ...rest] = lines;
  const indent = rest.map((line) => /^(\s+)\S/.exec(line)?.[1]).find(Boolean) ?? '    ';
  const names = options.some((option) => option.startsWith('dns-'));
  const isOld = (line: string) => addressKeys.test(line) || (names && nameKeys.test(line));
  const kept = rest.filter((line) => !isOld(line));
  const method = words[3] === 'static' ? head : head.replace(/(\s)\S+\s*$/, '$1static');
  return { words, lines: [method, ...options.map((one) => `${indent}${one}`), ...kept] };
}

/** Comments and empty lines at the end of a stanza belong to what comes after it. */
function trailing(lines: readonly string[]): string[] {
  let from = lines.length;
  while (from > 1 && /^\s*(#|$)/.test(lines[from - 1] ?? '')) from -= 1;
  return lines.slice(from);
}

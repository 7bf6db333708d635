import { type Document, isMap, isScalar, isSeq, parseDocument, Scalar, type YAMLMap } from 'yaml';
import { notPossible } from '../../../../engine/phases/index.ts';
import { familiesOf, familyOf, type Wanted } from '../wanted.ts';

/** Where a file defines an interface: `ethernets`, `lan`. */
export interface Definition {
  readonly kind: string;
  readonly id: string;
}

const kinds = ['ethernets', 'bonds', 'bridges', 'vlans', 'dummy-devices'];

export function definitionsOf(
  text: string,
  { link, mac }: { readonly link: string; readonly mac: string | null },
): Definition[] {
  const document = read(text);
  return kinds.flatMap((kind) => {
    const map = document.getIn(['network', kind]);
    if (!isMap(map)) return [];
    return map.items.flatMap(({ key, value }) => {
      const id = isScalar(key) ? String(key.value) : '';
      return isMap(value) && isMeant(value, id, { link, mac }) ? [{ kind, id }] : [];
    });
  });
}

function isMeant(
  map: YAMLMap,
  id: string,
  { link, mac }: { readonly link: string; readonly mac: string | null },
): boolean {
  if (map.get('set-name') === link) return true;
  const match = map.get('match');
  if (!isMap(match)) return id === link;
  const macaddress = match.get('macaddress');
  if (typeof macaddress === 'string') return macaddress.toLowerCase() === mac;
  return match.get('name') === link;
}

/** The text with these addresses; other keys, comments and files stay as they are. */
export function netplanText(text: string, wanted: Wanted, { kind, id }: Definition): string {
  const document = read(text);
  const before = JSON.stringify(document.toJS());
  const isNewVlan = wanted.vlan !== null && kind !== 'vlans';
  const place = ['network', isNewVlan ? 'vlans' : kind, isNewVlan ? wanted.link : id];
  if (isNewVlan) document.setIn(place, document.createNode({ id: wanted.vlan, link: id }));
  const map = document.getIn(place);
  if (!isMap(map)) throw notPossible(`${id} of netplan is no map.`);
  setAddresses(document, map, wanted);
  setRoutes(document, map, wanted);
  setNames(document, map, wanted);
  // What says the same already stays as it was written.
  if (JSON.stringify(document.toJS()) === before) return text;
  return document.toString({ lineWidth: 0, ...styleOf(text) });
}

function read(text: string): Document.Parsed {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error)
    throw notPossible(`A file of netplan cannot be read: ${error.message.split('\n')[0]}.`);
  return document;
}

/** How its author indents. */
function styleOf(text: string): { indent: number; indentSeq: boolean } {
  const indent = /^network:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( +)\S/m.exec(text)?.[1]?.length ?? 2;
  const list = /^( *)[a-z0-9-]+:[ \t]*\n( *)- /m.exec(text);
  return { indent, indentSeq: !list || (list[2]?.length ?? 0) > (list[1]?.length ?? 0) };
}

function setAddresses(document: Document, map: YAMLMap, wanted: Wanted): void {
  const families = familiesOf(wanted);
  for (const family of families) {
    if (map.get(`dhcp${family}`) !== undefined) map.set(`dhcp${family}`, false);
    map.delete(`gateway${family}`);
  }
  const others = listOf(map, 'addresses').filter((item) => {
    const text = textOf(item);
    return text === null || !families.includes(familyOf(text));
  });
  setList(document, map, 'addresses', [...wanted.addresses.map(quoted), ...others]);
}

function setRoutes(document: Document, map: YAMLMap, { gateways, ...wanted }: Wanted): void {
  const families = familiesOf(wanted);
  const others = listOf(map, 'routes').filter((item) => {
    if (!isMap(item)) return true;
    const [to, via] = [String(item.get('to')), item.get('via')];
    const isDefault = ['default', '0.0.0.0/0', '::/0'].includes(to);
    return !(isDefault && typeof via === 'string' && families.includes(familyOf(via)));
  });
  const ours = gateways.map((gateway) => {
    return document.createNode({ to: 'default', via: quoted(gateway) });
  });
  if (others.length + ours.length === 0) map.delete('routes');
  else setList(document, map, 'routes', [...ours, ...others]);
}

function setNames(document: Document, map: YAMLMap, { dns, search }: Wanted): void {
  if (dns.length === 0 && search.length === 0) return;
  if (!isMap(map.get('nameservers'))) map.set('nameservers', document.createNode({}));
  const names = map.get('nameservers');
  if (!isMap(names)) return;
  if (dns.length > 0) setList(document, names, 'addresses', dns.map(quoted));
  if (search.length > 0) setList(document, names, 'search', [...search]);
}

function listOf(map: YAMLMap, key: string): readonly unknown[] {
  const list = map.get(key);
  return isSeq(list) ? list.items : [];
}

/** Writes the list anew only where it says something else. */
function setList(document: Document, map: YAMLMap, key: string, items: readonly unknown[]): void {
  const list = document.createNode(items);
  const now = map.get(key, true);
  const same =
    isSeq(now) && isSeq(list) && JSON.stringify(now.toJSON()) === JSON.stringify(list.toJSON());
  if (!same) map.set(key, list);
}

/** The address of an item: a text, or a map with options whose key it is. */
function textOf(item: unknown): string | null {
  if (isScalar(item)) return String(item.value);
  if (!isMap(item)) return null;
  const [first] = item.items;
  return isScalar(first?.key) ? String(first.key.value) : null;
}

/** IPv6 in quotes: a plain `::` is read in several ways. */
function quoted(address: string): Scalar | string {
  if (familyOf(address) === 4) return address;
  const scalar = new Scalar(address);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

import path from 'node:path';
import { quote } from '../../../../connections/ssh/index.ts';
import { notPossible } from '../../../../engine/phases/index.ts';
import type { Asked, Renderer } from '../renderer.ts';
import type { Wanted } from '../wanted.ts';
import { type Definition, definitionsOf, netplanText } from './netplan-text.ts';

const own = '/etc/netplan';

/** netplan, which writes the files of networkd or NetworkManager itself. */
export const netplan: Renderer = {
  id: 'netplan',
  name: 'netplan',
  patterns: [`${own}/*.yaml`, '/run/netplan/*.yaml', '/lib/netplan/*.yaml'],

  edit(asked) {
    const { file, definition } = definedIn(asked);
    const target = `${own}/${path.posix.basename(file)}`;
    const before = asked.files.get(target) ?? null;
    const text = asked.files.get(file) ?? '';
    return {
      path: target,
      before,
      after: netplanText(text, asked.wanted, definition),
      mode: 0o600,
    };
  },

  activation: ({ link }, { path: target }) => ({
    check: [
      `mkdir -p "$d/root${own}" && cp -p ${own}/*.yaml "$d/root${own}/" 2>/dev/null`,
      `cat "$f" >"$d/root"${quote(target)} && netplan generate --root-dir "$d/root"`,
    ],
    activate: [
      `netplan apply || { netplan generate && networkctl reload && networkctl reconfigure ${quote(link)}; }`,
    ],
  }),
};

/** The one file that says something of the interface; the parent's for a VLAN that is new. */
function definedIn({ files, wanted }: Asked): { file: string; definition: Definition } {
  const found = (wanted.vlan === null ? [] : search(files, { ...wanted }, wanted.link)).concat();
  const all = found.length > 0 ? found : search(files, wanted, wanted.parent);
  const [one, ...others] = all;
  if (!one)
    throw notPossible(`No file of netplan names ${wanted.parent} by its name or its MAC alone.`);
  if (others.length > 0) {
    const paths = all.map(({ file }) => file).join(', ');
    throw notPossible(`${wanted.link} is set up in several places: ${paths}.`);
  }
  return one;
}

function search(files: Asked['files'], wanted: Wanted, link: string) {
  return [...files].flatMap(([file, text]) =>
    definitionsOf(text, { link, mac: link === wanted.parent ? wanted.mac : null }).map(
      (definition) => ({ file, definition }),
    ),
  );
}

import { quote } from '../../../../connections/ssh/index.ts';
import { notPossible } from '../../../../engine/phases/index.ts';
import type { Files, Renderer } from '../renderer.ts';
import { ifupdownText, mentions, startsByItself } from './ifupdown-text.ts';

const main = '/etc/network/interfaces';

/** busybox has no long options, and Debian's has no short one for this. */
const force = `force=--force; case $(readlink "$(command -v ifup)" 2>/dev/null) in *busybox*) force=-f ;; esac`;

/** ifupdown: Debian's, busybox's or Alpine's ifupdown-ng. */
export const ifupdown: Renderer = {
  id: 'ifupdown',
  name: 'ifupdown',
  patterns: [main, `${main}.d/*`],

  edit({ files, wanted }) {
    const path = fileOf(files, wanted.link);
    const before = files.get(path) ?? null;
    const starts = [...files.values()].some((text) => startsByItself(text, wanted.link));
    return { path, before, after: ifupdownText(before ?? '', wanted, starts), mode: 0o644 };
  },

  activation: ({ link }) => {
    const name = quote(link);
    return {
      check: [force, `ifup -n "$force" -i "$f" ${name} >/dev/null`],
      activate: [
        force,
        `[ ! -s "$from" ] || ifdown "$force" -i "$from" ${name}`,
        `ip addr flush dev ${name} scope global`,
        `ifup "$force" ${name}`,
      ],
    };
  },
};

/** The file that says something of the interface. */
function fileOf(files: Files, link: string): string {
  const paths = [...files.keys()].filter((path) => mentions(files.get(path) ?? '', link));
  if (paths.length > 1)
    throw notPossible(`${link} is set up in several files: ${paths.join(', ')}.`);
  return paths[0] ?? main;
}

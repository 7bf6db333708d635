import type { LintInventory, LintRow } from '../lint-inventory.ts';
import { text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

export const outletTwice: Rule = {
  name: 'outlet-twice',
  title: 'Outlets with two plugs in them',
  *find(inventory) {
    for (const [id, links] of inventory.by('power-link', 'source')) {
      const outlet = inventory.row('power-point', id);
      if (outlet?.values.role !== 'outlet' || links.length < 2) continue;
      const inputs = links.flatMap(
        ({ values }) => inventory.row('power-point', values.input) ?? [],
      );
      yield {
        severity: 'error',
        message: `${inventory.nameOf('power-point', outlet)} feeds ${links.length} inputs.`,
        hint: 'An outlet takes one plug. Move the other, or add the strip that is in between.',
        subjects: [outlet, ...inputs].map((row) => inventory.subject('power-point', row)),
      };
    }
  },
};

export const sameFeed: Rule = {
  name: 'same-feed',
  title: 'Devices whose supplies hang on one source',
  *find(inventory) {
    for (const [id, points] of inventory.by('power-point', 'device')) {
      const inputs = points.filter(({ values }) => values.role === 'input');
      const device = inventory.row('device', id);
      if (inputs.length < 2 || device === undefined || isSource(device)) continue;
      const sources = inputs.map((input) => beginning(inventory, input));
      const [first] = sources;
      if (first === undefined || sources.some((source) => source?.id !== first.id)) continue;
      yield {
        severity: 'note',
        message: `All supplies of ${text(device, 'name')} hang on ${inventory.nameOf('power-point', first)}.`,
        hint: 'When that goes, the device goes; plug one into another feed.',
        subjects: [inventory.subject('device', device), inventory.subject('power-point', first)],
      };
    }
  },
};

const isSource = ({ values }: LintRow) => values.kind === 'ups' || values.kind === 'pdu';

/** Longer than any chain that is built, so that a circle ends as well. */
const longest = 50;

/** Where the power of an input comes from in the end; undefined where it is not plugged in. */
function beginning(inventory: LintInventory, input: LintRow): LintRow | undefined {
  let at: LintRow | undefined = input;
  let source: LintRow | undefined;
  for (let step = 0; step < longest && at !== undefined; step += 1) {
    const [link]: readonly LintRow[] = inventory.of('power-link', 'input', at.id);
    const before: LintRow | undefined =
      link === undefined
        ? inventory.row('power-point', at.values.fedBy)
        : inventory.row('power-point', link.values.source);
    source = before ?? source;
    at = before;
  }
  return source;
}

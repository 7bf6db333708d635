import type { Rule } from '../rule.ts';

export const vlanNumberTwice: Rule = {
  name: 'vlan-number-twice',
  title: 'VLAN numbers that are used twice',
  *find(inventory) {
    for (const [number, rows] of inventory.by('vlan', 'number')) {
      if (rows.length < 2) continue;
      yield {
        severity: 'error',
        message: `${rows.length} VLANs have the number ${number}.`,
        hint: 'On the wire they are one and the same network. Give one another number.',
        subjects: rows.map((row) => inventory.subject('vlan', row, 'number')),
      };
    }
  },
};

export const untaggedTwice: Rule = {
  name: 'untagged-twice',
  title: 'Ports with two untagged VLANs',
  *find(inventory) {
    for (const [id, memberships] of inventory.by('vlan-membership', 'interface')) {
      const untagged = memberships.filter(({ values }) => values.tagged === false);
      const port = inventory.row('interface', id);
      if (untagged.length < 2 || port === undefined) continue;
      const names = untagged.map(({ values }) =>
        inventory.nameOf('vlan', inventory.row('vlan', values.vlan)),
      );
      yield {
        severity: 'error',
        message: `${inventory.nameOf('interface', port)} has ${untagged.length} untagged VLANs: ${names.slice(0, 4).join(', ')}.`,
        hint: 'A frame without a tag can belong to one VLAN only. Tag all but one.',
        subjects: [
          inventory.subject('interface', port),
          ...untagged.map((row) => inventory.subject('vlan-membership', row, 'tagged')),
        ],
      };
    }
  },
};

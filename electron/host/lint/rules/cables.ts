import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import type { LintInventory, LintKind, LintRow } from '../lint-inventory.ts';
import { text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

const ends = [
  { field: 'interface', kind: 'interface' },
  { field: 'port', kind: 'port' },
] as const satisfies readonly { field: string; kind: LintKind }[];

const isThere = (inventory: LintInventory, end: LintRow) =>
  inventory.row('cable', end.values.cable)?.values.status === 'connected';

export const portCabledTwice: Rule = {
  name: 'port-cabled-twice',
  title: 'Ports with two cables in them',
  *find(inventory) {
    for (const { field, kind } of ends) {
      for (const [id, all] of inventory.by('cable-end', field)) {
        const plugged = all.filter((end) => isThere(inventory, end));
        const cables = [...new Set(plugged.map(({ values }) => values.cable))];
        const row = inventory.row(kind, id);
        // The sides of one cable in one port are told of elsewhere.
        if (cables.length < 2 || row === undefined) continue;
        const rows = cables.flatMap((cable) => inventory.row('cable', cable) ?? []);
        yield {
          severity: 'error',
          message: `${inventory.nameOf(kind, row)} has ${cables.length} cables: ${rows
            .map((each) => text(each, 'label'))
            .slice(0, 4)
            .join(', ')}.`,
          hint: 'A port takes one. Move the end of the other, or mark it as planned.',
          subjects: [
            inventory.subject(kind, row),
            ...rows.map((each) => inventory.subject('cable', each)),
          ],
        };
      }
    }
  },
};

export const cableToItself: Rule = {
  name: 'cable-to-itself',
  title: 'Cables that end where they begin',
  *find(inventory) {
    for (const [id, all] of inventory.by('cable-end', 'cable')) {
      const cable = inventory.row('cable', id);
      const places = all.map(({ values }) => values.interface ?? values.port ?? null);
      const twice = places.find((place, at) => place !== null && places.indexOf(place) !== at);
      // Lanes of a breakout may share the port that they break out of.
      const sides = all.filter(({ values }) => (values.interface ?? values.port) === twice);
      if (twice === undefined || new Set(sides.map(({ values }) => values.side)).size < 2) continue;
      if (cable === undefined) continue;
      yield {
        severity: 'error',
        message: `Both sides of ${text(cable, 'label')} are in the same port.`,
        hint: 'Choose another port for one of its ends.',
        subjects: [inventory.subject('cable', cable)],
      };
    }
  },
};

/** The most that a kind of cable carries at the lengths of a rack, in Mbit/s. */
const fastest: Readonly<Record<string, number>> = {
  cat5e: 5_000,
  cat6: 10_000,
  cat6a: 10_000,
  cat8: 40_000,
};

const speedField = kindOf('interface').fields.speedMbps;
const inWords = (mbps: number) =>
  speedField === undefined ? String(mbps) : formatTyped(speedField, mbps);

export const cableSpeeds: Rule = {
  name: 'cable-speeds',
  title: 'Speeds that do not fit',
  *find(inventory) {
    for (const [id, all] of inventory.by('cable-end', 'cable')) {
      const cable = inventory.row('cable', id);
      if (cable === undefined || cable.values.status === 'decommissioned') continue;
      const ports = all.flatMap(({ values }) => inventory.row('interface', values.interface) ?? []);
      const speeds = ports.flatMap(({ values }) =>
        typeof values.speedMbps === 'number' ? [values.speedMbps] : [],
      );
      const [slow, fast] = [Math.min(...speeds), Math.max(...speeds)];
      const subjects = [
        inventory.subject('cable', cable, 'type'),
        ...ports.map((port) => inventory.subject('interface', port, 'speedMbps')),
      ];
      // A breakout shares its fast side among slower ones.
      if (all.length === 2 && speeds.length === 2 && slow !== fast) {
        yield {
          severity: 'warning',
          message: `${text(cable, 'label')} joins ${inWords(fast)} to ${inWords(slow)}.`,
          hint: 'The link runs at the slower speed, or not at all where a side cannot go down to it.',
          subjects,
        };
      }
      const most = fastest[text(cable, 'type')];
      if (most !== undefined && speeds.length > 0 && slow > most) {
        yield {
          severity: 'warning',
          message: `${text(cable, 'label')} is ${text(cable, 'type')}, which does not carry ${inWords(slow)}.`,
          hint: `It carries up to ${inWords(most)}.`,
          subjects,
        };
      }
    }
  },
};

export const cableHalf: Rule = {
  name: 'cable-half',
  title: 'Cables that end nowhere',
  *find(inventory) {
    for (const cable of inventory.rows('cable')) {
      if (cable.values.status !== 'connected') continue;
      const sides = new Set(
        inventory
          .of('cable-end', 'cable', cable.id)
          .filter(({ values }) => values.interface !== null || values.port !== null)
          .map(({ values }) => values.side),
      );
      if (sides.size === 2) continue;
      yield {
        severity: 'note',
        message:
          sides.size === 1
            ? `One side of ${text(cable, 'label')} ends nowhere.`
            : `${text(cable, 'label')} is plugged in nowhere.`,
        hint: 'Say which port it is in, or mark it as planned.',
        subjects: [inventory.subject('cable', cable)],
      };
    }
  },
};

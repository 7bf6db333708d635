import {
  depthDoubt,
  type RackFrame,
  refusal,
  type Standing,
} from '../../../../shared/topology/placement.ts';
import { refusalText } from '../../../../shared/topology/placement-words.ts';
import type { LintInventory, LintRow } from '../lint-inventory.ts';
import { text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

interface Placed {
  readonly row: LintRow;
  readonly standing: Standing;
}

/** Each rack with what stands in it, as the rules of placement see it. */
function* racksIn(inventory: LintInventory): Generator<{
  readonly row: LintRow;
  readonly frame: RackFrame;
  readonly gear: readonly Placed[];
}> {
  for (const [id, devices] of inventory.by('device', 'rack')) {
    const row = inventory.row('rack', id);
    if (row === undefined) continue;
    const { heightUnits, width, depth } = row.values;
    const frame: RackFrame = {
      name: text(row, 'name'),
      heightUnits: Number(heightUnits ?? 0),
      width: typeof width === 'string' ? width : null,
      depth: typeof depth === 'number' ? depth : null,
    };
    const gear = devices.map((device) => ({
      row: device,
      standing: standingOf(inventory, device),
    }));
    yield { row, frame, gear };
  }
}

function standingOf(inventory: LintInventory, { id, values }: LintRow): Standing {
  const type = inventory.row('device-type', values.deviceType)?.values;
  const parent = inventory.row('device', values.parent);
  // The kinds of the fields say which values there are.
  return {
    id,
    name: String(values.name ?? ''),
    position: values.position as number | null,
    heightUnits: Number(values.heightUnits ?? 0),
    face: values.face as Standing['face'],
    side: values.side as Standing['side'],
    width: (type?.width ?? null) as Standing['width'],
    fullDepth: (type?.fullDepth ?? null) as boolean | null,
    depth: (type?.depth ?? null) as number | null,
    onParent: parent !== undefined && parent.values.rack === values.rack,
  };
}

/** The same clash seen from the other device is not told again. */
export const placeTaken: Rule = {
  name: 'place-taken',
  title: 'Devices that cannot stand where they do',
  *find(inventory) {
    for (const { frame, gear } of racksIn(inventory)) {
      const standing = gear.map((one) => one.standing);
      for (const [at, one] of gear.entries()) {
        const refused = refusal(frame, one.standing, standing.slice(at + 1));
        if (refused === null) continue;
        const other = gear.find(({ row }) => refused.kind === 'taken' && row.id === refused.by.id);
        yield {
          severity: 'error',
          message: refusalText(refused, one.standing, { rack: frame }),
          hint: 'Move one of them, or correct its height.',
          subjects: [one, ...(other === undefined ? [] : [other])].map(({ row }) =>
            inventory.subject('device', row, 'position'),
          ),
        };
      }
    }
  },
};

export const deeperThanRack: Rule = {
  name: 'deeper-than-rack',
  title: 'Devices deeper than their rack',
  *find(inventory) {
    for (const { row: rack, frame, gear } of racksIn(inventory)) {
      const standing = gear.map((one) => one.standing);
      for (const [at, { row, standing: one }] of gear.entries()) {
        const doubt = depthDoubt(frame, one, standing.slice(at + 1));
        if (doubt === null) continue;
        const { by } = doubt;
        const behind = gear.find((other) => other.row.id === by?.id);
        yield {
          severity: 'warning',
          message:
            by === null
              ? `${one.name} is ${one.depth} mm deep, but ${frame.name} only ${frame.depth} mm.`
              : `${one.name} and ${by.name} behind it are deeper together than the ${frame.depth} mm of ${frame.name}.`,
          hint: 'It stands out at the rear, or does not go in at all.',
          subjects: [
            inventory.subject('device', row, 'rack'),
            behind === undefined
              ? inventory.subject('rack', rack, 'depth')
              : inventory.subject('device', behind.row, 'rack'),
          ],
        };
      }
    }
  },
};

export const serialTwice: Rule = {
  name: 'serial-twice',
  title: 'Serial numbers of two devices',
  *find(inventory) {
    for (const [serial, rows] of inventory.by('device', 'serial')) {
      if (rows.length < 2) continue;
      yield {
        severity: 'note',
        message: `${rows.length} devices have the serial number ${serial}.`,
        hint: 'One machine that is there twice, or a number that its maker never filled in.',
        subjects: rows.map((row) => inventory.subject('device', row, 'serial')),
      };
    }
  },
};

export const hostnameTwice: Rule = {
  name: 'hostname-twice',
  title: 'Host names of two devices',
  *find(inventory) {
    for (const [hostname, rows] of inventory.by('device', 'hostname')) {
      const alive = rows.filter(({ values }) => values.status !== 'retired');
      if (alive.length < 2) continue;
      yield {
        severity: 'warning',
        message: `${alive.length} devices have the host name ${hostname}.`,
        hint: 'A cluster takes them for one node, and so do logs. Give one another name.',
        subjects: alive.map((row) => inventory.subject('device', row, 'hostname')),
      };
    }
  },
};

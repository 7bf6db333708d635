import { text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

export const deeperThanRack: Rule = {
  name: 'deeper-than-rack',
  title: 'Devices deeper than their rack',
  *find(inventory) {
    for (const device of inventory.rows('device')) {
      const rack = inventory.row('rack', device.values.rack);
      const depth = inventory.row('device-type', device.values.deviceType)?.values.depth;
      const room = rack?.values.depth;
      if (rack === undefined || typeof depth !== 'number' || typeof room !== 'number') continue;
      if (depth <= room) continue;
      yield {
        severity: 'warning',
        message: `${text(device, 'name')} is ${depth} mm deep, but ${text(rack, 'name')} only ${room} mm.`,
        hint: 'It stands out at the rear, or does not go in at all.',
        subjects: [
          inventory.subject('device', device, 'rack'),
          inventory.subject('rack', rack, 'depth'),
        ],
      };
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

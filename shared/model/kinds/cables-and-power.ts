import { choice, colour, comment, number, reference, text, watts } from './field.ts';
import { defineKind } from './kind.ts';

export const cable = defineKind({
  name: 'cable',
  table: 'cable',
  label: 'Cable',
  plural: 'Cables',
  key: ['label'],
  named: true,
  fields: {
    label: text('Label', { required: true, most: 200 }),
    type: choice('Type', [
      'cat5e',
      'cat6',
      'cat6a',
      'cat8',
      'dac',
      'aoc',
      'fibre-multimode',
      'fibre-singlemode',
      'usb',
      'console',
      'power',
      'other',
    ]),
    status: choice('Status', ['connected', 'planned', 'decommissioned'], {
      required: true,
      standard: 'connected',
    }),
    colour,
    length: number('Length', 1, 10_000_000, { type: 'length' }),
    comment,
  },
});

/** A cable has two sides; a breakout has several ends on one of them. */
export const cableEnd = defineKind({
  name: 'cable-end',
  table: 'cable_end',
  label: 'Cable end',
  plural: 'Cable ends',
  key: ['cable', 'side', 'lane'],
  named: true,
  owner: 'cable',
  fields: {
    cable: reference('Cable', 'cable', { required: true }),
    side: choice('Side', ['a', 'b'], { required: true }),
    lane: number('Lane', 1, 64, { required: true, standard: 1 }),
    interface: reference('Interface', 'interface'),
    port: reference('Port', 'port'),
  },
});

/** Where power comes in or goes out: a mains breaker, a UPS's or a PDU's outlet, a supply. */
export const powerPoint = defineKind({
  name: 'power-point',
  table: 'power_point',
  label: 'Power point',
  plural: 'Power points',
  key: ['device', 'name'],
  named: true,
  owner: 'device',
  fields: {
    device: reference('Device', 'device', { help: 'None for a breaker of the house.' }),
    site: reference('Site', 'site'),
    name: text('Name', { required: true, most: 200 }),
    role: choice('Role', ['breaker', 'outlet', 'input'], { required: true }),
    type: text('Connector', { most: 100 }),
    feed: choice('Feed', ['A', 'B']),
    phase: choice('Phase', ['L1', 'L2', 'L3']),
    volts: number('Voltage', 1, 1_000, { type: 'volts' }),
    amperes: number('Current', 1, 1_000, { type: 'amperes' }),
    nameplate: watts('Nameplate power'),
    measured: watts('Measured power'),
    fedBy: reference('Fed by', 'power-point', { help: 'The input that feeds this outlet.' }),
    ordinal: number('Order', 0, 10_000_000),
    comment,
  },
});

export const powerLink = defineKind({
  name: 'power-link',
  table: 'power_link',
  label: 'Power link',
  plural: 'Power links',
  key: ['input'],
  named: true,
  owner: 'input',
  fields: {
    source: reference('From', 'power-point', { required: true }),
    input: reference('To', 'power-point', { required: true }),
    comment,
  },
});

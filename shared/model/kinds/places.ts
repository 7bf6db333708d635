import { choice, comment, number, reference, text } from './field.ts';
import { defineKind } from './kind.ts';

export const site = defineKind({
  name: 'site',
  table: 'site',
  label: 'Site',
  plural: 'Sites',
  key: ['name'],
  named: true,
  fields: { name: text('Name', { required: true, most: 200 }), comment },
});

export const room = defineKind({
  name: 'room',
  table: 'room',
  label: 'Room',
  plural: 'Rooms',
  key: ['site', 'name'],
  named: true,
  owner: 'site',
  fields: {
    site: reference('Site', 'site', { required: true }),
    name: text('Name', { required: true, most: 200 }),
    comment,
  },
});

export const rack = defineKind({
  name: 'rack',
  table: 'rack',
  label: 'Rack',
  plural: 'Racks',
  key: ['site', 'name'],
  named: true,
  owner: 'site',
  fields: {
    site: reference('Site', 'site', { required: true }),
    room: reference('Room', 'room'),
    name: text('Name', { required: true, most: 200 }),
    heightUnits: number('Height', 1, 100, { type: 'units', required: true }),
    width: choice('Width', ['19', '10', '21', '23'], { help: 'Inches between the rails.' }),
    depth: number('Depth', 50, 3_000, { type: 'length' }),
    comment,
  },
});

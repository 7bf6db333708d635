import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import { findInstallation } from '../installation.ts';
import { readTypeFile } from './read-file.ts';
import { writeTypeFile } from './write-file.ts';

const directory = path.join(
  findInstallation(import.meta.dirname).resourcesDirectory,
  'device-types',
);
const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);
const read = (file: string) => readTypeFile(readFileSync(path.join(directory, file), 'utf8'));
const someId = '0190b0d0-0000-7000-8000-000000000000';

/** What the inventory knows how to read speeds, radios and places from. */
const interfaceTypes =
  /^(100base-tx|1000base-t|1000base-x-sfp|(2\.5|5|10)gbase-t|10gbase-x-sfpp|ieee802\.11(n|ac|ax)|other)$/;

describe('the shipped device types', () => {
  it('are some sixty of what people own', () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  it.each(files)('%s is read whole and fits the inventory', (file) => {
    const [type, ...more] = read(file);
    if (type === undefined) throw new Error('It holds no type');
    expect(more).toEqual([]);
    expect(type.dropped).toEqual([]);
    const { values, ports } = type.draft;
    newValues(kindOf('device-type')).parse(values);
    for (const port of ports) {
      newValues(kindOf('port-template')).parse({ ...port, deviceType: someId });
      if (port.role === 'interface') expect(port.type).toMatch(interfaceTypes);
    }
    expect(values.kind).not.toBeNull();
    expect(values.slug).toMatch(/^[a-z0-9-]+$/);
    const roles = new Set(ports.map(({ role }) => role));
    if (values.kind === 'switch') expect(roles).toContain('interface');
    if (values.kind === 'ups' || values.kind === 'pdu') expect(roles).toContain('power-outlet');
    if (values.bays === 'parent') expect(roles).toContain('device-bay');
    // Every outlet is fed, and whatever draws nothing has no supply.
    for (const { role, powerPort } of ports) {
      if (role === 'power-outlet') expect(powerPort).not.toBeNull();
    }
  });

  it.each(files)('%s is written and read back as the same type', (file) => {
    for (const { draft } of read(file)) {
      expect(readTypeFile(writeTypeFile(draft)).map((again) => again.draft)).toEqual([draft]);
    }
  });

  it('have each a name of their own', () => {
    const types = files.flatMap(read).map(({ draft: { values } }) => values);
    expect(new Set(types.map(({ slug }) => slug)).size).toBe(types.length);
    expect(new Set(types.map(({ manufacturer, model }) => `${manufacturer}/${model}`)).size).toBe(
      types.length,
    );
  });
});

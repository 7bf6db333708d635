import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { readTypeFile } from './read-file.ts';
import { writeTypeFile } from './write-file.ts';

/** In the shape of the library, with all that a file of it may say. */
const chassis = `---
manufacturer: Acme
model: Blade 4
slug: acme-blade-4
part_number: B4-1
u_height: 0.5
is_full_depth: true
airflow: front-to-rear
weight: 12.5
weight_unit: lb
front_image: true
subdevice_role: parent
description: A small chassis
comments: '[Datasheet](https://acme.example/b4)'
interfaces:
  - name: mgmt
    type: 1000base-t
    mgmt_only: true
    enabled: true
  - name: lan1
    type: 1000base-t
    poe_mode: pse
    poe_type: type2-ieee802.3at
    rf_role: ap
console-ports:
  - name: con
    type: rj-45
front-ports:
  - name: F1
    type: lc
    rear_port: R1
    rear_port_position: 1
  - name: F2
    type: lc
    rear_port: R1
    rear_port_position: 2
rear-ports:
  - name: R1
    type: mpo
    positions: 2
power-ports:
  - name: PSU1
    type: iec-60320-c14
    maximum_draw: 500
    allocated_draw: 300
power-outlets:
  - name: Out1
    type: iec-60320-c13
    power_port: PSU1
    feed_leg: B
device-bays:
  - name: Slot 1
module-bays:
  - name: Module 1
    position: '1'
inventory-items:
  - name: Fan
`;

function failure(text: string): string {
  try {
    readTypeFile(text);
  } catch (error) {
    if (error instanceof RackhelmError && error.code === 'FILE_INVALID') return error.message;
    throw error;
  }
  throw new Error('It was read');
}

const small = (more: string) => `manufacturer: Acme\nmodel: X\n${more}`;

describe('a file of the device-type library', () => {
  it('is read as it is', () => {
    const [type] = readTypeFile(chassis);
    expect(type?.draft.values).toEqual({
      manufacturer: 'Acme',
      model: 'Blade 4',
      slug: 'acme-blade-4',
      partNumber: 'B4-1',
      kind: 'other',
      heightUnits: 0.5,
      width: null,
      fullDepth: true,
      depth: null,
      weight: 5670,
      airflow: 'front-to-rear',
      bays: 'parent',
      nameplate: null,
      comment: 'A small chassis\n\n[Datasheet](https://acme.example/b4)',
    });
    const port = (name: string) => type?.draft.ports.find((one) => one.name === name);
    expect(port('mgmt')).toMatchObject({ role: 'interface', management: true, ordinal: 0 });
    expect(port('lan1')).toMatchObject({ poe: 'pse type2-ieee802.3at', ordinal: 1 });
    expect(port('F2')).toMatchObject({ role: 'front-port', rearPort: 'R1', rearPosition: 2 });
    expect(port('R1')).toMatchObject({ role: 'rear-port', positions: 2 });
    expect(port('PSU1')).toMatchObject({ maximumDraw: 500, allocatedDraw: 300 });
    expect(port('Out1')).toMatchObject({ powerPort: 'PSU1', feedLeg: 'B' });
    expect(port('Slot 1')).toMatchObject({ role: 'device-bay' });
  });

  it('says what of it has no place', () => {
    expect(readTypeFile(chassis)[0]?.dropped).toEqual([
      'interfaces.rf_role',
      'module-bays.position',
      'inventory-items',
    ]);
  });

  it('takes for granted what the library takes for granted', () => {
    const [type] = readTypeFile(small(''));
    expect(type?.draft.values).toMatchObject({ heightUnits: 1, fullDepth: true, bays: 'none' });
  });

  it('may hold several, begin with a byte-order mark, and name a model by a number', () => {
    const types = readTypeFile(
      '\uFEFF---\nmanufacturer: A\nmodel: 5000\n---\nmanufacturer: B\nmodel: C\n',
    );
    expect(types.map(({ draft }) => draft.values.model)).toEqual(['5000', 'C']);
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /^Line 1: the file is empty/],
    ['a list', '- a\n- b\n', /^Line 1: no device type/],
    ['no model', 'manufacturer: A\n', /model: a text is needed/],
    ['a wrong type', small('u_height: tall\n'), /^Line 3: u_height/],
    ['a third of a unit', small('u_height: 0.3\n'), /^Line 3: u_height/],
    ['a key twice', small('model: Y\n'), /^Line 3: .*unique/],
    ['bad indentation', small('interfaces:\n - name: a\n  type: b\n'), /^Line [345]:/],
    ['an alias', small('comments: &a x\nslug: *a\n'), /^Line 4: an alias/],
    ['a bomb', `a: &a [x,x]\nb: &b [*a,*a]\n${small('')}`, /^Line 2: an alias/],
    ['a tag of a program', small('comments: !!python/object:os.system x\n'), /^Line 3:/],
    ['a number for a list', small('interfaces: 5\n'), /^Line 3: interfaces/],
    [
      'a port without a name',
      small('interfaces:\n  - name: a\n  - type: b\n'),
      /^Line 5: interfaces\[2\]\.name: a text is needed/,
    ],
    [
      'a name twice',
      small('interfaces:\n  - name: a\n  - name: a\n'),
      /^Line 5: interfaces\[2\]\.name: “a” stands twice/,
    ],
    [
      'a front port to nowhere',
      small('front-ports:\n  - name: a\n    rear_port: b\n'),
      /^Line 5: .*no rear port “b”/,
    ],
    [
      'a rear position twice',
      small(
        'rear-ports:\n  - name: r\nfront-ports:\n  - name: a\n    rear_port: r\n  - name: b\n    rear_port: r\n',
      ),
      /^Line 9: .*taken already/,
    ],
    [
      'an outlet fed by nothing',
      small('power-outlets:\n  - name: a\n    power_port: b\n'),
      /^Line 5: .*no power port “b”/,
    ],
    ['bytes that are no text', small('slug: \uFFFD\n'), /UTF-8/],
    ['endless nesting', '['.repeat(50_000), /^Line \d+: /],
    ['what is too large', small(`comments: ${'x'.repeat(500_000)}\n`), /too large/],
    [
      'too many ports',
      small(`interfaces:\n${'  - {name: a}\n'.repeat(2_001)}`),
      /^Line 4: interfaces/,
    ],
  ])('with %s is refused with the line', (_what, text, message) => {
    expect(failure(text)).toMatch(message);
  });

  it('fails with a line or is read, whatever stands in it', () => {
    const lines = chassis.split('\n');
    const cut = fc.nat(lines.length - 1);
    fc.assert(
      fc.property(cut, fc.string({ maxLength: 12 }), (at, noise) => {
        const text = lines.with(at, noise).join('\n');
        try {
          expect(readTypeFile(text).length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof RackhelmError)) throw error;
          expect(error.message).toMatch(/^Line \d+: .+\.$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is written so that it reads back the same', () => {
    const [type] = readTypeFile(chassis);
    if (type === undefined) throw new Error('nothing');
    const again = readTypeFile(writeTypeFile(type.draft));
    expect(again).toEqual([{ draft: type.draft, dropped: [] }]);
  });
});

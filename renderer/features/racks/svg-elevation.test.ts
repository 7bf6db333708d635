import { describe, expect, it } from 'vitest';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { specimen } from './elevation-specimens.ts';
import { svgOf } from './svg-elevation.ts';

const rack: RackRow = {
  id: 'A',
  siteId: 'S',
  siteName: 'Home',
  name: 'Rack A',
  heightUnits: 4,
  width: '10',
  depth: null,
  roomName: null,
  comment: null,
};
const draw = (devices: Parameters<typeof specimen>[], faces: ('front' | 'rear')[] = ['front']) =>
  svgOf([{ rack, devices: devices.map((each) => specimen(...each)) }], { faces, label: 'name' });

describe('racks as SVG', () => {
  it('holds every device: at its unit, on a shelf, beside, without a unit and outside', () => {
    const svg = draw([
      ['nas', { position: 2 }],
      ['board', { parentId: 'nas', bay: '1' }],
      ['strip', { heightUnits: 0 }],
      ['nowhere', {}],
      ['above', { position: 9 }],
    ]);
    for (const name of ['nas: board', 'strip', 'nowhere (without a unit)', 'above (at unit 9']) {
      expect(svg).toContain(name);
    }
    expect(svg).toContain('Home, 10-inch, 4 U, 3 free');
  });

  it('takes no name for markup, and holds nothing that XML may not', () => {
    const svg = draw([['</text><script>alert(1)</script>&"\u0000\ud800', { position: 1 }]]);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;');
    expect([...svg].every((character) => character !== '\u0000' && character.isWellFormed())).toBe(
      true,
    );
  });

  it('cuts a name that is longer than its plate', () => {
    expect(draw([['x'.repeat(200), { position: 1 }]])).toContain('x…');
  });

  it('draws both faces, and at the rear only what is there', () => {
    const svg = draw([['panel', { position: 1, face: 'front', fullDepth: false }]], ['rear']);
    expect(svg).not.toContain('>panel<');
    expect(svg).toContain(', rear');
    expect(draw([['deep', { position: 1 }]], ['front', 'rear']).match(/>deep</g)).toHaveLength(2);
  });
});

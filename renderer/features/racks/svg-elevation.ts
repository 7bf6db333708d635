import type { RackRow } from '../../../shared/model/inventory.ts';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { type Drawn, elevationOf } from '../../../shared/topology/elevation.ts';
import { type Face, roomOf } from '../../../shared/topology/placement.ts';
import { labelOf, type RacksView } from './racks-view.ts';

export interface PaperRack {
  readonly rack: RackRow;
  readonly devices: readonly ElevationDevice[];
}

interface Options {
  readonly faces: readonly Face[];
  readonly label: RacksView['label'];
}

/** In the drawing's own units, a tenth of a millimetre of the real thing at a quarter of its size. */
const unit = 44;
const wide = 480;
const rail = 34;
const head = 56;
const lane = 40;
const gap = 48;
const line = 22;

/** Controls and lone surrogates, which no XML may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are taken out
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escaped = (text: string) =>
  text
    .replaceAll(notXml, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const bayWidth = (rack: RackRow) => (wide * roomOf(rack)) / 6;

function widthOf({ rack }: PaperRack, { faces }: Options): number {
  return faces.length * (bayWidth(rack) + 2 * rail) + (faces.length - 1) * rail + lane;
}

function heightOf({ rack, devices }: PaperRack): number {
  const { loose, outside } = elevationOf(rack, devices);
  return head + rack.heightUnits * unit + 2 * 10 + (loose.length + outside.length) * line + gap;
}

/** Racks side by side as one SVG: no script, no foreign font, nothing fetched. */
export function svgOf(racks: readonly PaperRack[], options: Options): string {
  const width = racks.reduce((sum, each) => sum + widthOf(each, options) + gap, gap);
  const height = Math.max(0, ...racks.map(heightOf)) + gap;
  let x = gap;
  const parts = racks.map((each) => {
    const part = `<g transform="translate(${x} ${gap / 2})">${rackPart(each, options)}</g>`;
    x += widthOf(each, options) + gap;
    return part;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, Helvetica, Arial, sans-serif" font-size="17">`,
    `<title>${escaped(racks.map(({ rack }) => rack.name).join(', '))}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

function rackPart({ rack, devices }: PaperRack, options: Options): string {
  const front = elevationOf(rack, devices);
  const bay = bayWidth(rack);
  const under = head + rack.heightUnits * unit + 20;
  const faces = options.faces.map((face, at) => {
    const x = at * (bay + 3 * rail);
    return `<g transform="translate(${x} ${head})">${facePart({ rack, devices }, face, options)}</g>`;
  });
  const beside = options.faces.length * (bay + 2 * rail) + (options.faces.length - 1) * rail;
  const strips = front.beside.map((device, at) => {
    const y = under - 14 - at * 6 * unit;
    const name = escaped(labelOf(device, options.label));
    return `<text x="${beside + 24}" y="${y}" transform="rotate(-90 ${beside + 24} ${y})">${name}</text>`;
  });
  const strays = [...front.outside.map(({ device }) => device), ...front.loose].map(
    (device, at) => {
      const where =
        device.position === null ? 'without a unit' : `at unit ${device.position}, outside`;
      const text = `${labelOf(device, options.label)} (${where})`;
      return `<text x="0" y="${under + (at + 1) * line}" fill="#8a5200">${escaped(text)}</text>`;
    },
  );
  const inches = rack.width === null ? '' : `${rack.width}-inch, `;
  return [
    `<text x="0" y="18" font-weight="bold" font-size="20">${escaped(rack.name)}</text>`,
    `<text x="0" y="42" fill="#555">${escaped(rack.siteName)}, ${inches}${rack.heightUnits} U, ${front.freeUnits} free${options.faces.length === 1 && options.faces[0] === 'rear' ? ', rear' : ''}</text>`,
    ...faces,
    ...strips,
    ...strays,
  ].join('\n');
}

function facePart({ rack, devices }: PaperRack, face: Face, options: Options): string {
  const bay = bayWidth(rack);
  const height = rack.heightUnits * unit;
  const { drawn } = elevationOf(rack, devices, face);
  const numbers = Array.from({ length: rack.heightUnits }, (_, at) => {
    const y = height - at * unit - unit / 2 + 16;
    const under = height - at * unit + 10;
    return `<text x="${rail / 2}" y="${y}" text-anchor="middle" fill="#555" font-size="14">${at + 1}</text><path d="M${rail} ${under}h${bay}" stroke="#ddd"/>`;
  });
  return [
    `<rect width="${bay + 2 * rail}" height="${height + 20}" rx="6" fill="#e8eaee" stroke="#888"/>`,
    `<rect x="${rail}" y="10" width="${bay}" height="${height}" fill="#f6f7f9" stroke="#aaa"/>`,
    ...numbers,
    ...drawn.map((each) => platePart(each, { bay, height, label: options.label })),
  ].join('\n');
}

interface PlateRoom {
  readonly bay: number;
  readonly height: number;
  readonly label: RacksView['label'];
}

function platePart(drawn: Drawn<ElevationDevice>, { bay, height, label }: PlateRoom): string {
  const { device, behind, fault } = drawn;
  const box = {
    x: rail + drawn.left * bay + 1,
    y: 10 + height - (drawn.bottom + drawn.height) * unit + 1,
    width: drawn.width * bay - 2,
    height: drawn.height * unit - 2,
  };
  const names = drawn.carries.map((carried) => labelOf(carried, label)).join(', ');
  const own = labelOf(device, label);
  const text = fault === null ? own : `! ${own}`;
  const [fill, stroke] = [behind ? '#e4e7ec' : '#fff', fault === null ? '#555' : '#b8243a'];
  return [
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="3" fill="${fill}" stroke="${stroke}"${device.status === 'active' ? '' : ' stroke-dasharray="5 3"'}/>`,
    `<text x="${box.x + 8}" y="${box.y + box.height / 2 + 6}">${escaped(fitted(names === '' ? text : `${text}: ${names}`, box.width - 16))}</text>`,
  ].join('');
}

/** A character is about so wide; a name that is too long is cut rather than drawn over its neighbour. */
const characterWidth = 9;

function fitted(text: string, width: number): string {
  const characters = [...text];
  const most = Math.max(1, Math.floor(width / characterWidth));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

import type { RackRow } from '../../../shared/model/inventory.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, toFailure } from '../../rpc/failure.ts';
import type { RacksView } from './racks-view.ts';
import { type PaperRack, svgOf } from './svg-elevation.ts';

interface Paper {
  readonly client: Client;
  readonly racks: readonly RackRow[];
  readonly view: RacksView;
}

/** A drawing of more racks is none that anybody reads. */
const mostRacks = 100;

async function contents({ client, racks }: Paper): Promise<PaperRack[]> {
  const read: PaperRack[] = [];
  for (const rack of racks.slice(0, mostRacks)) {
    const { devices } = await client.racks.elevation({ id: rack.id });
    read.push({ rack, devices });
  }
  return read;
}

const optionsOf = ({ faces, label }: RacksView) => ({
  faces: faces === 'both' ? (['front', 'rear'] as const) : ([faces] as const),
  label,
});

/** Hands the racks over as one file. Null, or why it could not be done. */
export async function saveSvg(paper: Paper): Promise<Failure | null> {
  try {
    const svg = svgOf(await contents(paper), optionsOf(paper.view));
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'racks.svg';
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    return null;
  } catch (error) {
    return toFailure(error);
  }
}

/** Racks of one sheet of A4 lie side by side as long as they stay legible. */
const perSheet = 3;

/** All racks on sheets of A4, whatever of them is in view. */
export async function printRacks(paper: Paper): Promise<Failure | null> {
  try {
    const read = await contents(paper);
    const sheets = document.createElement('div');
    sheets.className = 'rh-paper';
    const each = paper.view.faces === 'both' ? 1 : perSheet;
    for (let at = 0; at < read.length; at += each) {
      const svg = svgOf(read.slice(at, at + each), optionsOf(paper.view));
      const image = document.createElement('img');
      image.alt = '';
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
      sheets.append(image);
    }
    document.body.append(sheets);
    await Promise.all([...sheets.querySelectorAll('img')].map((image) => image.decode()));
    window.addEventListener('afterprint', () => sheets.remove(), { once: true });
    window.print();
    return null;
  } catch (error) {
    return toFailure(error);
  }
}

import PDFDocument from 'pdfkit';
import { statusWords } from '../../../../shared/onboarding/report.ts';
import type { ReportBlock } from '../../../../shared/onboarding/report-data.ts';
import { writable } from './writable.ts';

export interface DrawInput {
  readonly blocks: readonly ReportBlock[];
  /** A TrueType font. */
  readonly font: Uint8Array;
  readonly title: string;
  /** UTC milliseconds. */
  readonly at: number;
}

export interface Drawn {
  readonly bytes: Uint8Array;
  /** Characters that the font does not have and that were written otherwise. */
  readonly notes: readonly string[];
}

/** Points; A4 with room for a punch. */
const margin = 54;
/** A page of a machine that tells much is set smaller rather than going on to a second one. */
const scales = [1, 0.86, 0.74] as const;

/** The report as a PDF, a page for each machine where that can be. */
export async function drawReport({ blocks, ...input }: DrawInput): Promise<Drawn> {
  const pages = blocks.filter(({ kind }) => kind === 'title').length;
  const letters = writable(input.font);
  const written = blocks.map((block) => withTexts(block, letters.write));
  const notes = letters.notes();
  let drawn = await drawAt(written, input, 1);
  for (const scale of scales.slice(1)) {
    if (drawn.pages <= pages) break;
    drawn = await drawAt(written, input, scale);
  }
  return { bytes: drawn.bytes, notes };
}

function withTexts(block: ReportBlock, write: (text: string) => string): ReportBlock {
  switch (block.kind) {
    case 'pairs':
      return {
        kind: 'pairs',
        pairs: block.pairs.map(([name, text]) => [write(name), write(text)]),
      };
    case 'list':
      return {
        kind: 'list',
        items: block.items.map(({ mark, text }) => ({ mark, text: write(text) })),
      };
    default:
      return { ...block, text: write(block.text) };
  }
}

type Page = InstanceType<typeof PDFDocument>;

function drawAt(
  blocks: readonly ReportBlock[],
  { font, title, at }: Omit<DrawInput, 'blocks'>,
  scale: number,
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    // Else it looks for Helvetica beside its own code, which is not there once all is one bundle.
    font: '',
    lang: 'en',
    info: { Title: title, Creator: 'Rackhelm', CreationDate: new Date(at) },
  });
  const chunks: Buffer[] = [];
  let pages = 1;
  doc.on('pageAdded', () => {
    pages += 1;
  });
  doc.registerFont('body', Buffer.from(font));
  doc.font('body');
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('error', reject);
    doc.on('end', () => resolve({ bytes: new Uint8Array(Buffer.concat(chunks)), pages }));
    let isFirst = true;
    for (const block of blocks) {
      if (block.kind === 'title' && !isFirst) doc.addPage();
      isFirst = false;
      drawBlock(doc, block, scale);
    }
    doc.end();
  });
}

const ink = '#1a1a1a';
const faint = '#5a5a5a';

function drawBlock(doc: Page, block: ReportBlock, scale: number): void {
  const body = 9.5 * scale;
  doc.fillColor(ink).fontSize(body);
  switch (block.kind) {
    case 'title':
      doc
        .fontSize(18 * scale)
        .text(block.text)
        .moveDown(0.3);
      return;
    case 'heading':
      doc
        .moveDown(0.7)
        .fontSize(12 * scale)
        .text(block.text)
        .moveDown(0.25);
      return;
    case 'text':
      doc.text(block.text).moveDown(0.25);
      return;
    case 'code':
      doc.fillColor(faint).text(block.text, { indent: 12 }).moveDown(0.25);
      return;
    case 'pairs':
      for (const [name, text] of block.pairs) drawPair(doc, { name, text, scale });
      return;
    case 'list':
      for (const { mark, text } of block.items) {
        drawItem(doc, mark === null ? text : `${statusWords[mark]}: ${text}`, scale);
      }
      doc.moveDown(0.25);
  }
}

/** Wrapped lines stand below the first word, not below the dot. */
function drawItem(doc: Page, text: string, scale: number): void {
  const inset = 14 * scale;
  const { x } = doc;
  const width = doc.page.width - 2 * margin - inset;
  // What breaks to the next page takes its dot along.
  if (doc.y + doc.heightOfString(text, { width }) > doc.page.height - margin) doc.addPage();
  const { y } = doc;
  doc.text('•', x + 4 * scale, y, { lineBreak: false });
  doc.text(text, x + inset, y, { width });
  doc.x = x;
}

function drawPair(
  doc: Page,
  { name, text, scale }: { readonly name: string; readonly text: string; readonly scale: number },
): void {
  const width = 92 * scale;
  const { x, y } = doc;
  doc.fillColor(faint).text(name, x, y, { width });
  const below = doc.y;
  doc.fillColor(ink).text(text, x + width, y, { width: doc.page.width - 2 * margin - width });
  doc.x = x;
  doc.y = Math.max(below, doc.y) + 1;
}

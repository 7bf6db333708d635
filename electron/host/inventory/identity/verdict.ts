import type { IdentityVerdict } from '../../../../shared/model/identity.ts';
import type { Place, Stance, Weighed } from './weigh.ts';

/**
 * The judgement as a table: the first row that fits decides. Words are separated by spaces; `*` fits
 * everything. How the rows came about stands in DECISIONS.md; in short:
 * - A board and a system that agree are the machine, whatever cards and names say.
 * - A board that agrees under another system was installed anew, or starts more than one.
 * - A system that agrees on another board is a copy of a disk, unless disk or cards came along.
 * - A single card moves between machines, so alone it is asked about; name and place only support.
 */
type Row = readonly [
  board: string,
  system: string,
  cards: string,
  place: string,
  verdict: IdentityVerdict,
];

const known = 'agrees one';
const here = 'both way name';
const quiet = 'silent doubts';

const rows: readonly Row[] = [
  // The board is this one.
  ['agrees', 'agrees leans mixed', '*', '*', 'same'],
  ['agrees', quiet, 'differs', '*', 'probably-same'],
  ['agrees', quiet, '*', '*', 'same'],
  ['agrees', 'differs', `${known} leans mixed`, '*', 'same'],
  ['agrees', 'differs', '*', '*', 'probably-same'],

  // Its numbers are those of several, or weak ones.
  ['leans', 'agrees', 'differs', 'both', 'probably-same'],
  ['leans', 'agrees', 'differs', '*', 'clone'],
  ['leans', 'agrees', '*', '*', 'same'],
  ['leans', 'leans mixed', known, '*', 'same'],
  ['leans', 'leans mixed', 'differs', '*', 'clone'],
  ['leans', 'leans mixed', '*', '*', 'probably-same'],
  ['leans', quiet, known, '*', 'same'],
  ['leans', quiet, 'differs', '*', 'another'],
  ['leans', quiet, '*', 'against', 'another'],
  ['leans', quiet, '*', '*', 'probably-same'],
  ['leans', 'differs', known, `${here} hint`, 'probably-same'],
  ['leans', 'differs', 'agrees', '*', 'probably-same'],
  ['leans', '*', '*', '*', 'another'],

  // The board is another one: what ran there may have moved, or been copied.
  ['differs', 'agrees leans mixed', known, '*', 'probably-same'],
  ['differs', 'agrees leans', '*', '*', 'clone'],
  ['differs', quiet, known, here, 'probably-same'],
  ['differs', '*', '*', '*', 'another'],

  // Only a serial number that somebody declared differs: that alone decides where nothing agrees.
  ['doubts', 'silent doubts differs', 'leans mixed silent doubts differs', '*', 'another'],

  // Nothing is known of the board; the system says who it is.
  ['*', 'agrees', `${known} leans mixed`, '*', 'same'],
  ['*', 'agrees', 'silent', 'against', 'probably-same'],
  ['*', 'agrees', 'silent', '*', 'same'],
  ['*', 'agrees', 'doubts', 'both way', 'same'],
  ['*', 'agrees', 'doubts', 'against', 'clone'],
  ['*', 'agrees', 'doubts', '*', 'probably-same'],
  ['*', 'agrees', 'differs', 'both', 'probably-same'],
  ['*', 'agrees', 'differs', '*', 'clone'],

  // A host key, or the key of several.
  ['*', 'leans', known, '*', 'same'],
  ['*', 'leans', 'leans', here, 'same'],
  ['*', 'leans', 'leans mixed', '*', 'probably-same'],
  ['*', 'leans', 'silent', 'both way', 'same'],
  ['*', 'leans', 'silent', 'against', 'clone'],
  ['*', 'leans', 'silent', '*', 'probably-same'],
  ['*', 'leans', 'doubts', 'both', 'same'],
  ['*', 'leans', 'doubts', 'way name', 'probably-same'],
  ['*', 'leans', 'differs', 'both', 'probably-same'],
  ['*', 'leans', '*', '*', 'clone'],

  // The system in part: a machine-id that was made anew, or host keys that were copied. Where cards
  // differ as well, host keys alone make nothing of it.
  ['*', 'mixed', `${known} leans`, '*', 'probably-same'],
  ['*', 'mixed', quiet, here, 'probably-same'],
  ['*', 'mixed', quiet, '*', 'clone'],
  ['*', 'mixed', '*', '*', 'another'],

  // No word of a system, as of a BSD without host id.
  ['*', 'silent', known, '*', 'same'],
  ['*', 'silent', 'leans', 'both', 'same'],
  ['*', 'silent', 'leans', `${here} hint none`, 'probably-same'],
  ['*', 'silent', 'mixed silent', here, 'probably-same'],
  ['*', 'silent', 'doubts differs', 'both', 'probably-same'],
  ['*', 'doubts', known, here, 'same'],
  ['*', 'doubts', known, '*', 'probably-same'],
  ['*', 'doubts', 'leans mixed', here, 'probably-same'],
  ['*', 'doubts', 'silent', 'both way', 'probably-same'],
  ['*', 'doubts', 'doubts differs', 'both', 'probably-same'],

  // Another system, and no board to ask: installed anew, or a card that moved.
  ['*', 'differs', 'agrees', '*', 'probably-same'],
  ['*', 'differs', 'one', `${here} hint`, 'probably-same'],
  ['*', 'differs', 'mixed leans silent doubts', 'both', 'probably-same'],
  ['*', '*', '*', '*', 'another'],
];

interface ReadRow {
  readonly fits: (weighed: Weighed) => boolean;
  readonly verdict: IdentityVerdict;
}

const table: readonly ReadRow[] = rows.map(([board, system, cards, place, verdict]) => {
  const is = (cell: string) => {
    const words = new Set<Stance | Place | string>(cell.split(' '));
    return (stance: Stance | Place) => words.has('*') || words.has(stance);
  };
  const [isBoard, isSystem, isCards, isPlace] = [is(board), is(system), is(cards), is(place)];
  return {
    fits: (weighed) =>
      isBoard(weighed.board) &&
      isSystem(weighed.system) &&
      isCards(weighed.cards) &&
      isPlace(weighed.place),
    verdict,
  };
});

/** What everything together says. Pure: equal evidence, equal verdict. */
export function judge(weighed: Weighed): IdentityVerdict {
  const verdict = table.find((row) => row.fits(weighed))?.verdict ?? 'another';
  // A copy has a disk of its own. With the very disk, the system moved to another board.
  return verdict === 'clone' && weighed.disk === 'agrees' ? 'probably-same' : verdict;
}

/**
 * Ids inside the change log: a UUID as its 16 bytes, which is less than half of its text; any other
 * id, which only an old database or a test has, as it is.
 */
export type PackedId = Buffer | string;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** The same for SQLite, as exactly: what is packed must come out again letter by letter. */
const pattern = [8, 4, 4, 4, 12].map((digits) => '[0-9a-f]'.repeat(digits)).join('-');

export const packId = (id: string): PackedId =>
  uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id;

export function unpackId(packed: PackedId): string {
  if (typeof packed === 'string') return packed;
  const digits = packed.toString('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)]
    .concat(digits.slice(20))
    .join('-');
}

/** SQL of the packed form of an id. */
export const packedSql = (id: string) =>
  `CASE WHEN ${id} GLOB '${pattern}' THEN unhex(${id}, '-') ELSE ${id} END`;

/** SQL of the text of a packed id. */
export function unpackedSql(packed: string): string {
  const piece = (from: number, count: number) => `substr(hex(${packed}), ${from}, ${count})`;
  const pieces = [piece(1, 8), piece(9, 4), piece(13, 4), piece(17, 4), piece(21, 12)];
  return `CASE typeof(${packed}) WHEN 'blob' THEN lower(${pieces.join(" || '-' || ")}) ELSE ${packed} END`;
}

/** What a content is, told from its first bytes; a name says nothing that could be relied on. */
export interface ContentType {
  readonly mediaType: string;
  /** Pixels, of a picture that can be shown. */
  readonly width: number | null;
  readonly height: number | null;
}

/** As many first bytes as are looked at. */
export const lookedAt = 256 * 1024;

const signatures: readonly (readonly [mediaType: string, begins: string])[] = [
  ['image/gif', 'GIF8'],
  ['application/pdf', '%PDF-'],
  ['application/zip', 'PK\x03\x04'],
  ['application/gzip', '\x1f\x8b'],
  ['application/x-xz', '\xfd7zXZ\0'],
  ['application/zstd', '\x28\xb5\x2f\xfd'],
  ['application/vnd.sqlite3', 'SQLite format 3\0'],
];

export function contentType(head: Uint8Array): ContentType {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const picture = pictureType(bytes);
  if (picture !== undefined) return picture;
  const found = signatures.find(([, begins]) => startsWith(bytes, begins));
  const mediaType = found?.[0] ?? (isText(bytes) ? 'text/plain' : 'application/octet-stream');
  return { mediaType, width: null, height: null };
}

function startsWith(bytes: Buffer, begins: string, at = 0): boolean {
  return bytes.toString('latin1', at, at + begins.length) === begins;
}

function pictureType(bytes: Buffer): ContentType | undefined {
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n') && startsWith(bytes, 'IHDR', 12)) {
    return sized('image/png', bytes, (b) => [b.readUInt32BE(16), b.readUInt32BE(20)]);
  }
  if (startsWith(bytes, '\xff\xd8\xff')) return sized('image/jpeg', bytes, jpegSize);
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) {
    return sized('image/webp', bytes, webpSize);
  }
  return undefined;
}

type Size = readonly [width: number, height: number];

/** A picture whose size cannot be read is one all the same, and is not shown. */
function sized(
  mediaType: string,
  bytes: Buffer,
  read: (bytes: Buffer) => Size | undefined,
): ContentType {
  try {
    const [width, height] = read(bytes) ?? [0, 0];
    if (width > 0 && height > 0) return { mediaType, width, height };
  } catch (error) {
    // It is cut off.
    if (!(error instanceof RangeError)) throw error;
  }
  return { mediaType, width: null, height: null };
}

/** From the first frame header; the segments before it are passed over. */
function jpegSize(bytes: Buffer): Size | undefined {
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // padding
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    if (marker === 0xda || marker === 0xd9) return undefined;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
}

function webpSize(bytes: Buffer): Size | undefined {
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
  if (chunk === 'VP8 ') return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
  if (chunk !== 'VP8L') return undefined;
  const packed = bytes.readUInt32LE(21);
  return [(packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1];
}

/** UTF-8 without control characters; the last character may be cut off. */
function isText(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not hold
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f]|\ufffd(?!\ufffd{0,2}$)/.test(text);
}

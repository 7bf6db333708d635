/** What came is cut short or has lengths that cannot be. */
export class MalformedWire extends Error {
  override readonly name = 'MalformedWire';
}

/** Reads the types of RFC 4251, 5, one after the other. Throws MalformedWire. */
export class WireReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  byte(): number {
    return this.#take(1).readUInt8();
  }

  uint32(): number {
    return this.#take(4).readUInt32BE();
  }

  uint64(): bigint {
    return this.#take(8).readBigUInt64BE();
  }

  /** A view of the bytes, not a copy. */
  string(): Buffer {
    return this.#take(this.uint32());
  }

  text(): string {
    return this.string().toString('utf8');
  }

  rest(): Buffer {
    return this.#take(this.left);
  }

  #take(length: number): Buffer {
    if (length > this.left) throw new MalformedWire('It is cut short.');
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }
}

export function wireString(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive number, most significant byte first. */
export function wireMpint(value: Uint8Array): Buffer {
  const bytes = withoutZeros(value);
  const negative = bytes.length > 0 && (bytes[0] ?? 0) >= 0x80;
  return wireString(negative ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

export function withoutZeros(value: Uint8Array): Buffer {
  const first = value.findIndex((byte) => byte !== 0);
  return Buffer.from(first < 0 ? [] : value.subarray(first));
}

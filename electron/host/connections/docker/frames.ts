/** A piece of output of a container that has no terminal. */
export interface Frame {
  readonly stream: 'out' | 'err';
  readonly data: Buffer;
}

const headBytes = 8;

/**
 * Takes output apart into stdout and stderr. Each piece is given on as it comes, so that one of any
 * length takes no memory; what has no such head is all stdout, as that of a terminal.
 */
export async function* frames(pieces: AsyncIterable<Buffer>): AsyncGenerator<Frame, void, void> {
  let head: Buffer = Buffer.alloc(0);
  let left = 0;
  let stream: Frame['stream'] = 'out';
  let isRaw = false;
  for await (const piece of pieces) {
    let rest: Buffer = piece;
    while (rest.length > 0) {
      if (isRaw) {
        yield { stream: 'out', data: rest };
        break;
      }
      if (left === 0) {
        const wanted = headBytes - head.length;
        head = Buffer.concat([head, rest.subarray(0, wanted)]);
        rest = rest.subarray(wanted);
        if (!isHead(head)) {
          isRaw = true;
          yield { stream: 'out', data: head };
          continue;
        }
        if (head.length < headBytes) break;
        stream = head[0] === 2 ? 'err' : 'out';
        left = head.readUInt32BE(4);
        head = Buffer.alloc(0);
        continue;
      }
      const data = rest.subarray(0, left);
      rest = rest.subarray(data.length);
      left -= data.length;
      yield { stream, data };
    }
  }
}

function isHead(head: Buffer): boolean {
  const [kind = 0, ...zeros] = head.subarray(0, 4);
  return kind <= 2 && zeros.every((byte) => byte === 0);
}

import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DockerClient, DockerError } from '../../connections/docker/index.ts';
import { containerPath } from '../container-path.ts';

export interface ArchiveAsked {
  readonly containerId: string;
  /** Absolute; a folder comes whole. */
  readonly path: string;
  /** More bytes than this are an error. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** A file or a folder of a container as a tar, also of one that does not run. Throws DOCKER_*. */
export async function readArchive(client: DockerClient, asked: ArchiveAsked): Promise<Readable> {
  const { containerId, path, maxBytes, signal } = asked;
  const query = { path };
  const stream = await client.stream({
    path: containerPath(containerId, 'archive'),
    query,
    signal,
  });
  const limited = limit(maxBytes);
  // Whoever reads is told by the stream itself.
  pipeline(stream, limited, { signal }).catch(() => {});
  return limited;
}

/** Unpacks a tar into a folder that is there. */
export async function writeArchive(
  client: DockerClient,
  { content, ...asked }: ArchiveAsked & { readonly content: Readable },
): Promise<void> {
  const { containerId, path, maxBytes, signal } = asked;
  const limited = limit(maxBytes);
  const sent = pipeline(content, limited, { signal });
  const query = { path, noOverwriteDirNonDir: true };
  const upload = { path: containerPath(containerId, 'archive'), query, content: limited, signal };
  await Promise.all([sent, client.upload(upload)]);
}

function limit(maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      size += piece.length;
      if (size <= maxBytes) done(null, piece);
      else done(new DockerError('DOCKER_TOO_LARGE', `It is larger than ${maxBytes} bytes.`));
    },
  });
}

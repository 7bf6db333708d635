import { z } from 'zod';
import { binaryPath } from './paths.ts';
import { placedFilePhase, placedSource, sha256 } from './placed-file.ts';

const params = z.object({
  /** `v1.37.2+k3s1`; for whoever reads it: the hash says which it is. */
  version: z.string().max(60),
  sha256,
  source: placedSource,
});

/** The one binary that K3s is. */
export const k3sBinaryPhase = placedFilePhase({
  id: 'k3s-binary',
  params,
  title: ({ version }) => `Lay down K3s ${version}`,
  fileOf: (given) => ({ ...given, path: binaryPath, mode: 0o755 }),
});

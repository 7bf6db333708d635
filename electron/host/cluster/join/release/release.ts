import type { z } from 'zod';
import type { placedSource } from '../phases/placed-file.ts';

/** One file that K3s publishes, and where it comes from. */
export interface ReleaseFile {
  readonly name: string;
  readonly sha256: string;
  readonly source: z.infer<typeof placedSource>;
}

/** What a machine needs of one version. */
export interface Release {
  readonly binary: ReleaseFile;
  /** Null: K3s fetches its images by itself. */
  readonly images: ReleaseFile | null;
  /** What one should know of them; sentences. */
  readonly notes: readonly string[];
}

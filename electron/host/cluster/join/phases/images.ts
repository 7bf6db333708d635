import { z } from 'zod';
import { leavingNoFolders } from './empty-folders.ts';
import { imagesFolder } from './paths.ts';
import { placedFilePhase, placedSource, sha256 } from './placed-file.ts';

const params = z.object({
  /** `k3s-airgap-images-arm64.tar.zst`: K3s tells by the ending how it is packed. */
  name: z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*\.(tar|tar\.gz|tgz|tar\.zst|tar\.lz4|tar\.bz2)$/),
  sha256,
  source: placedSource,
});

/** The images of K3s itself, for a machine that reaches no registry. */
export const k3sImagesPhase = leavingNoFolders(
  placedFilePhase({
    id: 'k3s-images',
    params,
    title: ({ name }) => `Lay down the images ${name}`,
    fileOf: ({ name, ...given }) => ({ ...given, path: `${imagesFolder}/${name}`, mode: 0o644 }),
  }),
);

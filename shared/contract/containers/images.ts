import { z } from 'zod';
import { diskUse, imageLayer } from '../../containers/disk.ts';
import { pruneChoice, pruneItem, prunePreview } from '../../containers/prune.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

const engine = z.object({ engineId: id });
const image = z.string().trim().min(1).max(400);
const job = z.object({ jobId: id });

/** Images, and what takes room on the disk of an engine. */
export const images = {
  /** The engine counts, which may take minutes where there is much. */
  disk: procedure.input(engine).output(diskUse),
  layers: procedure
    .input(engine.extend({ image }))
    .output(z.object({ layers: z.array(imageLayer) })),
  /** Whether registries have newer ones under the same names; asked through the engine. */
  newer: procedure.input(engine.extend({ images: z.array(image).min(1).max(50) })).output(
    z.object({
      images: z.array(
        z.object({
          image: z.string(),
          state: z.enum(['same', 'newer', 'unknown']),
          why: z.string().nullable(),
        }),
      ),
    }),
  ),
  previewPrune: procedure.input(engine.extend({ choice: pruneChoice })).output(prunePreview),
  /** As a job, which deletes what was shown and only that. */
  prune: procedure.input(engine.extend({ items: z.array(pruneItem).min(1).max(500) })).output(job),
  pull: procedure
    .input(
      engine.extend({
        image: image.regex(
          /^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$/,
          'A name of an image, such as redis:7.',
        ),
      }),
    )
    .output(job),
};

import type { z } from 'zod';
import type { Phase } from '../jobs/index.ts';
import {
  applyFile,
  type FileEdit,
  fileItems,
  type SavedFile,
  savedFile,
  saveFile,
  seeFile,
  undoFile,
} from './edited-file.ts';
import { probing } from './look.ts';

export interface FilePhaseOptions<P> {
  readonly id: string;
  readonly params: z.ZodType<P>;
  readonly title: (params: P) => string;
  readonly fileOf: (params: P) => FileEdit;
}

/** A phase that is one text file: it stands there as it should, or it does not. */
export function filePhase<P>(options: FilePhaseOptions<P>): Phase<P, SavedFile> {
  const { id, params, fileOf } = options;
  return {
    id,
    params,
    saved: savedFile,
    title: (given) => options.title(given).slice(0, 200),
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const file = fileOf(given);
        const { text, done } = await seeFile(context, file);
        if (done)
          return { standing: 'present', found: `${file.path} is as it should be.`, evidence: [] };
        const found = text === null ? 'is not there' : 'says something else';
        return { standing: 'absent', found: `${file.path} ${found}.`, evidence: [] };
      }),

    async plan(context, given) {
      const file = fileOf(given);
      return fileItems(file, await seeFile(context, file));
    },

    save: (context, given) => saveFile(context, fileOf(given)),
    apply: (context, given) => applyFile(context, fileOf(given)),
    undo: (context, given, saved) => undoFile(context, fileOf(given), saved),
  };
}

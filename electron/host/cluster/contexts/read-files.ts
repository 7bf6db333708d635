import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type ReadNamedFile,
  readDocument,
  type SourceDocument,
  type SourceSet,
} from '../../connections/kubernetes/index.ts';
import { ForeignFileError, readForeignFile } from '../../connections/ssh/index.ts';

export interface ReadSet {
  readonly set: SourceSet;
  readonly problems: readonly { readonly file: string | null; readonly text: string }[];
}

/** A file of a set that is not there is passed over, as kubectl does; others are told of. */
export async function readFiles(
  files: readonly string[],
  { signal, mayLack }: { readonly signal: AbortSignal; readonly mayLack: boolean },
): Promise<ReadSet> {
  const set: SourceDocument[] = [];
  const problems: { file: string; text: string }[] = [];
  for (const file of files) {
    try {
      const { content } = await readForeignFile(file, { kind: 'kubeconfig', signal });
      set.push({ file, document: await readDocument(content.toString('utf8'), signal) });
    } catch (error) {
      if (signal.aborted) throw error;
      const isMissing = error instanceof ForeignFileError && error.problem === 'missing';
      if (!(isMissing && mayLack)) problems.push({ file, text: wordsOf(error) });
    }
  }
  return { set, problems };
}

function wordsOf(error: unknown): string {
  if (error instanceof ForeignFileError) return `It ${error.what}.`;
  if (error instanceof RackhelmError) return error.message;
  throw error;
}

/** A certificate, key or token that a kubeconfig names. */
export const readNamedFile: ReadNamedFile = async (file, signal) => {
  try {
    return (await readForeignFile(file, { kind: 'key', signal })).content;
  } catch (error) {
    if (!(error instanceof ForeignFileError)) throw error;
    throw new RackhelmError(
      'KUBE_CONFIG_INVALID',
      `The kubeconfig names ${file}, which ${error.what}.`,
      {
        cause: error,
      },
    );
  }
};

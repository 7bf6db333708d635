import type { TypeFile } from './device-types-store.ts';

/** As one request takes; what is larger is imported in parts. */
const mostFiles = 5_000;
const mostCharacters = 6_000_000;
const largestFile = 1_000_000;

export type ReadFiles =
  | { readonly files: readonly TypeFile[]; readonly passedOver: number }
  | { readonly problem: string };

/** The texts of chosen files; of a folder only those that are YAML. */
export async function readTypeFiles(chosen: Iterable<File>): Promise<ReadFiles> {
  const all = [...chosen];
  const yaml = all.filter(({ name }) => /\.ya?ml$/i.test(name));
  if (yaml.length === 0) return { problem: 'None of these files is YAML (.yaml or .yml).' };
  if (yaml.length > mostFiles) {
    return { problem: `These are more than ${mostFiles.toLocaleString('en')} files.` };
  }
  const size = yaml.reduce((sum, file) => sum + file.size, 0);
  const large = yaml.find((file) => file.size > largestFile);
  if (large !== undefined) return { problem: `${large.name} is too large for a device type.` };
  if (size > mostCharacters) {
    return { problem: 'These files are too large together; import them in parts.' };
  }
  try {
    const files = await Promise.all(
      yaml.map(async (file) => ({
        name: (file.webkitRelativePath || file.name).slice(-1_000),
        text: await file.text(),
      })),
    );
    return { files, passedOver: all.length - yaml.length };
  } catch {
    return { problem: 'A file could not be read; it may have been moved meanwhile.' };
  }
}

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { PodFile, PodFolder } from '../../../../../shared/cluster/pods/pod-file.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { runScript, type Tools } from './container-tools.ts';

const mostFiles = 2_000;
const mostBytes = 4 * 1024 * 1024;

/** With what nearly every image with a shell has; busybox has both. */
const script = `
cd -- "$1" 2>/dev/null || { [ -d "$1" ] && exit 23; [ -e "$1" ] && exit 22; exit 21; }
command -v stat >/dev/null 2>&1 || exit 24
if command -v find >/dev/null 2>&1
then find . ! -name . -prune -exec stat -c '%f %s %Y %n' {} + 2>/dev/null
else stat -c '%f %s %Y ./%n' -- * .[!.]* ..?* 2>/dev/null
fi | head -n "$2"
exit 0
`;

/** What lies in a folder of a container. Throws POD_NO_SHELL, POD_TOOL_MISSING, POD_FILE_FAILED, KubeError. */
export async function listFolder(tools: Tools, folder: string): Promise<PodFolder> {
  const parameters = [folder, String(mostFiles + 1)];
  const { code, out, errors } = await runScript(tools, script, { parameters, mostBytes });
  if (code !== 0) throw failed(code, errors);
  const files = filesOf(out.toString('utf8'));
  return {
    path: path.posix.normalize(folder),
    files: files.slice(0, mostFiles).sort(foldersFirst),
    more: files.length > mostFiles,
    downloads: downloadsOf(homedir()),
  };
}

function failed(code: number, errors: string): RackhelmError {
  if (code === 24) {
    return new RackhelmError(
      'POD_TOOL_MISSING',
      'This container has nothing to list files with (stat).',
    );
  }
  const why: Readonly<Record<number, string>> = {
    21: 'There is no such folder in this container.',
    22: 'This is a file, and no folder.',
    23: 'The user of this container may not look into this folder.',
  };
  const told = why[code] ?? `The folder could not be listed (${code}). ${errors}`;
  return new RackhelmError('POD_FILE_FAILED', told.trim());
}

const line = /^([0-9a-f]+) (\d+) (-?\d+) (.*)$/;

function filesOf(text: string): PodFile[] {
  const files: PodFile[] = [];
  for (const each of text.split('\n')) {
    const [, mode = '', size, changed, name = ''] = line.exec(each) ?? [];
    // The rest of a name with a line break in it: such a file cannot be asked for here.
    if (mode === '') continue;
    files.push({
      name: name.replace(/^\.\//, ''),
      type: typeOf(Number.parseInt(mode, 16)),
      size: Number(size),
      changedAt: Number(changed) * 1_000,
    });
  }
  return files;
}

/** As inode(7) has it. */
function typeOf(mode: number): PodFile['type'] {
  const types: Readonly<Record<number, PodFile['type']>> = {
    32768: 'file',
    16384: 'folder',
    40960: 'link',
  };
  return types[mode & 61_440] ?? 'other';
}

function foldersFirst(a: PodFile, b: PodFile): number {
  const folder = (file: PodFile) => Number(file.type === 'folder');
  return folder(b) - folder(a) || a.name.localeCompare(b.name);
}

function downloadsOf(home: string): string {
  const usual = path.join(home, 'Downloads');
  return existsSync(usual) ? usual : home;
}

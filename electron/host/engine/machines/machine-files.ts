import { createHash } from 'node:crypto';
import { type ErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import { harmless } from '../../connections/ssh/index.ts';
import { deleteScript, readScript, writeScript } from './file-scripts.ts';
import { changedSince } from './file-state.ts';
import type { FileState, Machine } from './machine.ts';
import { modeBits, modeText } from './mode-text.ts';
import { printed } from './printed.ts';

export type MachineFiles = Pick<Machine, 'readFile' | 'writeFile' | 'deleteFile'>;

/** The longest wait for a disk that has to write everything that waits before ours. */
const timeoutMs = 60_000;

/** The lock that has to be ours still when a file is changed: its directory on the machine, and our id. */
export interface Fence {
  readonly directory: string;
  readonly id: string;
}

/** Files on a machine, by scripts that run as root there. */
export function machineFiles(run: Machine['run'], fence?: Fence): MachineFiles {
  const fenced = [fence?.directory ?? '', fence?.id ?? ''];

  async function change(
    script: string,
    path: string,
    args: readonly string[],
    signal: AbortSignal,
  ) {
    const named = `change ${path}`;
    const all = { signal, args: [path, ...args], root: true, timeoutMs, named };
    const { stdout } = await run(script, all);
    const [answer = ''] = stdout.toString().split('\n');
    if (answer === 'done') return;
    if (answer === 'lost') throw lost(path);
    throw answer === 'changed' ? changedSince(path) : failure(path, answer);
  }

  return {
    async readFile(path, { signal }) {
      checkPath(path);
      const options = { signal, args: [path], root: true, named: `read ${path}` };
      const { stdout, exitCode, stderr } = await run(readScript, options);
      const end = stdout.indexOf('\n');
      const line = stdout.toString('utf8', 0, Math.max(end, 0));
      if (line === 'absent') return null;
      const found = /^file (\S+) (\d+) (\d+)$/.exec(line);
      if (!found || exitCode !== 0) throw failure(path, found ? `failed ${stderr}` : line);
      const [, mode = '', uid, gid] = found;
      const content = Buffer.from(stdout.subarray(end + 1));
      return { path, content, mode: modeBits(mode), uid: Number(uid), gid: Number(gid) };
    },

    async writeFile(file, { signal, expect }) {
      checkPath(file.path);
      const content = Buffer.from(file.content);
      const mode = file.mode === undefined ? (expect ? 'keep' : '644') : file.mode.toString(8);
      const name = `.rackhelm-${sum(Buffer.from(file.path)).slice(0, 12)}.tmp`;
      const args = [...expected(expect), mode, sum(content), name, ...fenced];
      await change(writeScript(printed(content)), file.path, args, signal);
    },

    async deleteFile(path, { signal, expect, folder = false }) {
      checkPath(path);
      const args = [...expected(expect), ...fenced, folder ? 'folder' : ''];
      await change(deleteScript, path, args, signal);
    },
  };
}

function expected(state: FileState | null): string[] {
  if (!state) return ['absent', ''];
  return [`file ${modeText(state.mode)} ${state.uid} ${state.gid}`, sum(state.content)];
}

function sum(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function checkPath(path: string): void {
  if (!path.startsWith('/') || path.endsWith('/') || path.includes('\0'))
    throw new TypeError('The path of a file on a machine is absolute.');
}

const causes: readonly (readonly [ErrorCode, RegExp, string])[] = [
  ['MACHINE_DISK_FULL', /No space left|quota exceeded/i, 'the disk is full'],
  ['MACHINE_READ_ONLY', /Read-only file system/i, 'its file system is read-only'],
  ['MACHINE_FILE_LOCKED', /Operation not permitted/i, 'it may not be changed, not even by root'],
];

function lost(path: string): RackhelmError {
  const message = `${path} was not changed: another job holds the machine by now.`;
  return new RackhelmError('LOCK_LOST', message);
}

function failure(path: string, answer: string): RackhelmError {
  if (answer === 'odd') return new RackhelmError('MACHINE_FILE_ODD', `${path} is no regular file.`);
  const said = harmless(answer.replace(/^failed /, '')).slice(0, 500);
  const cause = causes.find(([, pattern]) => pattern.test(said));
  const [code, , why] = cause ?? (['MACHINE_FILE_FAILED', null, said || 'no answer came'] as const);
  return new RackhelmError(code, `${path}: ${why}.`, { data: { path, said } });
}

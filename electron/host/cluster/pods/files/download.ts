import { createHash, type Hash } from 'node:crypto';
import path from 'node:path';
import type { DownloadEvent, PodDownload } from '../../../../../shared/cluster/pods/pod-file.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { beginScript, endOf, runScript, saidOf, type Tools } from './container-tools.ts';
import { LocalFile } from './local-file.ts';

/** More than that is copied by other means. */
const mostBytes = 64 * 1024 ** 3;
const tellEachMs = 200;
/** The end of what a command says may be lost on its way (kubernetes#124571): it is asked for again. */
const mostTries = 4;

const lookScript = `
[ -e "$1" ] || exit 21
[ -f "$1" ] || exit 22
[ -r "$1" ] || exit 23
command -v stat >/dev/null 2>&1 || exit 24
stat -L -c '%s' -- "$1"
`;
/** From one byte on, so many. What is added to it meanwhile is left out. */
const readScript = `tail -c +"$2" < "$1" | head -c "$3"`;
const hashScript = `
for tool in sha256sum 'busybox sha256sum' 'shasum -a 256' 'openssl dgst -sha256 -r'
do command -v "\${tool%% *}" >/dev/null 2>&1 || continue
   head -c "$2" < "$1" | $tool && exit
done
exit 24
`;

/**
 * Brings a file of a container to this computer: counted and hashed on both sides, there as a whole or not
 * at all. Throws POD_NO_SHELL, POD_TOOL_MISSING, POD_FILE_*, LOCAL_FILE_*, KubeError.
 */
export async function* download(
  tools: Tools,
  { path: file, to, replace }: Pick<PodDownload, 'path' | 'to' | 'replace'>,
): AsyncGenerator<DownloadEvent, void, void> {
  const total = await sizeOf(tools, file);
  const local = await LocalFile.begin({ to, replace, name: path.posix.basename(file) });
  const hash = createHash('sha256');
  try {
    yield { type: 'reading', done: 0, total };
    yield* readAll({ tools, file, total, local, hash });
    yield { type: 'comparing' };
    const sha256 = hash.digest('hex');
    const theirs = await hashOf(tools, file, total);
    if (theirs !== null && theirs !== sha256) {
      throw new RackhelmError(
        'POD_FILE_DIFFERS',
        'What came is not what lies there: it changed while it was read, or was damaged on its way.',
      );
    }
    await local.keep();
    const compared = theirs !== null;
    yield { type: 'done', path: local.path, size: total, sha256, compared };
  } finally {
    await local.drop();
  }
}

interface Reading {
  readonly tools: Tools;
  readonly file: string;
  readonly total: number;
  readonly local: LocalFile;
  readonly hash: Hash;
}

async function* readAll(reading: Reading): AsyncGenerator<DownloadEvent, void, void> {
  const { total } = reading;
  let done = 0;
  for (let tries = 1; done < total; tries += 1) {
    if (tries > mostTries) throw tooLittle(done, total);
    for await (const size of pieces(reading, done)) {
      done += size;
      if (size > 0 && done <= total) yield { type: 'reading', done, total };
    }
  }
  if (done > total) throw tooLittle(done, total);
}

/** Sizes of what was read and written, told now and then. */
async function* pieces(
  { tools, file, total, local, hash }: Reading,
  done: number,
): AsyncGenerator<number, void, void> {
  const session = await beginScript(tools, readScript, [file, `${done + 1}`, `${total - done}`]);
  let errors = '';
  let untold = 0;
  let toldAt = performance.now();
  try {
    for await (const { stream, data } of session.output) {
      if (stream === 'err') {
        errors = (errors + data.toString('utf8')).slice(0, 4_096);
        continue;
      }
      untold += data.length;
      if (done + untold > total) throw tooLittle(done + untold, total);
      hash.update(data);
      await local.write(data);
      if (performance.now() - toldAt < tellEachMs) continue;
      yield untold;
      done += untold;
      untold = 0;
      toldAt = performance.now();
    }
    yield untold;
    const code = await endOf(session, tools, errors);
    if (code !== 0 || errors !== '') throw notRead(code, errors);
  } finally {
    session.close();
  }
}

async function sizeOf(tools: Tools, file: string): Promise<number> {
  const asked = { parameters: [file], mostBytes: 4_096 };
  const { code, out, errors } = await runScript(tools, lookScript, asked);
  const size = Number(out.toString('utf8').trim());
  if (code === 0 && Number.isSafeInteger(size) && size >= 0) {
    if (size <= mostBytes) return size;
    throw new RackhelmError('POD_FILE_FAILED', 'This file is larger than 64 GiB.');
  }
  if (code === 24) {
    throw new RackhelmError(
      'POD_TOOL_MISSING',
      'This container has nothing to tell the size of a file (stat).',
    );
  }
  const why: Readonly<Record<number, string>> = {
    21: 'There is no such file in this container.',
    22: 'This is no regular file: only such can be downloaded.',
    23: 'The user of this container may not read this file.',
  };
  throw why[code] === undefined
    ? notRead(code, errors)
    : new RackhelmError('POD_FILE_FAILED', why[code]);
}

/** Null: nothing there can tell. */
async function hashOf(tools: Tools, file: string, total: number): Promise<string | null> {
  const asked = { parameters: [file, `${total}`], mostBytes: 64 * 1024 };
  const { code, out } = await runScript(tools, hashScript, asked);
  const [hash = null] = /^[0-9a-f]{64}/.exec(out.toString('utf8')) ?? [];
  return code === 0 ? hash : null;
}

function notRead(code: number, errors: string): RackhelmError {
  const said = saidOf(errors);
  const what = `The file could not be read (${code}).`;
  return new RackhelmError('POD_FILE_FAILED', said === '' ? what : `${what} It says: ${said}`);
}

function tooLittle(done: number, total: number): RackhelmError {
  return new RackhelmError(
    'POD_FILE_DIFFERS',
    `${done} bytes came of ${total}: it changed while it was read, or its end was lost on its way.`,
  );
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { harmless, quote } from '../../connections/ssh/index.ts';
import type { LookContext, PhaseContext } from '../jobs/index.ts';
import type { FileState } from '../machines/index.ts';
import { note, notPossible, prelude } from './command.ts';
import { look } from './look.ts';

/** A larger one is no settings file, and no plan could show it. */
const largest = 200_000;

/**
 * One text file on a machine, and what becomes of it. Texts are latin1, so that bytes which are no UTF-8
 * stay as they are; what an edit puts in is ASCII, or went through `asBytes`.
 */
export interface FileEdit {
  readonly path: string;
  /** Pure, and finds nothing more to do in its own result. Null: the file is not there. */
  readonly edit: (text: string | null) => string | null;
  /**
   * Takes our part out of a file that others changed since. `before`: how it was before us; null also
   * where that was not kept. Undefined: it cannot. Left out: undo refuses then.
   */
  readonly unedit?: (now: string, before: string | null) => string | null | undefined;
  /** Of a new file. Default 0644. */
  readonly mode?: number;
  /** Shell text by which the node's own tool looks at "$f", which holds the new text. */
  readonly check?: string;
  /** Its text may hold passwords: it is neither kept nor shown. */
  readonly secretive?: boolean;
}

export const savedFile = z.object({
  path: z.string().max(1_000),
  /** Base64; null where it was not there or may not be kept. */
  before: z.string().nullable(),
  beforeHash: z.string().nullable(),
  afterHash: z.string().nullable(),
  mode: z.number().int().nullable(),
  /** Its folder was not there. */
  newFolder: z.boolean().default(false),
});
export type SavedFile = z.infer<typeof savedFile>;

export interface SeenFile {
  readonly state: FileState | null;
  readonly text: string | null;
  readonly next: string | null;
  /** Nothing more is to be done in it. */
  readonly done: boolean;
}

export async function seeFile({ machine, signal }: LookContext, file: FileEdit): Promise<SeenFile> {
  const state = await machine.readFile(file.path, { signal });
  if (state && state.content.length > largest) throw notPossible(`${file.path} is too large.`);
  const text = state?.content.toString('latin1') ?? null;
  const next = file.edit(text);
  return { state, text, next, done: next === text };
}

/** What stands in the plan for it. */
export function fileItems(file: FileEdit, seen: SeenFile): PlanItem[] {
  if (seen.done) return [];
  const { path, secretive = false } = file;
  const holdsSecret = secretive && /pass(word|wd)?\s*[=:]/i.test(seen.text ?? '');
  if (holdsSecret)
    return [note('info', `${path} is edited; it holds a password, so it is not shown.`)];
  const mode = seen.state?.mode ?? file.mode ?? 0o644;
  return [{ kind: 'file', path, before: shown(seen.text), after: shown(seen.next), mode }];
}

/** What undo needs of it; taken before anything is changed. */
export async function saveFile(context: LookContext, file: FileEdit): Promise<SavedFile> {
  const { state, text, next } = await seeFile(context, file);
  const newFolder = state === null && next !== null && !(await hasFolder(context, file.path));
  return {
    path: file.path,
    before: file.secretive ? null : (state?.content.toString('base64') ?? null),
    beforeHash: text === null ? null : hash(text),
    afterHash: next === null ? null : hash(next),
    mode: state?.mode ?? null,
    newFolder,
  };
}

async function hasFolder(context: LookContext, path: string): Promise<boolean> {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const asked = { folder: `[ -d ${quote(folder)} ]` };
  const { parts } = await look(context, asked, { named: `folder of ${path}`, root: true });
  return parts.folder.exitCode === 0;
}

/** The new text, once the node's own tool accepts it. */
export async function applyFile(context: PhaseContext, file: FileEdit): Promise<void> {
  const seen = await seeFile(context, file);
  if (seen.done) return;
  if (file.check !== undefined && seen.next !== null) await accepts(context, file, seen.next);
  await put(context, {
    path: file.path,
    seen: seen.state,
    text: seen.next,
    mode: seen.state ? null : (file.mode ?? null),
    folder: false,
  });
}

export interface UndoOptions {
  /** Other texts that are ours as well: a tool of the node wrote them for us. */
  readonly alsoOurs?: (text: string | null) => boolean;
}

/** Brings the file back as it was; refuses where others changed it since. */
export async function undoFile(
  context: PhaseContext,
  file: FileEdit,
  saved: SavedFile,
  { alsoOurs }: UndoOptions = {},
): Promise<void> {
  const { state, text: now } = await seeFile(context, file);
  const nowHash = now === null ? null : hash(now);
  if (nowHash === saved.beforeHash) return;
  const ours = nowHash === saved.afterHash || alsoOurs?.(now) === true;
  const back = backTo(file, saved, { now, ours });
  if (back === undefined) throw changedByOthers(file.path, context.machine.name);
  const { mode, newFolder: folder } = saved;
  await put(context, { path: file.path, seen: state, text: back, mode, folder });
}

function backTo(
  file: FileEdit,
  saved: SavedFile,
  { now, ours }: { now: string | null; ours: boolean },
): string | null | undefined {
  const before = saved.before === null ? null : fromBase64(saved.before);
  const kept = !file.secretive || saved.beforeHash === null;
  if (ours && kept) return before;
  if (now === null) return undefined;
  const back = file.unedit?.(now, before);
  // Where it is all ours, what comes out has to be what was there.
  if (ours && typeof back === 'string' && hash(back) !== saved.beforeHash) return undefined;
  return back;
}

interface Put {
  readonly path: string;
  readonly seen: FileState | null;
  readonly text: string | null;
  readonly mode: number | null;
  /** Where it is deleted: its empty folder goes as well. */
  readonly folder: boolean;
}

async function put(context: PhaseContext, { path, seen, text, mode, folder }: Put): Promise<void> {
  const { machine, signal } = context;
  if (text === null && seen === null) return;
  await machine.checkLock(signal);
  context.log(`${text === null ? 'Deletes' : 'Writes'} ${path}`);
  if (text === null) {
    if (seen) await machine.deleteFile(path, { signal, expect: seen, folder });
    return;
  }
  const content = Buffer.from(text, 'latin1');
  await machine.writeFile(
    { path, content, ...(mode !== null && (!seen || seen.mode !== mode) ? { mode } : {}) },
    { signal, expect: seen },
  );
}

async function accepts(context: PhaseContext, file: FileEdit, text: string): Promise<void> {
  const { machine, signal, log } = context;
  const result = await machine.run(candidateScript(text, file.check ?? 'true'), {
    signal,
    root: true,
    timeoutMs: 30_000,
    named: `check of the new ${file.path}: ${file.check}`,
    onLine: (stream, line) => log(line, stream),
  });
  if (result.exitCode === 0) return;
  const said = harmless(`${result.stdout}\n${result.stderr}`).trim();
  throw new RackhelmError(
    'EDIT_REFUSED',
    `${machine.name} does not accept the new ${file.path}: ${said.slice(-1_000) || 'no reason was given.'}`,
  );
}

/** The candidate lies in a folder of root's own, which goes away with the script. */
function candidateScript(text: string, check: string): string {
  return [
    prelude,
    'umask 077',
    'd=$(mktemp -d /tmp/rackhelm.XXXXXX) || exit 1',
    'trap \'rm -rf "$d"\' EXIT',
    'trap "exit 1" HUP INT TERM',
    'f=$d/new',
    `printf '%s' ${quote(utf8(text))} >"$f" || exit 1`,
    check,
  ].join('\n');
}

function changedByOthers(path: string, where: string): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    `${path} on ${where} was changed since by somebody else, so it is left as it is.`,
    { hint: 'Take our lines out of it by hand, or leave them; then go on.' },
  );
}

/** Text that a person typed, as it has to stand in the text of a file. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function shown(text: string | null): string | null {
  return text === null ? null : utf8(text);
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

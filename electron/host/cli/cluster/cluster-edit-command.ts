import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mostYaml } from '../../../../shared/cluster/actions/action.ts';
import type { EditableObject } from '../../../../shared/cluster/actions/preview.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Installation } from '../../installation.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { hasTerminal } from '../terminal/terminal-ask.ts';
import { type ActionWork, act, withActions } from './cluster-actions-command.ts';
import { type EditOptions, objectMeant, type TypedObject } from './cluster-objects-command.ts';

/** `rackhelm cluster edit KIND NAME [--file FILE]`. */
export async function editObject(
  installation: Installation,
  typed: TypedObject,
  options: EditOptions,
): Promise<void> {
  await withActions(installation, options, async (work) => {
    const { actions, contextId, session } = work;
    const object = await objectMeant(work, typed, options);
    const opened = await actions.editable({ contextId, ...object }, session.signal);
    const written = await writtenBy(opened, options);
    if (written.text === opened.yaml) {
      if (options.json) printJson({ changed: false });
      else print('Nothing was changed.\n');
      return await written.done();
    }
    const { yaml: _, ...which } = await asItStands(work, opened);
    const force = options.force === true;
    try {
      await act(work, { do: 'edit', ...which, yaml: written.text, force }, options);
      await written.done();
    } catch (error) {
      if (written.file !== null) tell(`What you wrote stands in ${written.file}.\n`);
      throw forceable(error);
    }
  });
}

function forceable(error: unknown): unknown {
  if (!(error instanceof RackhelmError) || error.code !== 'KUBE_CONFLICT') return error;
  return new RackhelmError('KUBE_CONFLICT', error.message, {
    hint: 'Change it where they take it from; --force takes these fields over.',
  });
}

/**
 * The version to go on from: what the cluster itself wrote meanwhile is no reason to begin again. Throws
 * CHANGED_SINCE where somebody else changed it.
 */
async function asItStands(
  { actions, contextId, session }: ActionWork,
  opened: EditableObject,
): Promise<EditableObject> {
  const { kind, namespace, name } = opened;
  const now = await actions.editable({ contextId, kind, namespace, name }, session.signal);
  return now.uid === opened.uid && now.yaml === opened.yaml ? now : opened;
}

interface Written {
  readonly text: string;
  /** What a person wrote in an editor, which is kept until it was taken. */
  readonly file: string | null;
  readonly done: () => Promise<void>;
}

async function writtenBy(opened: EditableObject, { file }: EditOptions): Promise<Written> {
  if (file !== undefined) {
    const text = file === '-' ? await fromStdin() : await readFile(file, 'utf8');
    return { text: checked(text), file: null, done: async () => {} };
  }
  if (!hasTerminal()) {
    tell('Nobody is there to edit it; --file FILE takes the object as it is to be.\n');
    throw new Exit(exitCodes.waiting);
  }
  // A folder that only this user may enter, since nobody else has to read what is in a cluster.
  const folder = await mkdtemp(path.join(tmpdir(), 'rackhelm-edit-'));
  const own = path.join(folder, `${opened.name.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}.yaml`);
  await writeFile(own, opened.yaml, { mode: 0o600 });
  await runEditor(own);
  const done = () => rm(folder, { recursive: true, force: true });
  return { text: checked(await readFile(own, 'utf8')), file: own, done };
}

function checked(text: string): string {
  if (text.length <= mostYaml && text.trim() !== '') return text;
  throw new RackhelmError(
    'INVALID_INPUT',
    text.trim() === '' ? 'There is nothing in it.' : 'It is too long to be edited.',
  );
}

async function fromStdin(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) {
    text += String(piece);
    if (text.length > mostYaml) break;
  }
  return text;
}

/** As other programs do it: what `$VISUAL` and `$EDITOR` say is a command line. */
async function runEditor(file: string): Promise<void> {
  const editor = process.env.VISUAL || process.env.EDITOR || 'vi';
  const isWindows = process.platform === 'win32';
  const child = isWindows
    ? spawn(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
    : spawn('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new RackhelmError('INVALID_INPUT', `${editor} ended with ${code}.`);
}

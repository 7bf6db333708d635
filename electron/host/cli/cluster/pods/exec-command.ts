import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { Pods } from '../../../cluster/index.ts';
import { newId } from '../../../db/index.ts';
import type { Installation } from '../../../installation.ts';
import { Exit, exitCodes } from '../../run-command.ts';
import { printBytes, printJson, printScreen, tell } from '../../terminal/output.ts';
import { onePod, type PodOptions, withPods } from './pods-session.ts';

export interface ExecOptions extends PodOptions {
  readonly container?: string;
  readonly stdin?: true;
}

/** Of what is printed as JSON. */
const mostBytes = 16 * 1024 * 1024;

/** `rackhelm cluster exec POD [-- COMMAND]`: a shell where somebody is there, else one command. */
export function execInPod(
  installation: Installation,
  asked: { readonly named: string; readonly command: readonly string[] },
  options: ExecOptions,
): Promise<void> {
  const { named, command } = asked;
  return withPods(installation, options, async ({ pods, contextId, signal }) => {
    const { container } = options;
    const place = await onePod({ pods, contextId, signal }, { named, container }, options);
    const attended = process.stdin.isTTY === true && process.stdout.isTTY === true;
    if (attended && !options.json && !options.stdin) {
      return await inTerminal(pods, { place, command, signal });
    }
    if (command.length === 0) {
      throw new RackhelmError('INVALID_INPUT', 'Without a terminal, say which command.', {
        hint: 'rackhelm cluster exec POD -- COMMAND ARGUMENTS',
      });
    }
    const stdin = options.stdin ? process.stdin : null;
    const said = pods.run({ ...place, command, stdin }, signal);
    await (options.json ? asJson(said) : asBytes(said));
  });
}

type Said = ReturnType<Pods['run']>;

async function asBytes(said: Said): Promise<void> {
  for await (const each of said) {
    if (each.type === 'ended') endWith(each.code);
    else await printBytes(each.data, each.type);
  }
}

async function asJson(said: Said): Promise<void> {
  const texts = { out: '', err: '' };
  for await (const each of said) {
    if (each.type === 'ended') {
      printJson({ code: each.code, stdout: texts.out, stderr: texts.err });
      endWith(each.code);
    } else texts[each.type] = (texts[each.type] + each.data.toString('utf8')).slice(0, mostBytes);
  }
}

function endWith(code: number | null): void {
  if (code !== 0) throw new Exit(code ?? exitCodes.failed);
}

interface Shell {
  readonly place: PodPlace;
  readonly command: readonly string[];
  readonly signal: AbortSignal;
}

const sizeNow = () => ({
  columns: process.stdout.columns ?? 80,
  rows: process.stdout.rows ?? 24,
});

async function inTerminal(pods: Pods, { place, command, signal }: Shell): Promise<void> {
  const id = newId();
  const { terminals } = pods;
  const asked = { ...place, id, size: sizeNow(), ...(command.length > 0 && { command }) };
  const onData = (data: Buffer) => void terminals.write(id, data.toString('utf8'));
  const onResize = () => terminals.resize(id, sizeNow());
  try {
    for await (const event of terminals.open(asked, signal)) {
      if (event.type === 'open') {
        process.stdin.setRawMode(true);
        process.stdin.on('data', onData);
        process.stdout.on('resize', onResize);
      } else if (event.type === 'data') {
        await printScreen(event.text);
        terminals.drawn(id, event.text.length);
      } else {
        if (event.message !== null) tell(`\n${event.message}\n`);
        endWith(event.code);
      }
    }
  } finally {
    process.stdin.off('data', onData);
    process.stdout.off('resize', onResize);
    process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}

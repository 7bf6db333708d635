import type { Readable } from 'node:stream';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { HeldTerminal, openSshShell } from '../../terminals/index.ts';
import { checkInventory } from '../open-inventory.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { printBytes, printJson, printScreen, tell } from '../terminal/output.ts';
import { identityOf } from './target.ts';

export interface SshOptions extends TargetOptions {
  /** With a terminal, though a command is named. */
  readonly tty?: true;
}

/** Of what is printed as JSON. */
const mostCharacters = 16 * 1024 * 1024;

/** `rackhelm ssh DEVICE [-- COMMAND]`: a shell or one command; it ends with its exit code. */
export async function sshToDevice(
  installation: Installation,
  asked: { readonly device: string; readonly command: readonly string[] },
  options: SshOptions,
): Promise<void> {
  checkInventory(options.data);
  await withSession(installation, options, async (session) => {
    const inventory = createInventory(session.database);
    const { id } = inventory.deviceNamed(asked.device);
    const { user, port, jump } = options;
    const target: SshTarget = {
      ...inventory.sshTargetOf(id),
      ...identityOf(options),
      ...(user !== undefined && { user }),
      ...(port !== undefined && { port }),
      ...(jump !== undefined && { jump: [...jump] }),
    };
    // As ssh does: the words stand beside each other, and the shell there reads them.
    const command = asked.command.length > 0 ? asked.command.join(' ') : undefined;
    const attended = process.stdin.isTTY === true && process.stdout.isTTY === true;
    const wanted = { target, command };
    if (attended && !options.json && (command === undefined || options.tty)) {
      await inTerminal(session, wanted);
    } else await asStreams(session, { ...wanted, json: options.json === true });
  });
}

interface Wanted {
  readonly target: SshTarget;
  readonly command: string | undefined;
}

const sizeNow = () => ({
  columns: process.stdout.columns ?? 80,
  rows: process.stdout.rows ?? 24,
});

async function inTerminal(session: MachineSession, { target, command }: Wanted): Promise<void> {
  const { ask, onStep, signal } = session;
  const pool = async () => session.pool;
  const asked = { pool, target, command, size: sizeNow(), ask, signal };
  const terminal = new HeldTerminal(await openSshShell({ ...asked, onStep }));
  const onData = (data: Buffer) => void terminal.write(data.toString('utf8'));
  const onResize = () => terminal.resize(sizeNow());
  process.stdin.setRawMode(true);
  process.stdin.on('data', onData);
  process.stdout.on('resize', onResize);
  try {
    for await (const event of terminal.view(signal, { again: false })) {
      if (event.type === 'data') {
        await printScreen(event.text);
        terminal.drawn(event.text.length);
      } else if (event.type === 'ended') {
        if (event.message !== null) tell(`\n${event.message}\n`);
        endWith(event.code);
      }
    }
  } finally {
    terminal.close();
    process.stdin.off('data', onData);
    process.stdout.off('resize', onResize);
    process.stdin.setRawMode(false);
    process.stdin.pause();
  }
  if (signal.aborted) throw new Exit(exitCodes.interrupted);
}

/** For pipes and scripts: byte for byte, and error output apart. */
async function asStreams(
  { pool, ask, onStep, signal }: MachineSession,
  { target, command, json }: Wanted & { readonly json: boolean },
): Promise<void> {
  const attended = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const connection = await pool.connect(target, { ask, signal, onStep, attended });
  const channel = await connection.shell({ command, signal });
  const leave = () => channel.close();
  signal.addEventListener('abort', leave, { once: true });
  const onData = (data: Buffer) => {
    process.stdin.pause();
    const goOn = () => void process.stdin.resume();
    channel.write(data).then(goOn, () => {}); // it has ended, and reads no more
  };
  const onEnd = () => channel.closeStdin();
  process.stdin.on('data', onData).once('end', onEnd);
  try {
    const texts = { out: '', err: '' };
    const take = async (stream: Readable, which: 'out' | 'err') => {
      for await (const data of stream) {
        if (json) texts[which] = (texts[which] + String(data)).slice(0, mostCharacters);
        else await printBytes(data as Buffer, which); // without an encoding it is bytes
      }
    };
    await Promise.all([take(channel.output, 'out'), take(channel.errors, 'err')]);
    const { code, message } = await channel.ended;
    if (signal.aborted) throw new Exit(exitCodes.interrupted);
    if (json) printJson({ code, stdout: texts.out, stderr: texts.err });
    else if (message !== null) tell(`${message}\n`);
    endWith(code);
  } finally {
    signal.removeEventListener('abort', leave);
    process.stdin.off('data', onData).off('end', onEnd);
    process.stdin.pause();
    connection.release();
  }
}

function endWith(code: number | null): void {
  if (code !== 0) throw new Exit(code ?? exitCodes.failed);
}

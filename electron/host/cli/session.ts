import path from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Ask, openSshPool, type SshPool, type SshStep } from '../connections/ssh/index.ts';
import { type Database, openDatabase } from '../db/index.ts';
import {
  type AppKeys,
  createAppKeys,
  rememberedSudo,
  type Secrets,
} from '../engine/secrets/index.ts';
import type { Installation } from '../installation.ts';
import { createMachineReader, type MachineReader } from '../onboarding/index.ts';
import { readRemoteScript } from '../remote-script.ts';
import { type ChooseDevice, createChooseDevice } from './machines/choose-device.ts';
import { answering, openSecrets, unlocking } from './secrets/secret-store.ts';
import type { TargetOptions } from './terminal/options.ts';
import { tell } from './terminal/output.ts';
import { createTerminalAsk, hasTerminal } from './terminal/terminal-ask.ts';

/** What a command that talks to machines needs; closed by `withSession`. */
export interface MachineSession {
  readonly database: Database;
  readonly pool: SshPool;
  readonly readMachine: MachineReader;
  readonly appKeys: AppKeys;
  readonly secrets: Secrets;
  /** For whatever acts on machines. */
  readonly rememberedSudo: ReturnType<typeof rememberedSudo>;
  readonly ask: Ask;
  /** Answers from the store of secrets what this one would ask, without a person. */
  readonly answering: (ask: Ask) => Ask;
  /** Tells notices of a connection, each once. */
  readonly onStep: (step: SshStep | 'collect', text: string) => void;
  /** Asks which device a machine is; null: nobody is there to ask. */
  readonly choose: ChooseDevice | null;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/**
 * Opens database and connections for one command, ends them whatever happens, and turns Ctrl-C into
 * a cancelled connection. The app may have the same database open meanwhile.
 */
export async function withSession<T>(
  installation: Installation,
  options: TargetOptions,
  work: (session: MachineSession) => Promise<T>,
): Promise<T> {
  const database = openDatabase({ dataDirectory: options.data });
  const secrets = openSecrets(database);
  let unlock: ReturnType<typeof unlocking> | undefined;
  const appKeys = createAppKeys({
    store: database.secrets,
    secrets,
    unlock: async (signal) => (await unlock?.(signal)) ?? false,
  });
  const pool = await openSshPool({
    hostKeys: database.hostKeys,
    heldKeys: () => appKeys.held(),
    // The app will not read that configuration, nor the known_hosts that it names.
    ...(options.sshConfig === undefined
      ? {}
      : { configFile: path.resolve(options.sshConfig), recordKnown: true }),
  });
  const cancel = new AbortController();
  const onInterrupt = () => cancel.abort();
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  // The window of the terminal was closed: a prompt puts the terminal right before it ends.
  process.on('SIGHUP', onInterrupt);
  const acceptNewHostKey = options.acceptNewHostKey === true;
  const { passphraseFile, remember = false } = options;
  const answers = {
    secrets,
    remember,
    onInterrupt,
    ...(passphraseFile === undefined ? {} : { passphraseFile }),
  };
  const attended = { ...answers, attended: hasTerminal() };
  unlock = unlocking(attended);
  const here = { ...attended, unlock };
  try {
    const script = readRemoteScript(installation.resourcesDirectory, 'facts');
    return await work({
      database,
      pool,
      readMachine: withPeople(createMachineReader(async () => pool, script)),
      appKeys,
      secrets,
      rememberedSudo: rememberedSudo({ secrets, report: tellNotKept, unlock: here.unlock }),
      ask: answering(createTerminalAsk({ acceptNewHostKey, onInterrupt }), here),
      answering: (ask) => answering(ask, { ...answers, attended: false }),
      choose: createChooseDevice(onInterrupt),
      onStep: tellNotices(),
      signal: cancel.signal,
      timeoutMs: options.timeout * 1000,
    });
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    process.off('SIGHUP', onInterrupt);
    await pool.close();
    await secrets.close();
    database.close();
  }
}

function tellNotKept(error: unknown): void {
  const why = error instanceof RackhelmError ? `${error.message} ${error.hint}` : String(error);
  tell(`It was not remembered: ${why}\n`);
}

/** On stderr, so that results stay what they are. */
function tellNotices(): MachineSession['onStep'] {
  const told = new Set<string>();
  return (step, text) => {
    if (step !== 'notice' || told.has(text)) return;
    told.add(text);
    tell(`${text}\n`);
  };
}

/**
 * Shows what machines say before the login, such as where to sign in. Only with a terminal is anybody
 * there to do that, or to confirm at an agent: without one `--timeout` bounds everything.
 */
function withPeople(readMachine: MachineReader): MachineReader {
  const attended = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const onBanner = (host: string, text: string) => {
    tell(`${host} says:\n${text.replace(/^/gm, '  ')}\n`);
  };
  return (target, options) => readMachine(target, { attended, onBanner, ...options });
}

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { oneLine } from '../../../../../shared/visible-text.ts';
import type { GivenCredential } from '../credentials.ts';
import { KubeError } from '../errors.ts';
import { cancelled } from '../socket-errors.ts';
import type { ExecPlugin, ResolvedContext } from './resolved.ts';

const runMs = 60_000;
const mostOutput = 1024 * 1024;
const mostSaid = 2_000;
const apiVersions: ReadonlySet<string> = new Set([
  'client.authentication.k8s.io/v1',
  'client.authentication.k8s.io/v1beta1',
]);

/**
 * By what a person allowed it: the program, each argument, and each value of its environment. Where one
 * of them changes, it is another command.
 */
export function pluginHash(plugin: ExecPlugin): string {
  const { apiVersion, command, args, env } = plugin;
  const exact = [apiVersion, command, args, env.map(({ name, value }) => [name, value])];
  return createHash('sha256').update(JSON.stringify(exact)).digest('hex');
}

export interface RunPlugin {
  readonly plugin: ExecPlugin;
  /** The file that is run, as it was found when the command was allowed. Absolute. */
  readonly program: string;
  /** For what it starts itself. */
  readonly path: string;
  readonly context: ResolvedContext;
  readonly signal: AbortSignal;
}

/** Runs a command that was allowed, without a shell and without a terminal. */
export async function runPlugin(run: RunPlugin): Promise<GivenCredential> {
  const { plugin } = run;
  if (!apiVersions.has(plugin.apiVersion))
    throw failed(plugin, `is of a version that is not known (${plugin.apiVersion || 'none'})`);
  if (plugin.interactiveMode === 'Always') throw failed(plugin, 'wants a terminal');
  const printed = await output(run);
  return credentialOf(printed, plugin);
}

function output({ plugin, program, path, context, signal }: RunPlugin): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(program, [...plugin.args], {
    env: environment(plugin, path, context),
    stdio: ['ignore', 'pipe', 'pipe'],
    // With what it starts itself, so that all of it can be ended.
    detached: true,
    windowsHide: true,
  });
  const out: Buffer[] = [];
  let size = 0;
  let said = '';
  const end = (error: KubeError) => {
    killGroup(child.pid);
    done();
    reject(error);
  };
  const onAbort = () => end(cancelled(signal));
  const timer = setTimeout(() => end(failed(plugin, 'does not come to its end')), runMs);
  const done = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > mostOutput) end(failed(plugin, 'prints without an end'));
    else out.push(piece);
  });
  child.stderr.on('data', (piece: Buffer) => {
    said = (said + piece.toString('utf8')).slice(-mostSaid);
  });
  child.on('error', (cause) => end(failed(plugin, 'cannot be started', { cause })));
  child.on('close', (code) => {
    done();
    if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
    else reject(failed(plugin, `ended with ${code ?? 'a signal'}`, { said }));
  });
  return promise;
}

/** Ours, but for what is meant for Rackhelm alone. */
function environment(plugin: ExecPlugin, path: string, context: ResolvedContext) {
  const own = Object.entries(process.env).filter(([name]) => !/^(RACKHELM_|ELECTRON_)/.test(name));
  const asked = plugin.env.map(({ name, value }): [string, string] => [name, value]);
  return {
    ...Object.fromEntries(own),
    PATH: path,
    ...Object.fromEntries(asked),
    KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(plugin, context)),
  };
}

function execInfo(plugin: ExecPlugin, { cluster }: ResolvedContext) {
  const about = {
    server: cluster.server,
    'tls-server-name': cluster.tlsServerName ?? undefined,
    'insecure-skip-tls-verify': cluster.skipTlsVerify || undefined,
    'certificate-authority-data': cluster.ca?.toString('base64'),
    'proxy-url': cluster.proxyUrl ?? undefined,
  };
  return {
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion,
    spec: { interactive: false, ...(plugin.provideClusterInfo && { cluster: about }) },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

const credential = z.looseObject({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.looseObject({
    token: z.string().max(100_000).nullish(),
    clientCertificateData: z.string().max(1_000_000).nullish(),
    clientKeyData: z.string().max(1_000_000).nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
});

function credentialOf(printed: string, plugin: ExecPlugin): GivenCredential {
  let value: unknown;
  try {
    value = JSON.parse(printed);
  } catch {
    throw failed(plugin, 'prints something else than a credential');
  }
  const parsed = credential.safeParse(value);
  if (!parsed.success || parsed.data.apiVersion !== plugin.apiVersion)
    throw failed(plugin, 'prints something else than a credential of its version');
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = parsed.data.status;
  if (!token && !(clientCertificateData && clientKeyData))
    throw failed(plugin, 'gives neither a token nor a certificate');
  const expiresAt = Date.parse(expirationTimestamp ?? '');
  return {
    token: token || null,
    cert: clientCertificateData ? Buffer.from(clientCertificateData) : null,
    key: clientKeyData ? Buffer.from(clientKeyData) : null,
    expiresAt: Number.isNaN(expiresAt) ? null : expiresAt,
  };
}

function failed(
  { command, installHint }: ExecPlugin,
  what: string,
  { cause, said = '' }: { readonly cause?: unknown; readonly said?: string } = {},
): KubeError {
  const words = oneLine(said.slice(-500));
  const message = `The command ${oneLine(command)} ${what}.${words === '' ? '' : ` It said: ${words}`}`;
  const hint = oneLine((installHint ?? '').slice(0, 300));
  return new KubeError('KUBE_COMMAND_FAILED', message, {
    cause,
    ...(cause !== undefined && hint !== '' && { hint }),
  });
}

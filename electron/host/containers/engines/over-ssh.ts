import { randomBytes } from 'node:crypto';
import { type FoundSockets, readSockets } from '../../../../shared/containers/engine-sockets.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { type Dial, DockerError } from '../../connections/docker/index.ts';
import { type Ask, quote, type SshConnection, type SshPool } from '../../connections/ssh/index.ts';

export interface OverSsh {
  readonly pool: () => Promise<SshPool>;
  readonly ask: Ask;
  readonly target: SshTarget;
  readonly name: string;
  /** Null: the first of the usual ones that this user may use. */
  readonly socket: string | null;
  /** resources/engine-sockets.sh. */
  readonly script: string;
}

const lookMs = 15_000;

/**
 * Streams to a socket of a machine over its one SSH connection. The socket is looked for once; a stream
 * that is refused is explained by a look at the machine.
 */
export function dialOverSsh(over: OverSsh): Dial & { readonly found: () => string | null } {
  const named = over.socket?.startsWith('/') ? over.socket : null;
  let path = named;
  const dial = async (signal: AbortSignal) => {
    const connection = await (await over.pool()).connect(over.target, {
      ask: over.ask,
      signal,
      attended: false,
    });
    try {
      path ??= usable(await look(over, connection, signal), over);
      const stream = await connection.forward({ socketPath: path }, signal).catch(async (error) => {
        path = named;
        throw await explained(error, over, { connection, signal });
      });
      stream.once('close', () => connection.release());
      return stream;
    } catch (error) {
      connection.release();
      throw error;
    }
  };
  return Object.assign(dial, { found: () => path });
}

async function look(
  { script, socket }: OverSsh,
  connection: SshConnection,
  signal: AbortSignal,
): Promise<FoundSockets | null> {
  const mark = `@@${randomBytes(8).toString('hex')}`;
  const command = `sh -s -- ${quote(mark)} ${quote(socket ?? '')}`;
  const { stdout } = await connection.exec(command, { stdin: script, signal, timeoutMs: lookMs });
  return readSockets(stdout.toString('utf8'), mark);
}

/** Throws DOCKER_SOCKET_MISSING, DOCKER_SOCKET_DENIED. */
function usable(found: FoundSockets | null, { name, socket }: OverSsh): string {
  if (found === null) {
    throw new DockerError('DOCKER_SOCKET_MISSING', `${name} does not say which sockets it has.`, {
      hint: 'Name the socket of its engine, such as /var/run/docker.sock.',
    });
  }
  const good = found.sockets.find((one) => one.usable);
  if (good !== undefined) return good.path;
  const [denied] = found.sockets;
  if (denied === undefined) throw missing(found, name, socket);
  const { user } = found;
  throw new DockerError(
    'DOCKER_SOCKET_DENIED',
    `${user} may not use ${denied.path} on ${name}: it belongs to ${denied.owner} and the group ${denied.group}.`,
    {
      hint:
        denied.group === 'root'
          ? `Log in there as ${denied.owner}, or use a rootless engine of ${user}.`
          : `sudo usermod -aG ${denied.group} ${user} there, then try again; whoever is in that group may do what root may. A rootless engine needs no such right.`,
    },
  );
}

function missing({ programs }: FoundSockets, name: string, socket: string | null): DockerError {
  const where = socket === null ? '' : ` at ${socket}`;
  const [program] = programs;
  if (program === undefined) {
    return new DockerError('DOCKER_SOCKET_MISSING', `${name} has no container engine${where}.`, {
      hint: 'Install Docker or Podman there, or name the socket if it lies elsewhere.',
    });
  }
  const unit = program === 'podman' ? 'podman.socket' : 'docker';
  return new DockerError(
    'DOCKER_SOCKET_MISSING',
    `${program} is installed on ${name}, but no engine listens${where}.`,
    { hint: `sudo systemctl enable --now ${unit} there starts it.` },
  );
}

/** Whether it is the right to the socket, the engine that does not run, or sshd that forbids it. */
async function explained(
  error: unknown,
  over: OverSsh,
  { connection, signal }: { readonly connection: SshConnection; readonly signal: AbortSignal },
): Promise<unknown> {
  if (!(error instanceof RackhelmError) || error.code !== 'SSH_FORWARD_REFUSED') return error;
  if (error.data.forbidden === true) return error;
  try {
    const found = await look(over, connection, signal);
    const path = usable(found, over);
    if (found?.forbidden === true) return forbidden(over.name, error);
    return new DockerError(
      'DOCKER_UNREACHABLE',
      `${path} is on ${over.name}, but no engine answers there.`,
      { hint: 'See whether it runs: systemctl status docker, or its log.', cause: error },
    );
  } catch (why) {
    return why instanceof DockerError ? why : error;
  }
}

function forbidden(name: string, cause: RackhelmError): RackhelmError {
  const message = `${name} lets no connection to a socket through: its sshd forbids it.`;
  const hint = 'Allow it there for this user: AllowStreamLocalForwarding local in sshd_config.';
  return new RackhelmError('SSH_FORWARD_REFUSED', message, { hint, cause });
}

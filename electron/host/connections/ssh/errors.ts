import { type ErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import type { ForwardTarget } from './forward-target.ts';

/** The server ended the connection because of failed attempts; what is left may be tried anew. */
export class TooManyAuthFailures extends Error {
  override readonly name = 'TooManyAuthFailures';
}

export function cancelled(signal?: AbortSignal): RackhelmError {
  if (signal?.reason instanceof RackhelmError) return signal.reason;
  return new RackhelmError('SSH_CANCELLED', 'The connection was cancelled.');
}

/** `host`, or `host:port` where the port is not the usual one. */
export function place(host: string, port: number): string {
  if (port === 22) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

export function timedOut(
  what: string,
  ms: number,
  details: ConstructorParameters<typeof RackhelmError>[2] = {},
): RackhelmError {
  return new RackhelmError('SSH_TIMEOUT', `${what} (${seconds(ms)}).`, details);
}

/** A command ran into its time limit on a machine that answers: contact was not lost. */
export function isUnfinished(error: unknown): error is RackhelmError {
  return (
    error instanceof RackhelmError && error.code === 'SSH_TIMEOUT' && error.data.unfinished === true
  );
}

function seconds(ms: number): string {
  const value = Math.round(ms / 100) / 10;
  return value === 1 ? 'waited 1 second' : `waited ${value} seconds`;
}

export function connectionLost(where: string, cause?: unknown): RackhelmError {
  return new RackhelmError('SSH_CONNECTION_LOST', `The connection to ${where} was lost.`, {
    cause,
  });
}

export function notSsh(where: string, answer: string): RackhelmError {
  return new RackhelmError('SSH_NOT_SSH', `${where} does not speak SSH: it ${answer}.`);
}

export function jumpFailed(hop: string, cause: unknown): RackhelmError {
  const why = cause instanceof RackhelmError ? cause.message : 'it could not be reached.';
  const details = cause instanceof RackhelmError ? { hint: cause.hint, data: cause.data } : {};
  return new RackhelmError('SSH_JUMP_FAILED', `The jump host ${hop} failed: ${why}`, {
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    cause,
    data: {
      ...details.data,
      hop,
      ...(cause instanceof RackhelmError ? { code: cause.code } : {}),
    },
  });
}

/** What ssh2 says where a channel to somewhere behind the machine is not opened. */
export function forwardRefused(where: string, to: ForwardTarget, cause: unknown): RackhelmError {
  if (cause instanceof RackhelmError) return cause;
  const option = 'socketPath' in to ? 'AllowStreamLocalForwarding' : 'AllowTcpForwarding';
  // RFC 4254, 5.1: administratively prohibited.
  if (cause instanceof Error && 'reason' in cause && cause.reason === 1) {
    return new RackhelmError(
      'SSH_FORWARD_REFUSED',
      `${where} lets no connection through: its sshd forbids it.`,
      {
        hint: `Allow it there for this user: ${option} local in sshd_config.`,
        cause,
        data: { forbidden: true },
      },
    );
  }
  const what = 'socketPath' in to ? to.socketPath : `${to.host}, port ${to.port}`;
  const message = `${where} reaches nothing at ${what}.`;
  return new RackhelmError('SSH_FORWARD_REFUSED', message, { cause, data: { forbidden: false } });
}

const socketCodes: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'SSH_HOST_UNKNOWN',
  EAI_AGAIN: 'SSH_HOST_UNKNOWN',
  EAI_FAIL: 'SSH_HOST_UNKNOWN',
  EAI_NODATA: 'SSH_HOST_UNKNOWN',
  EAI_NONAME: 'SSH_HOST_UNKNOWN',
  ENODATA: 'SSH_HOST_UNKNOWN',
  ECONNREFUSED: 'SSH_REFUSED',
  EHOSTUNREACH: 'SSH_UNREACHABLE',
  ENETUNREACH: 'SSH_UNREACHABLE',
  EHOSTDOWN: 'SSH_UNREACHABLE',
  ENETDOWN: 'SSH_UNREACHABLE',
  EADDRNOTAVAIL: 'SSH_UNREACHABLE',
  EINVAL: 'SSH_UNREACHABLE',
  EACCES: 'SSH_UNREACHABLE',
  EPERM: 'SSH_UNREACHABLE',
  ETIMEDOUT: 'SSH_TIMEOUT',
};

const sentences: Partial<Record<ErrorCode, (where: string) => string>> = {
  SSH_HOST_UNKNOWN: (where) => `No address is known for ${where}.`,
  SSH_REFUSED: (where) => `${where} refused the connection.`,
  SSH_UNREACHABLE: (where) => `There is no way to ${where} from this computer.`,
  SSH_TIMEOUT: (where) => `${where} did not answer.`,
};

/** What the operating system says when a TCP connection fails, in our table's terms. */
export function fromSocketError(error: unknown, where: string): RackhelmError {
  const code = socketCodes[systemCode(error)] ?? 'SSH_CONNECTION_LOST';
  const sentence = sentences[code]?.(where);
  return sentence === undefined
    ? connectionLost(where, error)
    : new RackhelmError(code, sentence, { cause: error });
}

/** A name with several addresses fails with one error each; the most telling one counts. */
function systemCode(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(systemCode);
    const order = ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];
    return order.find((code) => codes.includes(code)) ?? codes[0] ?? '';
  }
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

/** An error of ssh2 between the first byte and the end of authentication. */
export function fromHandshakeError(error: Error, where: string): Error {
  if (/too many authentication failures/i.test(error.message))
    return new TooManyAuthFailures(error.message);
  if (/no matching|no mutual/i.test(error.message))
    return new RackhelmError(
      'SSH_NOT_SSH',
      `${where} speaks an SSH that shares no algorithm with Rackhelm: ${error.message}.`,
      { hint: 'Update the SSH server there; it offers outdated algorithms only.', cause: error },
    );
  if (/ident|greeting|header|version/i.test(error.message))
    return notSsh(where, 'sent something else than an SSH greeting');
  return connectionLost(where, error);
}

import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  failureCode,
  failureWords,
  isUntrusted,
} from '../../../../shared/model/network-failure.ts';
import { type DockerCode, DockerError } from './errors.ts';

/** A failure below HTTP, in our terms. `where`: the engine that was asked. */
export function fromConnection(error: unknown, where: string): RackhelmError {
  // Of the way there: SSH says best itself what is wrong with it.
  if (error instanceof RackhelmError) return error;
  const code = failureCode(error);
  const cause = error;
  if (code === 'ENOENT') {
    return new DockerError('DOCKER_SOCKET_MISSING', `There is no engine at ${where}.`, { cause });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new DockerError('DOCKER_SOCKET_DENIED', `This user may not use ${where}.`, { cause });
  }
  return (
    fromTls(error, code, where) ??
    new DockerError('DOCKER_UNREACHABLE', `${where} ${failureWords(code)}.`, {
      cause,
    })
  );
}

function fromTls(cause: unknown, code: string, where: string): DockerError | null {
  const text = cause instanceof Error ? cause.message : '';
  const failed = (message: string) => new DockerError('DOCKER_TLS_FAILED', message, { cause });
  if (code === 'CERT_HAS_EXPIRED') return failed(`The certificate of ${where} has expired.`);
  if (code === 'CERT_NOT_YET_VALID')
    return failed(`The certificate of ${where} is not valid yet: a clock is wrong.`);
  if (isUntrusted(code))
    return failed(`The certificate of ${where} comes from another authority than the one given.`);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return failed(`The certificate of ${where} is for other names than this one.`);
  if (/wrong version number|packet length too long|http request/i.test(text))
    return failed(`${where} does not speak TLS.`);
  if (/alert (certificate expired|number 45)/i.test(text))
    return failed(`${where} says that our certificate has expired.`);
  if (/alert|number (42|46|48|116)/i.test(text))
    return failed(`${where} does not accept our certificate.`);
  if (/key values mismatch|no start line|bad (base64|decrypt)|PEM|asn1/i.test(text))
    return failed('The certificate or the key cannot be read, or they do not fit each other.');
  return null;
}

const byStatus: Readonly<Record<number, DockerCode>> = {
  400: 'DOCKER_INVALID',
  401: 'DOCKER_FORBIDDEN',
  403: 'DOCKER_FORBIDDEN',
  404: 'DOCKER_NOT_FOUND',
  409: 'DOCKER_CONFLICT',
};

/** What an engine says in an answer that is no success. */
export function fromAnswer(status: number, said: string, where: string): DockerError {
  const code = byStatus[status] ?? 'DOCKER_FAILED';
  // A registry that wants a login is told by the engine as a failure of its own.
  const isLogin = /unauthorized|authentication required|denied: /i.test(said);
  return new DockerError(
    code === 'DOCKER_FAILED' && isLogin ? 'DOCKER_FORBIDDEN' : code,
    said === '' ? `${where} answers with HTTP ${status}.` : `The engine says: ${said}`,
    { status },
  );
}

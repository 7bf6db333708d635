import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  failureCode,
  failureWords,
  isUntrusted,
} from '../../../../shared/model/network-failure.ts';
import { KubeError } from './errors.ts';

/** A failure below HTTP, in our terms. `where`: the address that was asked. */
export function fromSocketError(error: unknown, where: string): KubeError {
  if (error instanceof KubeError) return error;
  // Of the way there: a machine that it is reached through.
  if (error instanceof RackhelmError) {
    const { message, hint, cause } = error;
    return new KubeError('KUBE_UNREACHABLE', `${where} cannot be reached: ${message}`, {
      hint,
      cause,
    });
  }
  const code = failureCode(error);
  const cause = error;
  if (code === 'CERT_HAS_EXPIRED') {
    return new KubeError('KUBE_CERTIFICATE_EXPIRED', `The certificate of ${where} has expired.`, {
      cause,
    });
  }
  if (code === 'CERT_NOT_YET_VALID') {
    const message = `The certificate of ${where} is not valid yet: a clock is wrong.`;
    return new KubeError('KUBE_CERTIFICATE_EXPIRED', message, { cause });
  }
  if (isUntrusted(code)) {
    const message = `The certificate of ${where} comes from another authority than this kubeconfig names.`;
    return new KubeError('KUBE_CERTIFICATE_UNTRUSTED', message, { cause });
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    const message = `The certificate of ${where} is for other names than this one.`;
    return new KubeError('KUBE_CERTIFICATE_NAME', message, { cause });
  }
  return fromTlsAlert(error, where) ?? unreachable(error, where, code);
}

/** The other side ended the handshake, or does not speak TLS at all. */
function fromTlsAlert(error: unknown, where: string): KubeError | null {
  const text = error instanceof Error ? error.message : '';
  if (/wrong version number|packet length too long|http request/i.test(text)) {
    return new KubeError('KUBE_ANSWER_ODD', `${where} does not speak TLS.`, { cause: error });
  }
  if (/alert (certificate expired|number 45)/i.test(text)) {
    const message = `${where} says that the certificate of this kubeconfig has expired.`;
    return new KubeError('KUBE_CERTIFICATE_EXPIRED', message, { cause: error });
  }
  if (/alert (bad certificate|unknown ca|certificate unknown|number (42|46|48))/i.test(text)) {
    const message = `${where} does not know the certificate of this kubeconfig.`;
    return new KubeError('KUBE_UNAUTHORIZED', message, { cause: error });
  }
  if (/key values mismatch|no start line|bad (base64|decrypt)|PEM|asn1/i.test(text)) {
    const message = 'The certificate or key of this kubeconfig cannot be read, or they do not fit.';
    return new KubeError('KUBE_CONFIG_INVALID', message, { cause: error });
  }
  return null;
}

function unreachable(error: unknown, where: string, code: string): KubeError {
  const what = failureWords(code);
  return new KubeError('KUBE_UNREACHABLE', `${where} ${what}.`, { cause: error });
}

export function cancelled(signal?: AbortSignal): KubeError {
  if (signal?.reason instanceof KubeError) return signal.reason;
  return new KubeError('KUBE_CANCELLED', 'It was cancelled.');
}

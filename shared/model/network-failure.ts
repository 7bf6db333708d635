/** Failures below HTTP that are alike for whatever is reached: codes of Node, told in words. */

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection',
  ENOTFOUND: 'has no address that is known here',
  EAI_AGAIN: 'has no address that is known here',
  EHOSTUNREACH: 'cannot be reached from this computer',
  ENETUNREACH: 'cannot be reached from this computer',
  ETIMEDOUT: 'does not answer',
  ECONNRESET: 'ended the connection',
  EPIPE: 'ended the connection',
};

const untrusted = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);

/** What the other side does, to stand behind its address: `refuses the connection`. */
export function failureWords(code: string): string {
  return words[code] ?? 'cannot be reached';
}

/** Its certificate comes from another authority. */
export const isUntrusted = (code: string): boolean => untrusted.has(code);

/**
 * `ECONNREFUSED`, `CERT_HAS_EXPIRED`; empty where there is none. A name with several addresses fails with one
 * error each; the most telling one counts.
 */
export function failureCode(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(failureCode);
    return codes.find((code) => code === 'ECONNREFUSED') ?? codes[0] ?? '';
  }
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

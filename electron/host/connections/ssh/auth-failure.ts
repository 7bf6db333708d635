import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { AuthMethodName } from './host-settings.ts';

export const usualMethods: readonly AuthMethodName[] = [
  'publickey',
  'keyboard-interactive',
  'password',
];

/** RFC 4252 and its kin; a server can put anything else there, also what was typed. */
const methods = new Set([
  'publickey',
  'password',
  'keyboard-interactive',
  'hostbased',
  'gssapi-with-mic',
  'gssapi-keyex',
  'none',
]);

/** What an attempt that came to nothing tells. */
export interface FailedLogin {
  readonly host: string;
  readonly user: string;
  readonly tried: readonly string[];
  readonly offered: readonly string[];
  readonly allowed: readonly AuthMethodName[];
  /** Servers and we have patience for some keys only. */
  readonly untriedKeys: number;
  readonly remarks: readonly string[];
  readonly cause: unknown;
}

export function authFailed(failed: FailedLogin): RackhelmError {
  const { host, user, tried, allowed, cause } = failed;
  const offered = failed.offered.filter((name) => methods.has(name));
  const unknown = failed.offered.length - offered.length;
  const what = tried.length > 0 ? `Tried: ${tried.join(', ')}.` : 'There was nothing to try.';
  const named = [...offered, ...(unknown > 0 ? ['what Rackhelm does not know'] : [])];
  const takes = named.length > 0 ? ` It takes: ${named.join(', ')}.` : '';
  const off = usualMethods.filter((name) => offered.includes(name) && !allowed.includes(name));
  const why = off.length > 0 ? ` The ssh configuration turns off: ${off.join(', ')}.` : '';
  const remarks = [...new Set([...failed.remarks, ...untried(failed)])];
  return new RackhelmError(
    'SSH_AUTH_FAILED',
    `${host} did not let ${user} in. ${what}${takes}${why}`,
    {
      cause,
      data: { tried, offered, user, remarks },
      ...(remarks.length === 0 ? {} : { hint: remarks.join(' ') }),
    },
  );
}

function untried({ host, untriedKeys }: FailedLogin): string[] {
  if (untriedKeys === 0) return [];
  return [
    `${host} ended the login before ${untriedKeys === 1 ? 'one more key' : `${untriedKeys} more keys`} could be tried: name the one that is meant for it (IdentityFile with IdentitiesOnly yes in the ssh configuration).`,
  ];
}

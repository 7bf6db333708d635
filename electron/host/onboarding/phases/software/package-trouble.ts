import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { commandFailed } from '../../../engine/phases/index.ts';

export type PackageTrouble = 'locked' | 'interrupted' | 'unreachable' | 'unknown-package' | 'other';

/** In this order: a mirror that is not reached makes packages unknown as well. */
const signs: readonly (readonly [PackageTrouble, RegExp])[] = [
  [
    'locked',
    /could not get lock|unable to acquire the dpkg|is another process using it|unable to (?:lock|obtain lock)|unable to lock database|failed to lock database|system management is locked|another app is currently holding/i,
  ],
  ['interrupted', /dpkg was interrupted|dpkg --configure -a/i],
  [
    'unreachable',
    /temporary failure (?:in name resolution|resolving)|could not resolve|couldn't resolve|could not connect|unable to connect|network is unreachable|no route to host|failed to (?:fetch|download|retrieve)|failed retrieving|temporary error \(try again later\)|connection (?:timed out|refused)|no address associated|dns lookup error|all mirrors were (?:tried|already tried)/i,
  ],
  [
    'unknown-package',
    /unable to locate package|has no installation candidate|no match for argument|unable to find a match|no package .* available|unable to select packages|no such package|target not found|not found in package names|no provider of/i,
  ],
];

export function troubleIn(said: string): PackageTrouble {
  return signs.find(([, sign]) => sign.test(said))?.[0] ?? 'other';
}

/** What a person is told of it. */
export function packageError(
  said: string,
  { command, where, names }: { command: string; where: string; names: readonly string[] },
): RackhelmError {
  const list = names.join(', ').slice(0, 300);
  const line =
    said
      .split('\n')
      .findLast((one) => troubleIn(one) !== 'other')
      ?.slice(0, 400) ?? '';
  switch (troubleIn(said)) {
    case 'locked':
    case 'interrupted':
      return new RackhelmError(
        'PACKAGES_LOCKED',
        `Another package manager is at work on ${where}: ${line}`,
      );
    case 'unreachable':
      return new RackhelmError(
        'PACKAGES_UNREACHABLE',
        `${where} does not reach its package sources, so ${list} could not be installed: ${line}`,
      );
    case 'unknown-package':
      return new RackhelmError(
        'PACKAGE_UNKNOWN',
        `The package sources of ${where} do not have all of ${list}: ${line}`,
      );
    case 'other':
      return commandFailed(command, said, where);
  }
}

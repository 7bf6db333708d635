import type { IdentityMatch } from '../../../../shared/model/identity.ts';
import { matchSentence, reasonText } from '../../../../shared/model/identity-words.ts';
import type { DeviceKind } from '../../../../shared/model/inventory.ts';
import type { WhoItIs } from '../../../../shared/onboarding/draft.ts';

/** Likenesses that a draft keeps. */
const mostMatches = 10;

/**
 * What the evidence makes of a machine. A copy of a disk is called one even where the rest is new; a
 * machine that only answers where another one did, or has its name, stands in that one's place.
 */
export function whoItIs(
  all: readonly IdentityMatch[],
  suggestion: { readonly name: string; readonly kind: DeviceKind },
): WhoItIs {
  const matches = all.slice(0, mostMatches);
  const of = (verdict: IdentityMatch['verdict']) =>
    all.filter((match) => match.verdict === verdict);
  const as = (verdict: WhoItIs['verdict'], match: IdentityMatch | undefined, says: string) => ({
    verdict,
    deviceId: match?.deviceId ?? null,
    deviceName: match?.deviceName ?? null,
    says,
    matches,
    suggestion: { ...suggestion },
  });
  const [same, second] = of('same');
  if (same !== undefined && second === undefined) return as('known', same, matchSentence(same));
  if (same !== undefined) {
    return as(
      'unclear',
      same,
      `Several devices of the inventory could be this machine: ${names(of('same'))}.`,
    );
  }
  const [clone] = of('clone');
  const [probable] = of('probably-same');
  if (probable !== undefined) return as('unclear', probable, matchSentence(probable));
  if (clone !== undefined) return as('clone', clone, cloneSays(clone));
  const [replaced, other] = of('another').filter(standsInItsPlace);
  if (replaced !== undefined && other === undefined) {
    return as('replacement', replaced, replacementSays(replaced));
  }
  const much =
    all.length === 0 ? 'anything in common with it' : 'enough in common with it to be it';
  return as('new', undefined, `Nothing in the inventory has ${much}.`);
}

function names(matches: readonly IdentityMatch[]): string {
  const shown = matches.slice(0, 3).map(({ deviceName }) => deviceName);
  return shown.join(', ') + (matches.length > 3 ? ` and ${matches.length - 3} more` : '');
}

function cloneSays(match: IdentityMatch): string {
  const shared = match.reasons
    .filter(({ agrees, kind }) => agrees && copied.has(kind))
    .slice(0, 2)
    .map((reason) => reasonText(reason));
  const what = shared.length > 0 ? ` It has ${shared.join(' and ')}.` : '';
  return `This is a copy of ${match.deviceName}, on hardware of its own.${what} It needs a machine id and SSH host keys of its own.`;
}

/** What comes along with the copy of a disk. */
const copied: ReadonlySet<string> = new Set(['machine-id', 'host-id', 'ssh-host-key']);
const places: ReadonlySet<string> = new Set(['hostname', 'ssh-target', 'address']);
const bodies: ReadonlySet<string> = new Set([
  'product-uuid',
  'serial',
  'board-serial',
  'chassis-serial',
  'machine-id',
  'mac',
  'ssh-host-key',
]);

/** It answers where the device did, or is called so, and is plainly made of something else. */
function standsInItsPlace({ reasons }: IdentityMatch): boolean {
  const agreeing = reasons.filter(({ agrees }) => agrees);
  return (
    agreeing.length > 0 &&
    agreeing.every(({ kind }) => places.has(kind)) &&
    reasons.some(({ agrees, kind }) => !agrees && bodies.has(kind))
  );
}

function replacementSays(match: IdentityMatch): string {
  const [same] = match.reasons.filter(({ agrees }) => agrees);
  const [differs] = match.reasons.filter(({ agrees, kind }) => !agrees && bodies.has(kind));
  const alike = same ? reasonText(same) : 'its place';
  const unlike = differs ? `, but ${reasonText(differs)}` : '';
  return `It has ${alike} as ${match.deviceName}${unlike}. It may be a replacement of it.`;
}

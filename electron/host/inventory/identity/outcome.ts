import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { IdentityMatch } from '../../../../shared/model/identity.ts';
import { reasonText, twoStrongest } from '../../../../shared/model/identity-words.ts';

/** What is to be done with a machine that was read. */
export type Outcome =
  | { readonly kind: 'known'; readonly deviceId: string }
  | { readonly kind: 'new' }
  /** It may be one of these; only a person can say. */
  | { readonly kind: 'unclear'; readonly matches: readonly IdentityMatch[] };

/** Only a machine that plainly is one device, and no second one, is taken for it without asking. */
export function outcomeOf(matches: readonly IdentityMatch[]): Outcome {
  const same = matches.filter(({ verdict }) => verdict === 'same');
  const [only] = same;
  if (only && same.length === 1) return { kind: 'known', deviceId: only.deviceId };
  const likely = matches.filter(({ verdict }) => verdict !== 'another');
  return likely.length === 0 ? { kind: 'new' } : { kind: 'unclear', matches: likely };
}

/**
 * Before facts are written on a device that a person or a schedule named: that it is reached where it
 * always was proves nothing, since its address may be another machine's by now. Throws OTHER_MACHINE
 * where what was seen on the device before speaks against it, or where the machine plainly is
 * another device. `own` was weighed without the way by which the machine was reached.
 */
export function refuseAnother(own: IdentityMatch, matches: readonly IdentityMatch[]): void {
  const other = matches.find(
    ({ verdict, deviceId }) => verdict === 'same' && deviceId !== own.deviceId,
  );
  const unlike = own.verdict === 'another' || own.verdict === 'clone';
  const proven = own.reasons.some(({ agrees, weight }) => !agrees && weight === 'strong');
  if (own.verdict === 'same' || (!other && !(unlike && proven))) return;
  const differing = own.reasons.filter(({ agrees }) => !agrees);
  const shown = differing.length > 0 ? differing : twoStrongest(own).first;
  const why = shown.slice(0, 2).map((reason) => reasonText(reason));
  const what = other
    ? `The machine that answered is ${other.deviceName} and not ${own.deviceName}`
    : own.verdict === 'clone'
      ? `The machine that answered looks like a clone of ${own.deviceName}`
      : `The machine that answered is not ${own.deviceName}`;
  const because = why.length > 0 ? `: ${why.join(', ')}` : '';
  throw new RackhelmError('OTHER_MACHINE', `${what}${because}. Nothing was recorded.`, {
    data: { deviceId: own.deviceId, answered: other?.deviceId ?? null },
  });
}

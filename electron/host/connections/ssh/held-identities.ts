import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type HeldKey, KeyWithheld, type LoginPlace } from './held-key.ts';
import { type Hop, jumpChain } from './hop.ts';
import type { Identity, IdentityContext } from './identity.ts';
import { openMadeKey } from './keys/made-key.ts';
import { readPublicText } from './keys/public-key.ts';

/**
 * Those that may be shown to this machine, the likeliest first. Who says `IdentitiesOnly yes` of it wants
 * no other keys shown to it than those that were meant for it: one that was put there is.
 */
export function heldIdentities(
  held: readonly HeldKey[],
  hop: Hop,
  context: Pick<IdentityContext, 'signal' | 'hold' | 'note'>,
): { readonly identity: Identity; readonly letInBefore: boolean }[] {
  const place = placeOf(hop);
  return held
    .map((key) => ({
      identity: identityOf(key, place, context),
      letInBefore: key.letInBefore(place),
    }))
    .filter(({ letInBefore }) => letInBefore || !hop.identitiesOnly || hop.onlyKey !== undefined)
    .toSorted((a, b) => Number(b.letInBefore) - Number(a.letInBefore));
}

function placeOf(hop: Hop): LoginPlace {
  const { user, host, port } = hop;
  return { user, host: host.toLowerCase(), port, through: jumpChain(hop) };
}

function identityOf(
  key: HeldKey,
  place: LoginPlace,
  { signal, hold, note }: Pick<IdentityContext, 'signal' | 'hold' | 'note'>,
): Identity {
  return {
    label: key.label,
    // Somebody had it made for such logins.
    configured: true,
    publicKey: async () => readPublicText(key.publicLine),
    async sign(data, algorithm) {
      // Somebody may be asked to open what holds it.
      const release = hold();
      try {
        return await openMadeKey(await key.privateText(signal)).sign(data, algorithm);
      } catch (error) {
        if (!(error instanceof RackhelmError)) throw error;
        note(`${key.label} cannot be used: ${error.message}`);
        throw new KeyWithheld(key.label, error);
      } finally {
        release();
      }
    },
    worked: () => key.letIn(place),
  };
}

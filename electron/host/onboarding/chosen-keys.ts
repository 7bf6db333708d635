import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshKeyChoice } from '../../../shared/onboarding/answers.ts';
import type { AppKeys } from '../engine/secrets/index.ts';

/** The keys that machines shall let in, and what is missing of them, in sentences. */
export interface ChosenKeys {
  /** As in .pub files, Rackhelm's own first. */
  readonly lines: readonly string[];
  readonly missing: readonly string[];
}

interface Sources {
  readonly appKeys: Pick<AppKeys, 'ensure'> | undefined;
  /** A line of a .pub file; null: there is none. */
  readonly userKey: () => Promise<string | null>;
}

/** Makes Rackhelm's own key where it is wanted for the first time. */
export function keyChooser({ appKeys, userKey }: Sources) {
  return async (choice: SshKeyChoice, signal: AbortSignal): Promise<ChosenKeys> => {
    const wanted = [
      ...(choice === 'app' || choice === 'both' ? [appKey(appKeys, signal)] : []),
      ...(choice === 'user' || choice === 'both' ? [userKey().then(orMissing)] : []),
    ];
    const found = await Promise.all(wanted);
    return {
      lines: found.flatMap((one) => ('line' in one ? [one.line] : [])),
      missing: found.flatMap((one) => ('missing' in one ? [one.missing] : [])),
    };
  };
}

type Found = { readonly line: string } | { readonly missing: string };

async function appKey(appKeys: Sources['appKeys'], signal: AbortSignal): Promise<Found> {
  if (appKeys === undefined) return { missing: 'There is no store of secrets for a key here.' };
  try {
    return { line: await appKeys.ensure(signal) };
  } catch (error) {
    if (!(error instanceof RackhelmError)) throw error;
    return { missing: `Rackhelm’s own key cannot be made yet. ${error.message} ${error.hint}` };
  }
}

const orMissing = (line: string | null): Found =>
  line === null
    ? {
        missing:
          'You have no SSH key on this computer that could be put there. Choose Rackhelm’s own, or make one with ssh-keygen.',
      }
    : { line };

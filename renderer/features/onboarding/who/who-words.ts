import type { IdentityAnswer } from '../../../../shared/onboarding/answers.ts';
import {
  type Draft,
  type DraftMachine,
  nameOf,
  type WhoItIs,
} from '../../../../shared/onboarding/draft.ts';
import { isolated } from '../../../ui/isolate.ts';

interface VerdictLook {
  readonly word: string;
  readonly tone: 'info' | 'warn' | 'danger';
  title(device: string | null): string;
}

const named = (device: string | null) => (device === null ? 'a known device' : isolated(device));

export const verdictLooks: Readonly<Record<WhoItIs['verdict'], VerdictLook>> = {
  new: { word: 'new', tone: 'info', title: () => 'Nothing in the inventory is like it.' },
  known: { word: 'known', tone: 'info', title: (device) => `This is ${named(device)}.` },
  replacement: {
    word: 'replacement',
    tone: 'warn',
    title: (device) => `It seems to take the place of ${named(device)}.`,
  },
  clone: {
    word: 'clone',
    tone: 'danger',
    title: (device) => `This is a clone of ${named(device)}.`,
  },
  unclear: { word: 'unclear', tone: 'warn', title: () => 'Who this is, is not plain.' },
};

const cloneSays =
  'A machine of its own, made from the same disk image. It gets a machine ID and host keys of its own, so that both can be told apart.';

export interface IdentityOption {
  readonly value: string;
  readonly label: string;
  readonly says: string;
}

/** Other machines of the draft that were made from the same disk, by what was read of them. */
export function copiesIn(draft: Draft, machine: DraftMachine): readonly DraftMachine[] {
  const idOf = ({ facts }: DraftMachine) => facts?.machineId ?? null;
  return draft.machines.filter(
    (other) => other.id !== machine.id && idOf(other) !== null && idOf(other) === idOf(machine),
  );
}

/** What a person may say, the likeliest first; `copies` are those of the same draft. */
export function identityOptions(
  who: WhoItIs,
  copies: readonly DraftMachine[] = [],
): readonly IdentityOption[] {
  const devices = who.matches.map(({ deviceId, deviceName }) => ({
    id: deviceId,
    name: isolated(deviceName),
  }));
  const isNew: IdentityOption = {
    value: 'new',
    label: 'A new machine',
    says: 'A device is added for it.',
  };
  const siblings = copies.map((copy): IdentityOption => {
    // Copies have one host name, so that where it answers tells them apart.
    const name = `${isolated(nameOf(copy))} at ${isolated(copy.target.host)}`;
    return {
      value: `clone ${copy.deviceId}`,
      label: `A clone of ${name}, which comes in with it`,
      says: cloneSays,
    };
  });
  const others = devices.flatMap(({ id, name }): IdentityOption[] => [
    {
      value: `clone ${id}`,
      label: `A clone of ${name}`,
      says: cloneSays,
    },
    {
      value: `known ${id}`,
      label: `${name} itself`,
      says: 'What is read is recorded on that device.',
    },
    {
      value: `replacement ${id}`,
      label: `In place of ${name}`,
      says: `Takes its place in the rack; ${name} is marked as retired.`,
    },
  ]);
  return [...others, ...siblings, isNew].sort((a, b) => rank(who, a.value) - rank(who, b.value));
}

function rank({ verdict, deviceId }: WhoItIs, value: string): number {
  const [as, id] = value.split(' ');
  if (as === verdict && (as === 'new' || id === deviceId)) return 0;
  if (as === 'new') return 1;
  return id === deviceId ? 2 : 3;
}

export function choiceOf(answer: IdentityAnswer): string {
  return answer.as === 'new' ? 'new' : `${answer.as} ${answer.deviceId}`;
}

export function answerOf(value: string): IdentityAnswer {
  const [as, deviceId = ''] = value.split(' ');
  return as === 'known' || as === 'replacement' || as === 'clone'
    ? { as, deviceId }
    : { as: 'new' };
}

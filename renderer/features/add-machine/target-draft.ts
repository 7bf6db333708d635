import { z } from 'zod';
import { emptyForm, type TargetForm } from './wizard-state.ts';

/**
 * What was typed to reach a machine, kept for this window only, so that a reload in the middle of it
 * loses nothing. Passwords and passphrases are no part of the form and never come here.
 */
export interface TargetDraft {
  /** Null: nothing was typed, or it led somewhere. */
  read(): TargetForm | null;
  write(form: TargetForm): void;
  forget(): void;
}

const storageKey = 'rackhelm-add-machine';

const kept = z.object({
  host: z.string(),
  port: z.string(),
  user: z.string(),
  identityFile: z.string(),
  jump: z.string(),
});

/** Text from an older version, or that another page of this origin wrote, is no form. */
function parse(text: string): TargetForm | null {
  try {
    return kept.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const isEmpty = (form: TargetForm) => Object.values(form).every((text) => text === '');

export function createTargetDraft(storage: Storage): TargetDraft {
  return {
    read() {
      const text = storage.getItem(storageKey);
      return text === null ? null : parse(text);
    },
    write(form) {
      // Only its own fields, whatever else an object may carry.
      const { host, port, user, identityFile, jump } = { ...emptyForm, ...form };
      if (isEmpty(form)) storage.removeItem(storageKey);
      else storage.setItem(storageKey, JSON.stringify({ host, port, user, identityFile, jump }));
    },
    forget: () => storage.removeItem(storageKey),
  };
}

import { readTargetText, type TargetText } from '../../../../shared/model/ssh-target-text.ts';

/**
 * Reads one jump host as any machine is written (`[user@]host[:port]`, `ssh://…`); null when it is
 * none.
 */
export function parseJump(text: string): TargetText | null {
  const read = readTargetText(text);
  return read.ok ? read.target : null;
}

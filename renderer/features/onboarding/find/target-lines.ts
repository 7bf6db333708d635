import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { readTargetText } from '../../../../shared/model/ssh-target-text.ts';

/** One machine on each line; the problems in the words of a person, with their line where there are several. */
export function readTargets(text: string): {
  readonly targets: readonly SshTarget[];
  readonly problems: readonly string[];
} {
  const lines = text.split('\n').map((line) => line.trim());
  const several = lines.filter((line) => line !== '').length > 1;
  const targets: SshTarget[] = [];
  const problems: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const read = readTargetText(line);
    if (read.ok) targets.push(read.target);
    else problems.push(several ? `Line ${index + 1}: ${read.problem}` : read.problem);
  }
  return { targets, problems };
}

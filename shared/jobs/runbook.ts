import type { JobPlan } from './plan.ts';
import type { RunbookAbout } from './runbook-about.ts';
import { runbookMarkdown } from './runbook-markdown.ts';
import { runbookScript } from './runbook-script.ts';

export type RunbookFormat = 'markdown' | 'shell';

export interface Runbook {
  /** A name for a file: small letters, digits, hyphens. */
  readonly name: string;
  readonly text: string;
}

const longestName = 60;

/** `onboard-pi-1`: nothing of it means anything to a shell or a file system. */
function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'plan' : plain;
}

/** A plan to be read (`markdown`), or to be run by hand without Rackhelm (`shell`). */
export function writeRunbook(plan: JobPlan, about: RunbookAbout, format: RunbookFormat): Runbook {
  const name = fileName(about.title);
  return format === 'markdown'
    ? { name: `${name}.md`, text: runbookMarkdown(plan, about) }
    : { name: `${name}.sh`, text: runbookScript(plan, { ...about, fileName: `${name}.sh` }) };
}

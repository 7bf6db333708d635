import { type Facts, type FactsSections, factsSchema } from '../../../shared/model/facts.ts';
import { parseFacts } from './parse.ts';

/** For tests: a tool's text, or its text with the way it ended. */
export type PartFixture = string | { readonly end: number | string; readonly text: string };

export const fixtureNonce = 'abc123';

/** What the script prints for these parts; files under the label `files` as `PATH:LINE`. */
export function outputOf(parts: Readonly<Record<string, PartFixture>>): string {
  const mark = `@@${fixtureNonce}`;
  const bodies = Object.entries(parts).map(([label, part]) => {
    const { end, text } = typeof part === 'string' ? { end: 0, text: part } : part;
    return `\n${mark} part ${label}\n${text}\n${mark} exit ${end}\n`;
  });
  return `\n${mark} begin 1\n${bodies.join('')}\n${mark} end\n`;
}

/** Files as the script prints them. */
export function filesOf(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .flatMap(([path, text]) => text.split('\n').map((line) => `${path}:${line}`))
    .join('\n');
}

/**
 * The facts that these parts make; checked against the schema. The script always tells what is there:
 * by default, nothing.
 */
export function factsFixture(parts: Readonly<Record<string, PartFixture>>): Facts {
  const timing = { collectedAt: 1, durationMs: 1 };
  return factsSchema.parse(parseFacts(outputOf({ presence: '', ...parts }), fixtureNonce, timing));
}

export function sectionsOf(parts: Readonly<Record<string, PartFixture>>): FactsSections {
  return factsFixture(parts).sections;
}

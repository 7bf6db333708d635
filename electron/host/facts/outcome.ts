import type { FactsSectionName, SectionData } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import type { Part } from './frames.ts';

/** One section's answer before it is checked against the schema. */
export type Outcome<T> =
  | { readonly status: 'ok'; readonly data: T }
  | { readonly status: 'absent'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string };

export type SectionParser<N extends FactsSectionName> = (
  evidence: Evidence,
) => Outcome<SectionData<N>>;

export type SectionParsers = { readonly [N in FactsSectionName]: SectionParser<N> };
export function ok<T>(data: T): Outcome<T> {
  return { status: 'ok', data };
}

export function absent(reason: string): Outcome<never> {
  return { status: 'absent', reason };
}

export function failed(reason: string): Outcome<never> {
  return { status: 'failed', reason };
}

/** Why a tool's part is of no use, in one sentence for a person. */
export function reasonOf(tool: string, part: Part | undefined, evidence: Evidence): string {
  if (!part) return missing(tool, evidence);
  if (part.end === 'late') return `${tool} gave no answer in time and was stopped.`;
  if (part.end === 'too-large') return `${tool} printed far too much and was stopped.`;
  if (part.end === 'skipped') return `${tool} was left out: others had used up the time.`;
  if (part.end === 'no-sleep') return `${tool} was left out: without sleep its time has no bound.`;
  if (part.end === 'cut') return `${tool} was cut off in the middle: the answer was too long.`;
  if (part.end === 0) return `The output of ${tool} was not understood.`;
  const said = part.text.split('\n').find((line) => line.trim() !== '');
  return said ? `${tool}: ${said.trim().slice(0, 200)}` : `${tool} failed with code ${part.end}.`;
}

/** Small tools share one bound: a tool that is there was not heard where others said too much. */
function missing(tool: string, evidence: Evidence): string {
  const [program = tool] = tool.split(' ');
  if (!evidence.hasTool(program) && evidence.toldPresence) return `${tool} is not installed.`;
  return `${tool} was not heard: what came before it was too long.`;
}

/** The JSON in a tool's output, also where warnings stand before or after it; else undefined. */
export function jsonIn(text: string): unknown {
  // A warning may have brackets of its own, but no line of its begins with one.
  const start = Math.max(0, text.search(/^[ \t]*[[{]/m));
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'));
  for (const candidate of [text, text.slice(start, end + 1), lineOfJson(text)]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next candidate; if none is JSON, the caller says so in the section's reason.
    }
  }
  return undefined;
}

function lineOfJson(text: string): string {
  return text.split('\n').find((line) => /^\s*[[{].*[\]}]\s*$/.test(line)) ?? '';
}

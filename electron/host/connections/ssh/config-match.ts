import { isIP } from 'node:net';
import os from 'node:os';
import { type ConfigLine, invalidLine } from './config-file.ts';
import { matchesList } from './glob.ts';
import { isInSubnet } from './subnet.ts';

/** What Match looks at, as far as it is found when the line is reached. */
export interface MatchSubjects {
  /** The name as it was written. */
  readonly originalHost: string;
  /** HostName so far, or the name as it was written. */
  readonly host: string;
  readonly user: string;
  readonly localUser: string;
  /** Tag so far; empty without one. */
  readonly tag: string;
  /** Whether the configuration is read a second time. */
  readonly final: boolean;
}

export interface Matched {
  readonly applies: boolean;
  /** A second reading is asked for, whether this block applies or not. */
  readonly wantsFinal: boolean;
  /** Criteria that Rackhelm does not judge; a block with one never applies. */
  readonly unjudged: readonly string[];
}

interface Criterion {
  readonly word: string;
  readonly name: string;
  readonly negated: boolean;
  readonly argument: string;
}

const withoutArgument = new Set(['all', 'final', 'canonical']);

/** One Match line. Throws SSH_CONFIG_INVALID for one that ssh would refuse as well. */
export function evaluateMatch(line: ConfigLine, subjects: MatchSubjects): Matched {
  const criteria = criteriaOf(line);
  if (criteria.length === 0) throw invalidLine(line.file, line.line, 'Match lacks a criterion');
  const unjudged: string[] = [];
  let applies = true;
  for (const criterion of criteria) {
    const met = isMet(criterion, subjects);
    if (met === null) unjudged.push(criterion.name);
    applies &&= met !== null && met !== criterion.negated;
  }
  const wantsFinal = criteria.some(({ name }) => name === 'final');
  return { applies, wantsFinal, unjudged };
}

function criteriaOf(line: ConfigLine): Criterion[] {
  const criteria: Criterion[] = [];
  for (let index = 0; index < line.args.length; index += 1) {
    const [word = '', joined] = divided(line.args[index] ?? '');
    const negated = word.startsWith('!');
    const name = word.slice(negated ? 1 : 0).toLowerCase();
    if (withoutArgument.has(name)) {
      criteria.push({ word, name, negated, argument: '' });
      continue;
    }
    if (joined === undefined) index += 1;
    const argument = joined ?? line.args[index];
    if (argument === undefined)
      throw invalidLine(line.file, line.line, `Match ${word} lacks a value`);
    criteria.push({ word, name, negated, argument });
  }
  const alone = criteria.filter(({ name }) => name !== 'final' && name !== 'canonical');
  if (alone.length > 1 && alone.some(({ name }) => name === 'all'))
    throw invalidLine(line.file, line.line, 'Match all goes with no other criterion');
  return criteria;
}

/** `host=name` says the same as `host name`. */
function divided(word: string): [string, string?] {
  const [, name, value] = /^(!?[a-z]+)=(.*)$/is.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value];
}

/** Null: not judged here. */
function isMet({ name, argument }: Criterion, subjects: MatchSubjects): boolean | null {
  const patterns = argument.split(',');
  // Names of machines are the same in any case; names of people are not.
  const anyCase = (text: string) =>
    matchesList(argument.toLowerCase().split(','), text.toLowerCase());
  switch (name) {
    case 'all':
      return true;
    case 'final':
    case 'canonical':
      return subjects.final;
    case 'host':
      return anyCase(subjects.host);
    case 'originalhost':
      return anyCase(subjects.originalHost);
    case 'user':
      return matchesList(patterns, subjects.user);
    case 'localuser':
      return matchesList(patterns, subjects.localUser);
    case 'tagged':
      return matchesList(patterns, subjects.tag);
    case 'localnetwork':
      return onLocalNetwork(patterns);
    // Rackhelm runs commands, as `ssh host command` does.
    case 'sessiontype':
      return matchesList(patterns, 'exec');
    default:
      return null;
  }
}

function onLocalNetwork(patterns: readonly string[]): boolean {
  const addresses = Object.values(os.networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address);
  const inside = (pattern: string) =>
    addresses.some((address) => isIP(address) !== 0 && isInSubnet(address, pattern));
  if (patterns.some((pattern) => pattern.startsWith('!') && inside(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && inside(pattern));
}

import { expandPattern } from '../model/name-pattern.ts';
import { parseHostAddress } from '../network/prefix.ts';
import {
  type EntryDevice,
  type EntryField,
  type EntryInterface,
  fieldCalled,
  isInterfaceField,
  labelOf,
  several,
} from './entry.ts';
import { type Word, type WordProblem, wordsOf } from './words.ts';

/** Longer is no line. */
export const longestLine = 4_000;

export type ReadLine =
  | {
      readonly devices: readonly EntryDevice[];
      /** How the names are made up, where that is not plain: `2 × 4`. */
      readonly brackets: readonly number[];
    }
  | WordProblem;

/** One word, expanded: as many values as there are devices, or one for all of them. */
interface Given {
  readonly word: Word;
  readonly values: readonly string[];
}

interface GivenInterface {
  /** Null: not named. */
  readonly names: Given | null;
  readonly addresses: Given[];
  readonly macs: Given[];
  untagged: Given | null;
  tagged: Given | null;
}

interface Collected {
  readonly names: Given;
  readonly fields: Map<EntryField, Given>;
  readonly interfaces: GivenInterface[];
}

/**
 * Reads one line that stands for many devices: `pi-[1-4] eth0 10.20.10.[11-14]/24`. The first word is
 * the name; then, in any order, interfaces, each followed by its addresses and MACs, units (`U[10-13]`)
 * and fields (`type:"Raspberry Pi 5"`, `rack:A`, `vlan:20`). Brackets of different words go pairwise:
 * the second address belongs to the second device; one value belongs to all.
 */
export function readLine(line: string): ReadLine {
  if (line.length > longestLine) {
    return {
      problem: 'This line is too long.',
      at: longestLine,
      length: line.length - longestLine,
    };
  }
  const words = wordsOf(line);
  if ('problem' in words) return words;
  const collected = collect(words);
  if ('problem' in collected) return collected;
  const uneven = unevenWord(collected);
  if (uneven !== undefined) return uneven;
  const expanded = expandPattern(collected.names.word.text);
  return {
    devices: collected.names.values.map((name, index) => deviceAt(collected, name, index)),
    brackets: 'brackets' in expanded ? expanded.brackets : [],
  };
}

function collect([first, ...rest]: readonly Word[]): Collected | WordProblem {
  if (first === undefined)
    return { problem: 'Begin with a name, such as pi-[1-4].', at: 0, length: 0 };
  const names = expand(first, first.text, 0);
  if ('problem' in names) return names;
  const collected: Collected = { names, fields: new Map(), interfaces: [] };
  for (const word of rest) {
    const problem = take(collected, word);
    if (problem !== undefined) return problem;
  }
  return collected;
}

/** Puts one word where it belongs. */
function take(into: Collected, word: Word): WordProblem | undefined {
  const [, key, said = ''] = /^([a-z][a-z -]*):(.*)$/is.exec(word.text) ?? [];
  const field = key === undefined ? undefined : fieldCalled(key);
  const text = field === undefined ? word.text : said;
  const given = expand(word, text, word.text.length - text.length);
  if ('problem' in given) return given;
  if (field !== undefined) {
    if (said.trim() === '') return wrong(word, `${labelOf(field)} has no value.`);
    return isInterfaceField(field)
      ? takeInterface(into, given, field)
      : takeField(into, given, field);
  }
  const [sample = ''] = given.values;
  if (parseHostAddress(sample) !== undefined) return takeInterface(into, given, 'address');
  if (/^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(sample)) return takeInterface(into, given, 'mac');
  if (/^u\d+([.,]5)?$/i.test(sample)) return takeField(into, given, 'position');
  if (key !== undefined && !/[/\d]/.test(key)) {
    return wrong(word, `There is no field called ${key}; quote it if it belongs to a name.`);
  }
  return takeInterface(into, given, 'interface');
}

function takeField(into: Collected, given: Given, field: EntryField): WordProblem | undefined {
  if (field === 'name' || into.fields.has(field)) {
    return wrong(given.word, `${labelOf(field)} is given twice.`);
  }
  into.fields.set(field, given);
  return undefined;
}

function takeInterface(into: Collected, given: Given, field: EntryField): WordProblem | undefined {
  if (field === 'interface') {
    into.interfaces.push({ names: given, addresses: [], macs: [], untagged: null, tagged: null });
    return undefined;
  }
  let last = into.interfaces.at(-1);
  if (last === undefined) {
    last = { names: null, addresses: [], macs: [], untagged: null, tagged: null };
    into.interfaces.push(last);
  }
  if ((last.names?.values.length ?? 1) > 1 && (field === 'address' || field === 'mac')) {
    return wrong(given.word, 'Several interfaces stand before it; name each with its own address.');
  }
  if (field === 'address') last.addresses.push(given);
  else if (field === 'mac') last.macs.push(given);
  else if (field === 'untagged' || field === 'tagged') {
    if (last[field] !== null) return wrong(given.word, `${labelOf(field)} is given twice.`);
    last[field] = given;
  }
  return undefined;
}

/** The first word that stands for another number than the names, and not for one. */
function unevenWord({ names, fields, interfaces }: Collected): WordProblem | undefined {
  const paired = [
    ...fields.values(),
    ...interfaces.flatMap(({ addresses, macs, untagged, tagged }) => [
      ...addresses,
      ...macs,
      ...(untagged ? [untagged] : []),
      ...(tagged ? [tagged] : []),
    ]),
  ];
  const count = names.values.length;
  const uneven = paired.find(({ values }) => values.length !== 1 && values.length !== count);
  if (uneven === undefined) return undefined;
  return wrong(
    uneven.word,
    `This stands for ${uneven.values.length}, but there ${count === 1 ? 'is one name' : `are ${count} names`}.`,
  );
}

function deviceAt({ fields, interfaces }: Collected, name: string, index: number): EntryDevice {
  const at = (given: Given) => given.values[given.values.length === 1 ? 0 : index] ?? '';
  return {
    name,
    fields: Object.fromEntries([...fields].map(([field, given]) => [field, at(given)])),
    interfaces: interfaces.flatMap((one): EntryInterface[] =>
      (one.names?.values ?? [null]).map((called) => ({
        name: called,
        addresses: one.addresses.map(at),
        macs: one.macs.map(at),
        untagged: one.untagged && at(one.untagged),
        tagged: one.tagged ? several(at(one.tagged)) : [],
      })),
    ),
  };
}

function expand(word: Word, text: string, before: number): Given | WordProblem {
  const expanded = expandPattern(text);
  if ('values' in expanded) return { word, values: expanded.values };
  return { problem: expanded.problem, at: word.at + before + expanded.at, length: 1 };
}

const wrong = ({ at, length }: Word, problem: string): WordProblem => ({ problem, at, length });

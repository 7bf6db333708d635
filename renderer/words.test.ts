import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Where sentences for people are written. */
const places = [
  'renderer',
  'shared/model',
  'electron/host/inventory',
  'electron/host/onboarding',
  'electron/host/proposals',
  'electron/host/readings',
  'electron/shell',
];

/** One verb each, one number style, plain words: what is said instead. */
const banned: readonly { readonly words: RegExp; readonly instead: string }[] = [
  {
    words: /\b(remov(e|es|ed|ing|al)|eras(e|ed|ing)|discard(s|ed|ing)?|trash(ed)?)\b/i,
    instead: 'delete',
  },
  { words: /\b(drops|dropped|dropping)\b/i, instead: 'delete' },
  {
    words: /\b(collect(s|ed|ing)?|re-?scan(s|ned|ning)?|poll(s|ed|ing)?|re-?read) (the )?facts\b/i,
    instead: 'refresh',
  },
  { words: /\bcreat(e|es|ed|ing)\b/i, instead: 'add' },
  { words: /\b\d[\d.,]* ?(KB|MB|GB|TB)\b/, instead: 'KiB, MiB, GiB, TiB' },
  {
    words: /\b(please|simply|just click|click here|oops|sorry|successfully)\b/i,
    instead: 'nothing',
  },
  { words: /[a-z]!(\s|$)/, instead: 'a full stop' },
  { words: /\b(e\.g\.|i\.e\.|etc\.)/i, instead: 'such as, that is' },
  {
    words: /\b(utilize|leverage|terminate|instantiate|enumerate)[sd]?\b/i,
    instead: 'a plain word',
  },
];

/** Sentences that say something else by such a word. */
const meantOtherwise: readonly RegExp[] = [
  // What a firewall does.
  /firewall drops/,
  // What a person types, not what the window says.
  /32 GB/,
  // Commands of other programs, as a person would type them.
  /\b(apt-get|dnf|yum|zypper|snap) (\S+ )*remove\b/,
];

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

/** Nodes whose texts nobody reads: paths, search words, names in code. */
function isUnread(node: Node): boolean {
  if (/^(Import|Export(All|Named))/.test(node.type ?? '')) return true;
  if (/^Ts/.test(node.type ?? '')) return /Type|Interface|Enum/.test(node.type ?? '');
  const key = node.type === 'KeyValueProperty' ? (node.key as Node).value : undefined;
  return key === 'keywords' || key === 'storageKey';
}

/** A word alone in small letters is a name in code; what a person reads has a capital or a space. */
const isText = (text: string) => /[A-Za-z]{3}/.test(text) && /^\s*[A-Z]|\S\s+\S/.test(text);

function* textsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  const node = value as Node;
  if (isUnread(node)) return;
  if (node.type === 'JSXText' || node.type === 'StringLiteral') yield String(node.value);
  if (node.type === 'TemplateElement') yield String(node.cooked);
  for (const [key, inner] of Object.entries(node)) if (key !== 'span') yield* textsIn(inner);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|gallery|\.d\.ts$/.test(name));
}

function faults(file: string, source: string): string[] {
  const tree = parseSync(source, { syntax: 'typescript', tsx: file.endsWith('x') });
  return [...textsIn(tree.body)].filter(isText).flatMap((text) => {
    if (meantOtherwise.some((pattern) => pattern.test(text))) return [];
    const found = banned.find(({ words }) => words.test(text));
    return found ? [`${file}: “${text.trim()}” – say ${found.instead}`] : [];
  });
}

it('says one thing by one word, in plain words and one style of numbers', () => {
  const found = places.flatMap(sourceFiles).flatMap((file) => {
    return faults(file, readFileSync(path.join(root, file), 'utf8'));
  });
  expect(found).toEqual([]);
}, 30_000); // It reads every source file of the face.

it('would notice another word', () => {
  const wrong = [
    'const a = <p>The rack was removed.</p>;',
    'const a = `Removed a rack`;',
    "const a = { title: 'Drops the oldest', keywords: ['remove'] };",
    "const a = 'Wrote 5 MB of it';",
    "const a = 'All done!';",
  ];
  for (const source of wrong) expect(faults('a.tsx', source)).toHaveLength(1);
  const right =
    "import a from 'removed it'; list.remove('x'); const b = { keywords: ['remove it'] };";
  expect(faults('a.tsx', right)).toEqual([]);
});

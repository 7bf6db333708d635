import {
  type FilePlace,
  fileProblem,
  type TreeEntry,
  type TreeNode,
} from '../../exchange/index.ts';
import type { Named } from './answers-file.ts';

const longestText = 4_096;
const longestList = 200;

/** A map of a file, of which each key is asked for; what nobody asked for is refused with its line. */
export class FileMap {
  readonly place: FilePlace;
  readonly #entries = new Map<string, TreeEntry>();

  constructor(node: TreeNode, path: string, known: readonly string[]) {
    this.place = { line: node.line, path };
    if (node.type === 'text' && node.text === null) return;
    if (node.type !== 'map') throw fileProblem(this.place, 'a map of keys and values belongs here');
    for (const entry of node.entries) {
      const at = { line: entry.line, path: this.#path(entry.key) };
      if (!known.includes(entry.key)) {
        throw fileProblem(at, `there is no such key; here may stand ${known.join(', ')}`);
      }
      if (this.#entries.has(entry.key)) throw fileProblem(at, 'this stands here twice');
      this.#entries.set(entry.key, entry);
    }
  }

  text(key: string): string | null {
    const entry = this.#entries.get(key);
    if (entry === undefined) return null;
    return this.#textOf(entry.value, this.#placeOf(entry), key);
  }

  needed(key: string): string {
    const text = this.text(key);
    if (text === null) throw fileProblem(this.place, `${key} is missing`);
    return text;
  }

  named(key: string): Named | null {
    const name = this.text(key);
    const entry = this.#entries.get(key);
    return name === null || entry === undefined ? null : { name, place: this.#placeOf(entry) };
  }

  flag(key: string): boolean {
    const text = this.text(key);
    if (text === null || text === 'false') return false;
    if (text === 'true') return true;
    throw this.#fault(key, 'true or false belongs here');
  }

  /** Units of a rack, in halves. */
  number(key: string): number | null {
    const text = this.text(key);
    if (text === null) return null;
    if (/^\d{1,3}(\.[05])?$/.test(text)) return Number(text);
    throw this.#fault(key, 'a number of units belongs here');
  }

  choice<T extends string>(key: string, options: readonly T[]): T | null {
    const text = this.text(key);
    if (text === null) return null;
    const found = options.find((option) => option === text);
    if (found !== undefined) return found;
    throw this.#fault(key, `one of ${options.join(', ')} belongs here`);
  }

  texts(key: string): string[] {
    return this.#items(key).map((node, at) =>
      this.#textOf(node, { line: node.line, path: `${this.#path(key)}[${at}]` }, key),
    );
  }

  maps(key: string, known: readonly string[]): FileMap[] {
    return this.#items(key).map(
      (node, at) => new FileMap(node, `${this.#path(key)}[${at}]`, known),
    );
  }

  map(key: string, known: readonly string[]): FileMap {
    const nothing: TreeNode = { type: 'text', line: this.place.line, text: null };
    return new FileMap(this.#entries.get(key)?.value ?? nothing, this.#path(key), known);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  isList(key: string): boolean {
    return this.#entries.get(key)?.value.type === 'list';
  }

  #items(key: string): readonly TreeNode[] {
    const entry = this.#entries.get(key);
    if (entry === undefined || (entry.value.type === 'text' && entry.value.text === null))
      return [];
    if (entry.value.type !== 'list') throw this.#fault(key, 'a list belongs here');
    const { items } = entry.value;
    if (items.length > longestList) {
      throw this.#fault(key, `${longestList} entries are the most that may stand here`);
    }
    return items;
  }

  #textOf(node: TreeNode, place: FilePlace, key: string): string {
    if (node.type !== 'text' || node.text === null)
      throw fileProblem(place, 'a value belongs here');
    if (node.text.length > longestText) throw fileProblem(place, `${key} is far too long`);
    if (/\p{Cc}/u.test(node.text)) throw fileProblem(place, 'this holds control characters');
    return node.text.trim();
  }

  #fault(key: string, problem: string) {
    const entry = this.#entries.get(key);
    return fileProblem(entry === undefined ? this.place : this.#placeOf(entry), problem);
  }

  #path(key: string): string {
    return this.place.path === '' ? key : `${this.place.path}.${key}`;
  }

  #placeOf(entry: TreeEntry): FilePlace {
    return { line: entry.line, path: this.#path(entry.key) };
  }
}

import { asName, shortenedTo } from './name.ts';

/** Long enough for any real one, and short enough for every file system with a number behind it. */
const longest = 200;

/** Names that Windows keeps for devices, whatever follows the dot. */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * A name that every system takes for a file in one folder: no path, no control characters, no marks
 * that turn its direction, nothing reserved. What is left of the name where a person gave another.
 */
export function safeFileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = asName(withoutMiddle(last))
    .replaceAll(/\p{Cs}/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    // Hidden on Unix, or cut off by Windows.
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
    // Programs would take it for an option.
    .replace(/^-/, '_');
  const [, stem = plain, ending = ''] = /^(.+?)(\.[\p{L}\p{N}]{1,12})$/u.exec(plain) ?? [];
  const short = shortenedTo(stem, longest - ending.length).trimEnd() + ending;
  if (short === '') return 'attachment';
  return reserved.test(short) ? `_${short}` : short;
}

/** As long as a name may be, with its beginning and its ending. */
function withoutMiddle(name: string): string {
  const end = 20;
  return name.length <= longest + end ? name : name.slice(0, longest) + name.slice(-end);
}

/** `photo (2).png`: the first of its numbers that is free. */
export function freeFileName(name: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(name)) return name;
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]{1,12})$/u.exec(name) ?? [];
  for (let count = 2; ; count += 1) {
    const next = `${stem} (${count})${ending}`;
    if (!isTaken(next)) return next;
  }
}

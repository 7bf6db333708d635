/** What a Raspberry Pi needs: the first for kernels before 2019, the second for all since. */
export const memoryFlags = ['cgroup_memory=1', 'cgroup_enable=memory'] as const;

/** A kernel's line holds quoted words with blanks in them. */
function words(line: string): string[] {
  return line.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

const withoutMemory = (word: string): string | null => {
  const [key = '', value = ''] = word.split('=');
  if (key === 'cgroup_memory') return value === '1' ? word : null;
  if (key !== 'cgroup_disable') return word;
  const left = value.split(',').filter((name) => name !== 'memory');
  return left.length === 0 ? null : `cgroup_disable=${left.join(',')}`;
};

/** Whether the words that the kernel got, or will get, switch the memory controller on. */
export function hasMemoryFlags(line: string): boolean {
  const all = words(line);
  const enabled = all.lastIndexOf('cgroup_enable=memory');
  const disabled = all.findLastIndex((word) => /^cgroup_disable=(.*,)?memory(,|$)/.test(word));
  return enabled >= 0 && enabled > disabled;
}

/**
 * cmdline.txt with the memory controller on. The firmware reads its first line only, so that stays one
 * line; whatever stands below it, its line ends and the other words stay as they are. Null: there is no
 * line that a kernel could start with.
 */
export function withMemoryFlags(text: string): string | null {
  const [first = '', ...rest] = text.split('\n');
  const end = first.endsWith('\r') ? '\r' : '';
  const line = first.slice(0, first.length - end.length);
  if (words(line).length === 0) return null;
  if (memoryFlags.every((flag) => words(line).includes(flag)) && isClean(line)) return text;
  const kept = words(line).reduce((now, word) => {
    const next = withoutMemory(word);
    return next === word ? now : replaceWord(now, word, next ?? '');
  }, line);
  const missing = memoryFlags.filter((flag) => !words(kept).includes(flag));
  return [`${[kept.trimEnd(), ...missing].join(' ')}${end}`, ...rest].join('\n');
}

const isClean = (line: string) => words(line).every((word) => withoutMemory(word) === word);

function replaceWord(line: string, word: string, next: string): string {
  const at = ` ${line} `.indexOf(` ${word} `);
  if (at < 0) return line;
  const [before, after] = [line.slice(0, at), line.slice(at + word.length)];
  return next === ''
    ? `${before.trimEnd()}${after === '' ? '' : before === '' ? after.trimStart() : after}`
    : `${before}${next}${after}`;
}

/** Takes our flags out again, where others changed the line since. */
export function withoutOurFlags(now: string, before: string | null): string | undefined {
  if (before === null) return undefined;
  const [first = '', ...rest] = now.split('\n');
  const had = new Set(words(before.split('\n')[0] ?? ''));
  const line = memoryFlags
    .filter((flag) => !had.has(flag))
    .reduce((text, flag) => replaceWord(text, flag, ''), first);
  return [line, ...rest].join('\n');
}

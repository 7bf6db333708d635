const marker = '# rackhelm swap off: ';

const isSwap = (line: string) => {
  const [device = '', , type] = line.trim().split(/\s+/);
  return !device.startsWith('#') && device !== '' && type === 'swap';
};

/** The lines of fstab that bring swap back at a boot. */
export function swapLines(text: string | null): string[] {
  return (text ?? '').split('\n').filter(isSwap);
}

/** fstab with the lines of swap turned into comments, which say by whom. */
export function withoutSwap(text: string | null): string | null {
  if (text === null) return null;
  return text
    .split('\n')
    .map((line) => (isSwap(line) ? `${marker}${line}` : line))
    .join('\n');
}

/** What was turned into a comment by us, as it was; whatever else changed since stays. */
export function withSwap(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(marker) ? line.slice(marker.length) : line))
    .join('\n');
}

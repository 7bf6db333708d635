/**
 * Quotes a value as one word for a POSIX shell: nothing inside is expanded, whatever it holds. Every
 * value that ends up in a remote command line goes through here. A NUL byte cannot be part of an
 * argument on any Unix, so it is refused rather than silently cut.
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new TypeError('A shell word cannot hold a NUL character.');
  return `'${value.replaceAll("'", "'\\''")}'`;
}

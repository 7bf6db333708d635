/** `3f1a2b4c5d6e`, as engines shorten ids. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

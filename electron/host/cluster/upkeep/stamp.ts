/** Names what is kept: `2026-11-30-211500`, in UTC. */
export function stamp(): string {
  return new Date().toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
}

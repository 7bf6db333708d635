/** `/containers/ID/json`; names come from machines and people. */
export function containerPath(id: string, what: string): string {
  return `/containers/${encodeURIComponent(id)}/${what}`;
}

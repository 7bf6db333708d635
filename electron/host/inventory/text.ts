/** `pi-1`, `pi-1 and pi-2`, `12 devices`. */
export function namesText(names: readonly string[], many: string): string {
  if (names.length > 2) return `${names.length} ${many}`;
  return names.join(' and ');
}

const gib = 1024 ** 3;

/** `7.8 GiB`, `512 MiB`: memory as people speak of it. */
export function bytesText(bytes: number): string {
  const [value, unit] = bytes >= gib ? [bytes / gib, 'GiB'] : [bytes / 1024 ** 2, 'MiB'];
  return `${Number(value.toFixed(1))} ${unit}`;
}

/** `pi-1`, `pi-1 and pi-2`, `12 devices`. */
export function namesText(names: readonly string[], many: string): string {
  if (names.length > 2) return `${names.length} ${many}`;
  return names.join(' and ');
}

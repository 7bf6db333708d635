/** Labels as the inventory declares them: `disk=ssd, zone=rack-a`. */
export function parseLabels(text: string): Map<string, string> {
  const read = new Map<string, string>();
  for (const part of text.split(/[,\n]/)) {
    const [key = '', ...value] = part.trim().split('=');
    if (key.trim() !== '') read.set(key.trim(), value.join('=').trim());
  }
  return read;
}

export function formatLabels(labels: Iterable<readonly [string, string]>): string {
  return [...labels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .join(', ');
}

/** What Kubernetes, its distributions and clouds write by themselves: nobody declares it. */
const byThemselves =
  /^(?:[a-z0-9-]+\.)*(?:kubernetes\.io|k8s\.io|k3s\.io|rke2\.io|cattle\.io|kubevirt\.io|nvidia\.com)\//;
/** Of the above those that a person sets. */
const byPeople = /^(?:topology\.kubernetes\.io|node\.longhorn\.io)\//;

export function isOwnLabel(key: string): boolean {
  return byPeople.test(key) || !(byThemselves.test(key) || key === 'kubernetes.io');
}

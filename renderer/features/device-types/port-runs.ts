import type { WholeDeviceType } from '../../../shared/contract/device-types.ts';

type Port = WholeDeviceType['ports'][number];

/** Ports of one role that are alike and whose names count on, shown as one line. */
export interface PortRun {
  readonly first: string;
  readonly last: string;
  readonly count: number;
  readonly type: string | null;
  /** What else is known of them: `gives PoE (802.3at)`, `fed by Input`. */
  readonly says: string;
}

export interface PortGroup {
  readonly role: string;
  readonly title: string;
  readonly count: number;
  readonly runs: readonly PortRun[];
}

const titles: readonly (readonly [string, string])[] = [
  ['interface', 'Interfaces'],
  ['front-port', 'Front ports'],
  ['rear-port', 'Rear ports'],
  ['console-port', 'Console ports'],
  ['console-server-port', 'Console server ports'],
  ['power-port', 'Power inputs'],
  ['power-outlet', 'Power outlets'],
  ['device-bay', 'Device bays'],
  ['module-bay', 'Module bays'],
];

/** The ports of a type by their roles; 24 equal ones in a row are one line. */
export function portGroups(ports: readonly Port[]): PortGroup[] {
  return titles.flatMap(([role, title]) => {
    const own = ports.filter((port) => port.role === role);
    return own.length === 0 ? [] : [{ role, title, count: own.length, runs: runsOf(own) }];
  });
}

function runsOf(ports: readonly Port[]): PortRun[] {
  const runs: { port: Port; last: Port; count: number }[] = [];
  for (const port of ports) {
    const run = runs.at(-1);
    if (run !== undefined && alike(run.port, port) && follows(run.last.name, port.name)) {
      run.last = port;
      run.count += 1;
    } else runs.push({ port, last: port, count: 1 });
  }
  return runs.map(({ port, last, count }) => ({
    first: String(port.name),
    last: String(last.name),
    count,
    type: text(port.type),
    says: saysOf(port, last),
  }));
}

const compared = ['type', 'label', 'management', 'poe', 'positions', 'powerPort', 'feedLeg'];

const alike = (a: Port, b: Port): boolean =>
  [...compared, 'maximumDraw', 'comment'].every((name) => (a[name] ?? null) === (b[name] ?? null));

/** `Port 9` is followed by `Port 10`. */
function follows(before: unknown, after: unknown): boolean {
  const [, stem, digits] = /^(.*?)(\d+)$/.exec(String(before)) ?? [];
  return digits !== undefined && String(after) === `${stem}${Number(digits) + 1}`;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function saysOf(port: Port, last: Port): string {
  const [rear, lastRear] = [text(port.rearPort), text(last.rearPort)];
  const behind = rear === null ? null : rear === lastRear ? rear : `${rear} to ${lastRear}`;
  return [
    text(port.label),
    port.management === true && 'for management only',
    poeText(text(port.poe)),
    behind !== null && `leads to rear port ${behind}`,
    typeof port.positions === 'number' && port.positions > 1 && `${port.positions} positions`,
    text(port.powerPort) && `fed by ${text(port.powerPort)}`,
    text(port.feedLeg) && `phase ${text(port.feedLeg)}`,
    typeof port.maximumDraw === 'number' && `up to ${port.maximumDraw} W`,
    text(port.comment),
  ]
    .filter(Boolean)
    .join(', ');
}

/** `pse type2-ieee802.3at` is kept as the library writes it. */
function poeText(poe: string | null): string | null {
  if (poe === null) return null;
  const [mode, ...rest] = poe.split(' ');
  const standard = rest.join(' ').replace(/^type\d-ieee/, '');
  const verb = mode === 'pse' ? 'gives PoE' : 'takes PoE';
  return standard === '' ? verb : `${verb} (${standard})`;
}

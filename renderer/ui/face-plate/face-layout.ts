/** A port as far as its place on the front is concerned. */
export interface PlacedPort {
  readonly name: string;
  /** As the device-type library names connectors: `1000base-t`, `10gbase-x-sfpp`. */
  readonly type: string | null;
}

export type Connector = 'socket' | 'cage';

/** Ports that stand together: one row of them, or two with the odd ones above. */
export interface PortGroup<P extends PlacedPort> {
  /** What their names begin with. */
  readonly stem: string;
  readonly connector: Connector;
  /** From left to right, then the row below. */
  readonly rows: readonly (readonly P[])[];
}

/** With so many or fewer a switch has them in one row. */
const oneRow = 8;

const natural = new Intl.Collator('en', { numeric: true });

export const connectorOf = ({ name, type }: PlacedPort): Connector =>
  /sfp|qsfp|xfp|cfp|xenpak/i.test(type ?? name) ? 'cage' : 'socket';

/** `ether` of `ether24`, `Gi1/0/` of `Gi1/0/24`. */
export const stemOf = (name: string): string => name.replace(/\d+$/, '');
/** What is written beside a port: its last number, or its name where it has none. */
export const numberOf = (name: string): string => /\d+$/.exec(name)?.[0] ?? name;

/**
 * The ports as they are drawn on the front: in the order that people count them in, those of one name
 * together, cages after sockets, in two rows as soon as the device has more than eight of a kind.
 */
export function faceLayout<P extends PlacedPort>(ports: readonly P[]): PortGroup<P>[] {
  const groups = Map.groupBy(
    ports.toSorted((a, b) => natural.compare(a.name, b.name)),
    (port) => `${connectorOf(port)} ${stemOf(port.name)}`,
  );
  const double = [...groups.values()].some((group) => group.length > oneRow);
  return [...groups.values()]
    .map((group) => {
      const [first] = group;
      const { name, type } = first ?? { name: '', type: null };
      return {
        stem: stemOf(name),
        connector: connectorOf({ name, type }),
        rows: rowsOf(group, double),
      };
    })
    .toSorted((a, b) => Number(a.connector === 'cage') - Number(b.connector === 'cage'));
}

/** Two rows are counted downwards: 1 above 2, 3 above 4. */
function rowsOf<P extends PlacedPort>(group: readonly P[], double: boolean): P[][] {
  if (!double || group.length < 2) return [[...group]];
  return [group.filter((_, index) => index % 2 === 0), group.filter((_, index) => index % 2 === 1)];
}

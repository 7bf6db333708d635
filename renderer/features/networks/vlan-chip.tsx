import classes from './networks.module.css';

interface VlanChipProps {
  readonly number: number;
  readonly traffic: string | null;
  readonly tagged?: boolean;
}

/** The number of a VLAN in the colour of its traffic; a tagged one has only the edge. */
export function VlanChip({ number, traffic, tagged = false }: VlanChipProps) {
  return (
    <span
      className={classes.chip}
      data-traffic={traffic ?? 'none'}
      data-tagged={tagged || undefined}
    >
      {number}
    </span>
  );
}

import classes from './networks.module.css';

/** What the marks on the ports mean. */
export function FaceLegend() {
  return (
    <p className={classes.more}>
      The number in a port is its untagged VLAN, +n how many tagged ones. A dot: a cable; a ring:
      only seen by LLDP; an exclamation mark: LLDP sees something else than the cable says.
    </p>
  );
}

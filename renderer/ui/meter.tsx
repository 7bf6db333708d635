import classes from './meter.module.css';

interface MeterProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly text: string;
  /** Being full is nothing to warn of. */
  readonly calm?: boolean;
}

/** How full something is. Above 90 % the text says so, not only the colour. */
export function Meter({ label, share, text, calm = false }: MeterProps) {
  // Nothing of nothing is 0: a machine may tell of a card or a disk of no size.
  const percent = Number.isFinite(share) ? Math.round(Math.min(1, Math.max(0, share)) * 100) : 0;
  const level = calm ? 'ok' : percent >= 90 ? 'danger' : percent >= 75 ? 'warn' : 'ok';
  return (
    <div className={classes.meter}>
      {/* biome-ignore lint/a11y/useSemanticElements: the meter element cannot be styled alike everywhere */}
      <div
        className={classes.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
      >
        <span className={classes.bar} data-level={level} style={{ width: `${percent}%` }} />
      </div>
      <span className={classes.text}>
        {text}
        {level === 'danger' && <strong className={classes.full}> almost full</strong>}
      </span>
    </div>
  );
}

import { type HeatMode, scales } from './heat.ts';
import classes from './racks.module.css';

/** What the colours mean; each has its own pattern, and the plates say the number. */
export function HeatLegend({ mode }: { readonly mode: HeatMode }) {
  if (mode === 'none') return null;
  const { label, words, unknown } = scales[mode];
  return (
    <div className={classes.legend} role="note" aria-label={`Colours: ${label}`}>
      <span className={classes.legendTitle}>{label}</span>
      {words.map((word, level) => (
        <span key={word} className={classes.legendEntry}>
          <span aria-hidden className={classes.swatch} data-heat={level} />
          {word}
        </span>
      ))}
      {mode !== 'space' && (
        <span className={classes.legendEntry}>
          <span aria-hidden className={classes.swatch} data-heat="unknown" />
          {unknown}
        </span>
      )}
    </div>
  );
}

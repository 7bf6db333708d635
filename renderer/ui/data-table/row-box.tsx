import classes from './data-table.module.css';

interface RowBoxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly mixed?: boolean;
  readonly onChange: () => void;
  readonly tabIndex?: number;
}

/** A native box: ten times cheaper than a styled one, which counts when rows fly past. */
export function RowBox({ label, checked, mixed = false, onChange, tabIndex }: RowBoxProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={label}
      checked={checked}
      tabIndex={tabIndex}
      ref={(element) => {
        if (element !== null) element.indeterminate = mixed;
      }}
      onChange={onChange}
      onClick={(event) => event.stopPropagation()}
      // Ticked twice in a row, it is no wish to open the row.
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
}

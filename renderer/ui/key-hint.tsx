import classes from './key-hint.module.css';
import { keyLabels } from './shortcut.ts';

interface KeyHintProps {
  /** As the action registry writes it: `mod+shift+Z`, `/`, `N`. */
  readonly keys: string;
  readonly inverted?: boolean;
}

/** Shows a shortcut as the keys of this computer. Decorative: the action works without it. */
export function KeyHint({ keys, inverted = false }: KeyHintProps) {
  return (
    <span className={classes.hint} data-inverted={inverted || undefined} aria-hidden>
      {keyLabels(keys, navigator.platform).map((label) => (
        <kbd key={label} className={classes.key}>
          {label}
        </kbd>
      ))}
    </span>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { isolated } from './isolate.ts';
import classes from './page.module.css';

const appName = 'Rackhelm';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** What the window is called meanwhile, where the title is more than words. */
  readonly windowTitle?: string;
  /** Small words beside the title: a count, a state. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** A page that is opened from within another takes the focus along. */
  readonly takesFocus?: boolean;
}

/** The bar at the top of the content: where one is, and what one can do here. */
export function PageHeader(props: PageHeaderProps) {
  const { title, note, actions, takesFocus = false } = props;
  useWindowTitle(props.windowTitle ?? (typeof title === 'string' ? title : null));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    // Somebody in a dialog, or who went on elsewhere meanwhile, is left alone.
    const free = active === document.body || active?.closest('main') !== null;
    if (takesFocus && free) heading.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  return (
    <header className={classes.header}>
      <h1 ref={heading} tabIndex={takesFocus ? -1 : undefined} className={classes.title}>
        {title}
      </h1>
      {note && <span className={classes.note}>{note}</span>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

/** Tells windows and tabs apart in the system's own lists. */
function useWindowTitle(text: string | null): void {
  useEffect(() => {
    if (text === null) return;
    document.title = `${isolated(text)} – ${appName}`;
    return () => {
      document.title = appName;
    };
  }, [text]);
}

/** A page whose body scrolls under its header. */
export function PageBody({ children }: { readonly children: ReactNode }) {
  return (
    // Scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
    <section className={classes.body} tabIndex={0} aria-label="Page content">
      {children}
    </section>
  );
}

/** The row of filters and the like below the header. */
export function Toolbar(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    // A toolbar would promise arrow keys between its parts, and one of them is a text field.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, this is not sent
    <div className={classes.toolbar} role="group" aria-label={props.label}>
      {props.children}
    </div>
  );
}

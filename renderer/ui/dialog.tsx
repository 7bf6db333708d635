import { Modal } from '@mantine/core';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import classes from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl';
  /** A slip outside must not lose what runs or was typed. */
  readonly keepOpen?: boolean;
  /** Holds nothing but text, which the keyboard must be able to scroll. */
  readonly reading?: boolean;
}

/** The dialogs that are open, the last on top: Escape is for that one alone. */
const opened: symbol[] = [];
const watchers = new Set<() => void>();

function useIsTop(): boolean {
  const [self] = useState(() => Symbol());
  useEffect(() => {
    const tell = () => {
      for (const watcher of watchers) watcher();
    };
    opened.push(self);
    tell();
    return () => {
      opened.splice(opened.indexOf(self), 1);
      tell();
    };
  }, [self]);
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => opened.at(-1) === self,
  );
}

const sizes = { sm: '28rem', md: '37rem', lg: '43rem', xl: '62rem' };

export function Dialog(props: DialogProps) {
  const { title, onClose, children, footer, size = 'md', keepOpen = false, reading } = props;
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={sizes[size]}
      padding={0}
      closeOnClickOutside={!keepOpen}
      closeOnEscape={useIsTop()}
      // Here and not as the content's className, which Mantine puts on the frame around it too.
      classNames={{ content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Mantine's own header is a banner landmark, and the window has one already. */}
        <div className={classes.header}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </div>
        <Modal.Body className={classes.shell}>
          {reading ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
            <section className={classes.body} tabIndex={0} aria-label={title}>
              {children}
            </section>
          ) : (
            <div className={classes.body}>{children}</div>
          )}
          {footer && <div className={classes.footer}>{footer}</div>}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The verb, as on the button that led here. */
  readonly confirm: string;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something is taken away. Cancel has the focus: Enter alone destroys nothing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog
      title={props.title}
      size="sm"
      onClose={props.onCancel}
      footer={
        <>
          <Button onClick={props.onCancel} autoFocus>
            Cancel
          </Button>
          <Button tone="danger" onClick={props.onConfirm} busy={props.busy}>
            {props.confirm}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}

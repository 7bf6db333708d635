import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import classes from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg';
  /** A slip outside must not lose what runs or was typed. */
  readonly keepOpen?: boolean;
}

const sizes = { sm: '26rem', md: '35rem', lg: '47rem' };

export function Dialog(props: DialogProps) {
  const { title, onClose, children, footer, size = 'md', keepOpen = false } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={sizes[size]}
      padding={0}
      closeOnClickOutside={!keepOpen}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{
        content: classes.content,
        header: classes.header,
        title: classes.title,
        body: classes.shell,
      }}
    >
      <div className={classes.body}>{children}</div>
      {footer && <footer className={classes.footer}>{footer}</footer>}
    </Modal>
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

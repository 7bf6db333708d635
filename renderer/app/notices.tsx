import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Button } from '../ui/button.tsx';
import classes from './notices.module.css';
import type { Notifier } from './notify.ts';

/** Shows notices at the lower right. `undo` takes back the last change. */
export function createNotifier(undo: () => void): Notifier {
  let shown = '';

  /** One notice at a time: an older one tells of a state that is no more. */
  function replace(): string {
    notifications.hide(shown);
    shown = crypto.randomUUID();
    return shown;
  }

  return {
    done(text, options) {
      const id = replace();
      notifications.show({
        id,
        classNames: { root: classes.root, icon: classes.icon },
        icon: <IconCheck aria-hidden className={classes.doneIcon} />,
        color: 'transparent',
        closeButtonProps: { 'aria-label': 'Close notice' },
        message: (
          <div className={classes.notice} role="status">
            <bdi className={classes.text}>{text}</bdi>
            {options?.undoable && (
              <Button
                tone="quiet"
                onClick={() => {
                  notifications.hide(id);
                  undo();
                }}
              >
                Undo
              </Button>
            )}
          </div>
        ),
      });
    },
    failed(failure) {
      // The banner says it already, for as long as it lasts.
      if (failure.code === 'LINK_DOWN') return;
      notifications.show({
        id: replace(),
        classNames: { root: classes.root, icon: classes.icon },
        icon: <IconAlertTriangle aria-hidden className={classes.failedIcon} />,
        color: 'transparent',
        autoClose: 12_000,
        closeButtonProps: { 'aria-label': 'Close notice' },
        message: (
          <div role="alert">
            <p className={classes.title}>{failure.message}</p>
            <p className={classes.hint}>{failure.hint}</p>
          </div>
        ),
      });
    },
  };
}

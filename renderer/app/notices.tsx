import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Button } from '../ui/button.tsx';
import classes from './notices.module.css';
import type { Notifier } from './notify.ts';

/** Shows notices at the lower right. `undo` takes back the last change. */
export function createNotifier(undo: () => void): Notifier {
  return {
    done(text, options) {
      const id = crypto.randomUUID();
      notifications.show({
        id,
        icon: <IconCheck aria-hidden className={classes.doneIcon} />,
        color: 'transparent',
        closeButtonProps: { 'aria-label': 'Close notice' },
        message: (
          <div className={classes.notice} role="status">
            <span className={classes.text}>{text}</span>
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
      notifications.show({
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

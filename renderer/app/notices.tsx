import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { Button } from '../ui/button.tsx';
import classes from './notices.module.css';
import type { Notifier } from './notify.ts';

/** Shows notices at the lower right. `undo` takes that change set back, and no other. */
export function createNotifier(undo: (changeSetId: string) => void): Notifier {
  let shown = '';
  let undoable = false;

  /** One notice at a time: an older one tells of a state that is no more. */
  function replace(offersUndo: boolean): string {
    notifications.hide(shown);
    undoable = offersUndo;
    shown = crypto.randomUUID();
    return shown;
  }

  return {
    done(text, options) {
      const undoes = options?.undoes;
      const takeBack = undoes === undefined ? options?.undo : () => undo(undoes);
      const id = replace(undoes !== undefined);
      notifications.show({
        id,
        classNames: { root: classes.root, icon: classes.icon },
        icon: options?.partly ? (
          <IconAlertTriangle aria-hidden className={classes.partlyIcon} />
        ) : (
          <IconCheck aria-hidden className={classes.doneIcon} />
        ),
        color: 'transparent',
        closeButtonProps: { 'aria-label': 'Close notice' },
        message: (
          <div className={classes.notice} role="status">
            <bdi className={classes.text}>{text}</bdi>
            {takeBack !== undefined && (
              <Button
                tone="quiet"
                onClick={() => {
                  notifications.hide(id);
                  takeBack();
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
        id: replace(false),
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
    outdated: () => {
      if (undoable) notifications.hide(shown);
    },
  };
}

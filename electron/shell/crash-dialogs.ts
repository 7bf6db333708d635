import type { MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import type { StartFailure } from './host-messages.ts';

/** What is used of Electron's dialog. */
export interface MessageBoxes {
  showMessageBox(options: MessageBoxOptions): Promise<Pick<MessageBoxReturnValue, 'response'>>;
}

const firstButton = { defaultId: 0, noLink: true, title: 'Rackhelm' } as const;

/** Says why Rackhelm could not start and what to do; true means: try again. */
export async function askAfterFailure(
  dialog: MessageBoxes,
  failure: StartFailure,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    ...firstButton,
    type: 'error',
    message: failure.message,
    detail: `${failure.hint}\n\n${failure.code}`,
    buttons: ['Try Again', 'Quit'],
    cancelId: 1,
  });
  return response === 0;
}

/** Says that the host ended by itself; true means: start it again. */
export async function askAfterCrash(
  dialog: MessageBoxes,
  crash: { readonly exitCode: number; readonly mayRestart: boolean },
): Promise<boolean> {
  if (!crash.mayRestart) {
    await dialog.showMessageBox({
      ...firstButton,
      type: 'error',
      message: 'Rackhelm’s background process keeps stopping.',
      detail: `It was restarted three times within a minute and stopped again (exit code ${crash.exitCode}). What was saved is safe. Report this, with the steps that led to it.`,
      buttons: ['Quit'],
      cancelId: 0,
    });
    return false;
  }
  const { response } = await dialog.showMessageBox({
    ...firstButton,
    type: 'warning',
    message: 'Rackhelm’s background process stopped unexpectedly.',
    detail: `What was saved is safe; what ran at that moment was cut off (exit code ${crash.exitCode}).`,
    buttons: ['Restart It', 'Quit'],
    cancelId: 1,
  });
  return response === 0;
}

/** Says that the window's page ended by itself; true means: load it again. */
export async function askAfterPageCrash(dialog: MessageBoxes, reason: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    ...firstButton,
    type: 'warning',
    message: 'This window stopped unexpectedly.',
    detail: `What was saved is safe, and running work goes on in the background (${reason}).`,
    buttons: ['Load It Again', 'Leave It'],
    cancelId: 1,
  });
  return response === 0;
}

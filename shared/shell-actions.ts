/**
 * Actions of the page that the operating system knows too: the desktop shell puts them into its menu
 * and takes them from the keys of a mouse; the page has their one implementation under the same id.
 * Keys as the page writes them; on a Mac, Alt and an arrow move by words in a text field.
 */
export const shellActions = {
  back: { title: 'Back', keys: 'alt+ArrowLeft', macKeys: 'mod+[' },
  forward: { title: 'Forward', keys: 'alt+ArrowRight', macKeys: 'mod+]' },
} as const;

export type ShellActionId = keyof typeof shellActions;

export function isShellAction(id: unknown): id is ShellActionId {
  return typeof id === 'string' && Object.hasOwn(shellActions, id);
}

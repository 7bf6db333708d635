import type { Connection } from './connection.ts';

/** The one-time token in the address that Rackhelm printed: `#token=…`. */
export function tokenOf(hash: string): string | null {
  const token = /^#token=([^&]+)/.exec(hash)?.[1] ?? null;
  if (token === null) return null;
  try {
    return decodeURIComponent(token);
  } catch {
    // Mistyped: the host refuses it, and the person is told so.
    return token;
  }
}

/**
 * Swaps the one-time token for a cookie and takes it out of the address bar, so that it lands in no
 * history and no bookmark. A used token is no failure: the cookie may still be here from before.
 */
export async function redeemToken(view: Window): Promise<void> {
  const token = tokenOf(view.location.hash);
  if (token === null) return;
  // Rejects where the host is away; then the token is unspent and stays for the next try.
  const answer = await view.fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'same-origin',
  });
  if (tokenOf(view.location.hash) === token) {
    // The entry keeps its place in the history of the window.
    const { pathname, search } = view.location;
    view.history.replaceState(view.history.state, '', pathname + search);
  }
  if (!answer.ok && answer.status !== 403) {
    throw new Error(`The host answered ${answer.status} to the key of this window.`);
  }
}

/**
 * A new address pasted into a window that shows Rackhelm already changes only the fragment, so the
 * page is not loaded anew: its key is taken all the same.
 */
export function takeLaterKeys(
  view: Window,
  connection: Pick<Connection, 'store' | 'retryNow'>,
): void {
  view.addEventListener('hashchange', () => {
    if (tokenOf(view.location.hash) === null) return;
    if (connection.store.getState().status !== 'open') connection.retryNow();
    // Connected already: spent, so that it stays in no address bar. The host may be away by now.
    else void redeemToken(view).catch(() => connection.retryNow());
  });
}

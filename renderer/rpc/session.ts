/** The one-time token in the address that Rackhelm printed: `#token=…`. */
export function tokenOf(hash: string): string | null {
  const match = /^#token=([^&]+)/.exec(hash);
  return match?.[1] === undefined ? null : decodeURIComponent(match[1]);
}

/**
 * Swaps the one-time token for a cookie and takes it out of the address bar, so that it lands in no
 * history and no bookmark. A used token is no failure: the cookie may still be here from before.
 */
export async function redeemToken(view: Window): Promise<void> {
  const token = tokenOf(view.location.hash);
  if (token === null) return;
  view.history.replaceState(null, '', view.location.pathname + view.location.search);
  const answer = await view.fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'same-origin',
  });
  if (!answer.ok && answer.status !== 403) {
    throw new Error(`The host answered ${answer.status} to the key of this window.`);
  }
}

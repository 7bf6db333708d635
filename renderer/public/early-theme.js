// Sets the theme before the first paint, so that a dark window never flashes white. A classic script
// of its own because the content security policy allows no inline one, and because a module would
// run after the first paint. Keep in step with design/appearance.ts, which owns these rules.
(() => {
  let choice = 'system';
  try {
    const cookie = /(?:^|;\s*)rackhelm-appearance=([a-z]+)/.exec(document.cookie);
    choice = cookie?.[1] || localStorage.getItem('rackhelm-theme') || 'system';
  } catch {
    // Storage may be blocked; then the system decides.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const more = matchMedia('(prefers-contrast: more)').matches;
  const root = document.documentElement;
  root.dataset.theme = choice === 'light' || choice === 'dark' ? choice : dark ? 'dark' : 'light';
  root.dataset.contrast =
    choice === 'contrast' || (choice === 'system' && more) ? 'more' : 'normal';
})();

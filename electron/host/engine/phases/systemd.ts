const folders = ['/etc', '/run', '/usr/lib', '/lib'].map((root) => `${root}/systemd/system`);

/**
 * For a look: lines of `name enabled? active?` for those of these services that are there. systemctl is
 * asked of those alone, since each question takes its time on a small board. Fails where there is no systemd.
 */
export function servicesAsked(names: readonly string[]): string {
  return [
    '[ -d /run/systemd/system ] || exit 1',
    `for u in ${names.join(' ')}; do`,
    `  for f in ${folders.map((folder) => `${folder}/$u.service`).join(' ')} "/etc/init.d/$u"; do`,
    '    [ -e "$f" ] || continue',
    '    echo "$u $(systemctl is-enabled "$u.service" 2>/dev/null) $(systemctl is-active "$u.service" 2>/dev/null)"',
    '    break',
    '  done',
    'done',
    'true',
  ].join('\n');
}

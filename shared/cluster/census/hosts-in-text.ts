/**
 * Names of machines in what programs are configured by: `postgres://web@db.shop:5432/shop`,
 * `host=db port=5432`, `redis:6379,redis-2:6379`, `DB_HOST: db`. Only the names are kept: the rest of such
 * a text may be a password.
 */
const longest = 8_192;
const mostHosts = 40;

const name = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?){0,8}';
/** After `://` and perhaps a user; its password may hold anything but blanks and a slash. */
const inUrl = new RegExp(`://(?:[^\\s/@]{0,300}@)?(${name})(?=[:/?#\\s"',;]|$)`, 'gi');
const withPort = new RegExp(`(?:^|[\\s,;="'@(])(${name}):(\\d{2,5})(?=[/\\s,;"')]|$)`, 'gi');
const ofCluster = new RegExp(
  `(?:^|[^-.\\w])(${name}\\.svc(?:\\.[a-z0-9.-]{1,100})?)(?![-.\\w])`,
  'gi',
);
const assigned = new RegExp(
  `\\b(?:host|hostname|server|address|upstream|endpoint)["']?\\s*[=:]\\s*["']?(${name})(?=[\\s,;"']|$)`,
  'gi',
);
const telling =
  /(host|hostname|server|servers|addr|address|url|uri|dsn|endpoint|upstream|service)$/i;
const bare = new RegExp(`^${name}$`, 'i');

/** `label`: what the text is the value of. In lower case, each once. */
export function hostsIn(text: string, label = ''): string[] {
  const read = text.slice(0, longest);
  const found = new Set<string>();
  for (const pattern of [inUrl, withPort, ofCluster, assigned]) {
    for (const [, host = ''] of read.matchAll(pattern)) {
      if (found.size >= mostHosts) break;
      found.add(host.toLowerCase());
    }
  }
  const whole = read.trim();
  if (telling.test(label) && bare.test(whole)) found.add(whole.toLowerCase());
  return [...found].filter((host) => !isAddress(host));
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host);
}

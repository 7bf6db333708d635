const begin = '# rackhelm begin';
const end = '# rackhelm end';

/** Our lines at the end of a settings file; a second time they replace the first. */
export function withLines(text: string, lines: readonly string[]): string {
  const had = withoutLines(text);
  const base = had === '' || had.endsWith('\n') ? had : `${had}\n`;
  const block = `${begin}\n${lines.map((line) => `${line}\n`).join('')}${end}\n`;
  return text === `${base}${block}` ? text : `${base}${block}`;
}

/** A file without our lines; whether its last line had an end is not known any more. */
export function withoutLines(text: string): string {
  const from = text.indexOf(`${begin}\n`);
  const to = text.indexOf(`${end}\n`, from);
  return from < 0 || to < 0 ? text : text.slice(0, from) + text.slice(to + end.length + 1);
}

/** /etc/conf.d/ntpd of Alpine: the servers are options of the program. */
export function withNtpdServers(text: string | null, servers: readonly string[]): string {
  const options = `-N ${servers.map((server) => `-p ${server}`).join(' ')}`;
  const line = `NTPD_OPTS="${options}"`;
  const had = text ?? '';
  if (had.split('\n').includes(line)) return had;
  if (/^NTPD_OPTS=/m.test(had)) return had.replace(/^NTPD_OPTS=.*$/m, line);
  return `${had === '' || had.endsWith('\n') ? had : `${had}\n`}${line}\n`;
}

const begin = '# rackhelm begin';
const end = '# rackhelm end';

/** sshd takes the first value that it reads, so this comes before others. */
export const dropIn = '/etc/ssh/sshd_config.d/00-rackhelm.conf';
export const mainFile = '/etc/ssh/sshd_config';

const keyword = (line: string) => /^\s*(\w+)/.exec(line)?.[1]?.toLowerCase() ?? '';
const decides =
  /^(passwordauthentication|kbdinteractiveauthentication|challengeresponseauthentication)$/;
const includesDropIns = /^\s*include\s.*(?:^|[\s/"])sshd_config\.d\/\*(?:\.conf)?/i;

/**
 * Whether a file of our own counts, or the main file has to say it: old versions know no Include, and
 * some configurations decide before it comes.
 */
export function placeFor(main: string): 'drop-in' | 'main' {
  const lines = main.split('\n');
  const match = lines.findIndex((line) => keyword(line) === 'match');
  const head = match < 0 ? lines : lines.slice(0, match);
  const include = head.findIndex((line) => includesDropIns.test(line));
  const decided = head.findIndex((line) => decides.test(keyword(line)));
  return include >= 0 && (decided < 0 || decided > include) ? 'drop-in' : 'main';
}

/** The lines that turn passwords off; older versions call the second by its former name. */
export function noPasswords(former: boolean): string {
  const second = former ? 'ChallengeResponseAuthentication' : 'KbdInteractiveAuthentication';
  return `PasswordAuthentication no\n${second} no\n`;
}

/** Before everything else, and so before any Match. */
export function withBlock(text: string, block: string): string {
  return `${begin}\n${block}${end}\n${withoutBlock(text)}`;
}

export function withoutBlock(text: string): string {
  const from = text.indexOf(`${begin}\n`);
  const to = text.indexOf(`${end}\n`, from);
  return from < 0 || to < 0 ? text : text.slice(0, from) + text.slice(to + end.length + 1);
}

export interface MatchBlock {
  readonly file: string;
  /** `User bob`. */
  readonly match: string;
}

/**
 * Match blocks that allow passwords again, which no line before them prevents. `lines`: as `grep -H`
 * prints the settings of main file and drop-ins, in their order.
 */
export function allowsAgain(lines: readonly string[]): MatchBlock[] {
  let current: MatchBlock | null = null;
  const found: MatchBlock[] = [];
  let lastFile = '';
  for (const line of lines) {
    const [, file = '', text = ''] = /^(\/[^:]+):(.*)$/.exec(line) ?? [];
    // A Match ends with its file.
    if (file !== lastFile) current = null;
    lastFile = file;
    const [, key = '', value = ''] = /^\s*(\w+)[\s=]+"?(.*?)"?\s*$/.exec(text) ?? [];
    if (key.toLowerCase() === 'match') current = { file, match: value };
    else if (current && decides.test(key.toLowerCase()) && value.toLowerCase() === 'yes')
      found.push(current);
  }
  return found.filter((one, index) => found.indexOf(one) === index && !/^all$/i.test(one.match));
}

import type { CheckResult, CheckStatus } from '../../../../shared/checks/check.ts';

const words: Readonly<Record<CheckStatus, string>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'FAIL',
  unknown: 'unknown',
  'not-applicable': '-',
};

/** One line of a table. */
export function checkLine({ status, group, title, part, found }: CheckResult): readonly string[] {
  return [`  ${words[status]}`, group, part === '' ? title : `${title} (${part})`, found];
}

/** What it rests on, as lines below it. */
export function evidenceOf({ evidence }: CheckResult): string {
  return evidence
    .map(({ ran, exit, where, as, said, cut }) => {
      const by = as === null ? where : `${as}@${where}`;
      const prompt = `    ${by}${exit === null ? ':' : '$'} ${ran}\n`;
      const lines = said === '' ? '' : `${said.replace(/^/gm, '    ')}\n`;
      return `${prompt}${lines}${cut ? '    … (cut)\n' : ''}`;
    })
    .join('');
}

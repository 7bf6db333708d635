import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** These hold the streams themselves: the border, draining them, and questions on the terminal. */
const holders = new Set(['output.ts', 'end-process.ts']);

it('is the only way by which a command writes to the terminal', () => {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !holders.has(file),
  );
  const writers = files.filter((file) =>
    /process\s*\.\s*std(out|err)\s*\.\s*write|console\./.test(
      readFileSync(path.join(folder, file), 'utf8'),
    ),
  );
  expect(writers).toEqual([]);
});

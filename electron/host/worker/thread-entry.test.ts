import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/** `NAME: path/of/NAME.ts` of each thread or process that some module of the host starts. */
function startedEntries(): string[] {
  const files = globSync('electron/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] });
  return files.flatMap((file) => {
    const starts = readFileSync(path.join(root, file), 'utf8').matchAll(
      /threadEntry\(\s*import\.meta\.url,\s*'([\w-]+)'/g,
    );
    return [...starts].map(([, name]) => `${name}: ${path.dirname(file)}/${name}.ts`);
  });
}

/** In the bundle an entry that is not listed is not there, and what it is for fails only then. */
it('lists in the build every entry of a thread that is started', () => {
  const config = readFileSync(path.join(root, 'electron.vite.config.ts'), 'utf8');
  const listed = [...config.matchAll(/'([\w-]+-(?:thread|process))': '([\w/.-]+)'/g)]
    .map(([, name, file]) => `${name}: ${file}`)
    .filter((entry) => entry !== 'host-process: electron/host-process.ts');
  expect(startedEntries().length).toBeGreaterThan(5);
  expect(listed.toSorted()).toEqual(startedEntries().toSorted());
});

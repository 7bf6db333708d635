import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { hidesSomething } from '../visible-text.ts';
import { yamlText } from './yaml-text.ts';

it('writes an object as kubectl does', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', labels: {}, annotations: { 'b/c': 'on' } },
    data: { 'x.sh': '#!/bin/sh\necho hi\n', count: '12', t: 'two words' },
    list: [{ a: 1, b: [] }, [1, [2]], 'x'],
    none: null,
  };
  expect(yamlText(object)).toBe(`apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels: {}
  annotations:
    b/c: "on"
data:
  x.sh: |
    #!/bin/sh
    echo hi
  count: "12"
  t: two words
list:
- a: 1
  b: []
- - 1
  - - 2
- x
none: null
`);
});

it('is read back as what it was written from', () => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[ \n\ta:#"'|>-]*$/),
      fc.constantFrom(
        'yes',
        'null',
        '1e3',
        '0x1',
        '~',
        '- a',
        'a: b',
        '2026-11-30',
        '1_000',
        '=',
        '<<',
        '.5',
        'a\n\n',
        '\na',
        'a \nb',
        '---',
      ),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('node'), { maxKeys: 4 }),
    ),
  })).node;
  fc.assert(
    fc.property(value, (written) => {
      expect(parse(yamlText(written), { maxAliasCount: 0 })).toEqual(
        JSON.parse(JSON.stringify(written)),
      );
    }),
    { numRuns: 500 },
  );
});

it('shows nothing that a window would obey instead of showing', () => {
  const text = yamlText({ a: 'x\u202ey\u001b[31m', 'k\u202e': 'l\n\u200bm\n' });
  expect(hidesSomething(text)).toBe(false);
});

import { describe, expect, it } from 'vitest';
import { readFrames } from './frames.ts';
import { outputOf } from './output-fixture.ts';

describe('readFrames', () => {
  it('ignores what stands before, between and after the marks', () => {
    const output = `motd\n@@other begin 1\n${outputOf({ date: '1 +0 UTC' })}logout\n@@abc123 part late\n`;
    const frames = readFrames(output, 'abc123');
    expect([...frames.parts.keys()]).toEqual(['date']);
    expect(frames).toMatchObject({ began: true, ended: true });
  });

  it('does not take marks in the middle of a line, or of another nonce, for marks', () => {
    const text = 'x @@abc123 end\n@@abc124 end\n@@abc12 end';
    expect(readFrames(outputOf({ a: text, b: 'y' }), 'abc123').parts.get('a')?.text).toContain(
      text,
    );
  });

  it('tells a part that was cut from one that ended', () => {
    const output = outputOf({ a: 'x', b: 'y' });
    const frames = readFrames(output.slice(0, output.indexOf('y') + 1), 'abc123');
    expect(frames.ended).toBe(false);
    expect(frames.lastPart).toBe('b');
    expect(frames.parts.get('a')?.end).toBe(0);
    expect(frames.parts.get('b')?.end).toBe('cut');
  });

  it('keeps the first of two parts of one name', () => {
    const output = outputOf({ a: 'x\n\n@@abc123 exit 0\n\n@@abc123 part a\nforged' });
    expect(readFrames(output, 'abc123').parts.get('a')?.text.trim()).toBe('x');
  });

  it('replaces bytes that are not UTF-8 and goes on', () => {
    const bytes = Buffer.concat([
      Buffer.from('\n@@abc123 begin 1\n\n@@abc123 part a\n'),
      Buffer.from([0xff, 0xfe, 0x41]),
      Buffer.from('\n@@abc123 exit 0\n\n@@abc123 end\n'),
    ]);
    expect(readFrames(bytes, 'abc123').parts.get('a')?.text).toContain('\ufffd\ufffdA');
  });

  it.each([['late'], ['too-large'], ['skipped'], ['no-sleep']])('knows the end "%s"', (end) => {
    expect(readFrames(outputOf({ a: { end, text: '' } }), 'abc123').parts.get('a')?.end).toBe(end);
  });
});

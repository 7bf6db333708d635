import { expect, it } from 'vitest';
import { contentType } from './media-type.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part),
    ),
  );

const png = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 128, 0, 0, 1, 224, 8, 2]);
const jpeg = bytes(
  [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
  [0xff, 0xff, 0xc0, 0, 11, 8, 0, 100, 0, 200, 3, 1],
);

it.each<[string, Buffer, object]>([
  ['a PNG', png, { mediaType: 'image/png', width: 640, height: 480 }],
  ['a JPEG behind other segments', jpeg, { mediaType: 'image/jpeg', width: 200, height: 100 }],
  [
    'a WebP',
    bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 49, 0, 0]),
    { mediaType: 'image/webp', width: 100, height: 50 },
  ],
  ['a PNG that is cut off', png.subarray(0, 18), { mediaType: 'image/png', width: null }],
  ['a JPEG that is cut off', jpeg.subarray(0, 9), { mediaType: 'image/jpeg', width: null }],
  ['an SVG, which is text', bytes('<svg onload="x()">'), { mediaType: 'text/plain' }],
  ['HTML, which is text', bytes('<!doctype html><script>x</script>'), { mediaType: 'text/plain' }],
  ['a PDF', bytes('%PDF-1.7'), { mediaType: 'application/pdf' }],
  ['what nobody knows', bytes([1, 2, 3, 0]), { mediaType: 'application/octet-stream' }],
  [
    'text that is cut in a character',
    Buffer.from('grün').subarray(0, 3),
    { mediaType: 'text/plain' },
  ],
  ['nothing', Buffer.alloc(0), { mediaType: 'text/plain' }],
])('tells %s by its content', (_name, content, expected) => {
  expect(contentType(content)).toMatchObject(expected);
});

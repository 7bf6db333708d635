import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../shared/security.ts';
import { appSchemePrivileges, serveApp } from './app-protocol.ts';

let folder = '';
let root = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-protocol-'));
  root = path.join(folder, 'renderer');
  mkdirSync(path.join(root, 'assets'), { recursive: true });
  mkdirSync(path.join(folder, 'renderer-secrets'));
  writeFileSync(path.join(root, 'index.html'), '<title>Rackhelm</title>');
  writeFileSync(path.join(root, 'assets', 'main.js'), 'export {};');
  writeFileSync(path.join(root, 'assets', 'two words.css'), 'body {}');
  writeFileSync(path.join(root, 'assets', 'inter.woff2'), 'font');
  writeFileSync(path.join(root, 'assets', 'notes.txt'), 'not for the page');
  writeFileSync(path.join(root, '.hidden.js'), 'secret');
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  writeFileSync(path.join(folder, 'renderer-secrets', 'key.js'), 'secret');
  symlinkSync(path.join(folder, 'secret.js'), path.join(root, 'link.js'));
  symlinkSync(path.join(folder, 'renderer-secrets'), path.join(root, 'linked'));
  symlinkSync(path.join(root, 'assets', 'main.js'), path.join(root, 'inner-link.js'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => serveApp(root, { method, url });

describe('files of the page', () => {
  it.each([
    ['app://rackhelm/', 'text/html; charset=utf-8', '<title>Rackhelm</title>'],
    ['app://rackhelm/index.html', 'text/html; charset=utf-8', '<title>Rackhelm</title>'],
    ['app://rackhelm/#/devices', 'text/html; charset=utf-8', '<title>Rackhelm</title>'],
    ['app://rackhelm/assets/main.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['app://rackhelm/assets/two%20words.css', 'text/css; charset=utf-8', 'body {}'],
    ['app://rackhelm/assets/inter.woff2', 'font/woff2', 'font'],
    ['app://rackhelm/inner-link.js', 'text/javascript; charset=utf-8', 'export {};'],
  ])('%s is served as %s', async (url, type, body) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body);
  });

  it('carry the strict policy, and so do refusals', async () => {
    for (const url of ['app://rackhelm/', 'app://rackhelm/none.js', 'app://rackhelm/link.js']) {
      const { headers } = await get(url);
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });
});

describe('everything else is refused', () => {
  it.each([
    ['a missing file', 'app://rackhelm/assets/none.js', 404],
    ['a folder', 'app://rackhelm/assets', 403],
    ['a folder with a slash', 'app://rackhelm/assets/', 403],
    ['a file below a file', 'app://rackhelm/index.html/x.js', 404],
    ['dots, folded by the URL parser', 'app://rackhelm/../secret.js', 404],
    ['encoded dots', 'app://rackhelm/%2e%2e/secret.js', 404],
    ['an encoded slash', 'app://rackhelm/..%2fsecret.js', 403],
    ['everything encoded', 'app://rackhelm/%2e%2e%2fsecret.js', 403],
    ['dots within', 'app://rackhelm/assets%2f..%2f..%2fsecret.js', 403],
    ['double encoding', 'app://rackhelm/%252e%252e%252fsecret.js', 403],
    ['a backslash', 'app://rackhelm/..\\secret.js', 403],
    ['an encoded backslash', 'app://rackhelm/..%5csecret.js', 403],
    ['an absolute path', 'app://rackhelm//etc/passwd.js', 403],
    ['a drive letter', 'app://rackhelm/C:/secret.js', 403],
    ['a null byte', 'app://rackhelm/index.html%00.js', 403],
    ['broken encoding', 'app://rackhelm/%ff.js', 404],
    ['a hidden file', 'app://rackhelm/.hidden.js', 403],
    ['a link that leads out', 'app://rackhelm/link.js', 403],
    ['a linked folder that leads out', 'app://rackhelm/linked/key.js', 403],
    ['an unknown type', 'app://rackhelm/assets/notes.txt', 403],
    ['a query', 'app://rackhelm/index.html?x=1', 404],
    ['an empty query', 'app://rackhelm/?', 404],
    ['another host', 'app://elsewhere/index.html', 403],
    ['a port', 'app://rackhelm:80/index.html', 403],
    ['credentials', 'app://me:secret@rackhelm/index.html', 403],
    ['another scheme', 'file:///etc/passwd.js', 403],
    ['no URL', 'index.html', 404],
  ])('%s', async (_what, url, status) => {
    const response = await get(url);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('the method %s', async (method) => {
    expect((await get('app://rackhelm/', method)).status).toBe(405);
  });
});

it('the scheme gets no way around the policy or the origin', () => {
  const { bypassCSP, corsEnabled, allowServiceWorkers, allowExtensions, standard, secure } =
    appSchemePrivileges.privileges ?? {};
  expect([bypassCSP, corsEnabled, allowServiceWorkers, allowExtensions]).toEqual(
    Array(4).fill(undefined),
  );
  expect([standard, secure]).toEqual([true, true]);
});

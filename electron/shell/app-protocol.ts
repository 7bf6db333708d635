import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { contentSecurityPolicy } from '../../shared/security.ts';
import { appHost, appScheme } from './app-origin.ts';

/** Must be registered before the app is ready. No CSP or CORS bypass, no service workers. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** Whatever is not listed is not served: a stray file in the bundle stays a stray file. */
const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.webp', 'image/webp'],
  ['.woff2', 'font/woff2'],
  ['.woff', 'font/woff'],
]);

const fixedHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // The files change with every release under the same names.
  'cache-control': 'no-cache',
};

type Refusal = 403 | 404;
type Asset = { readonly file: string; readonly contentType: string };

/**
 * The path inside the bundle that a URL asks for. Judges the text as it arrived: URL parsers fold
 * `..` away, but an encoded slash or a second layer of encoding reaches us intact.
 */
function requestedName(url: string): string | Refusal {
  if (!URL.canParse(url)) return 404;
  const { protocol, host, username, password, search, pathname } = new URL(url);
  if (protocol !== `${appScheme}:` || host !== appHost || username !== '' || password !== '') {
    return 403;
  }
  if (search !== '' || url.includes('?')) return 404;
  let name: string;
  try {
    name = decodeURIComponent(pathname).slice(1);
  } catch {
    return 404; // not UTF-8 once decoded: no file of ours has such a name
  }
  if (name === '') return 'index.html';
  // A percent sign that is left was encoded twice; a colon is a drive or a stream on Windows.
  const hasForbiddenCharacter = /[%\\:\0]/.test(name);
  const hasForbiddenSegment = name.split('/').some((part) => part === '' || part.startsWith('.'));
  return hasForbiddenCharacter || hasForbiddenSegment ? 403 : name;
}

async function locate(root: string, url: string): Promise<Asset | Refusal> {
  const name = requestedName(url);
  if (typeof name === 'number') return name;
  const contentType = contentTypes.get(path.extname(name).toLowerCase());
  if (contentType === undefined) return 403;
  const realRoot = await realpath(root);
  // Resolves links, so that one that leads out of the bundle is seen for what it is.
  const file = await realpath(path.join(realRoot, name));
  return file.startsWith(realRoot + path.sep) ? { file, contentType } : 403;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}

function refuse(status: Refusal | 405): Response {
  return new Response(null, { status, headers: fixedHeaders });
}

/** Answers one request for `app://rackhelm/…` from `root`, and from nowhere else. */
export async function serveApp(
  root: string,
  request: Pick<Request, 'method' | 'url'>,
): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  try {
    const asset = await locate(root, request.url);
    if (typeof asset === 'number') return refuse(asset);
    return new Response(await readFile(asset.file), {
      headers: { ...fixedHeaders, 'content-type': asset.contentType },
    });
  } catch (error) {
    if (isMissing(error)) return refuse(404);
    throw error; // the page shows a failed load, and Electron logs why
  }
}

export function handleAppProtocol(protocol: Pick<Protocol, 'handle'>, root: string): void {
  protocol.handle(appScheme, (request) => serveApp(root, request));
}

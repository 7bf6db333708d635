/**
 * Where the entry `NAME.ts` of a thread lies that stands beside the module of this URL: beside it in
 * the sources, at the root of the bundle otherwise (an input of electron.vite.config.ts of that name).
 */
export function threadEntry(moduleUrl: string, name: string): URL {
  if (moduleUrl.endsWith('.ts')) return new URL(`./${name}.ts`, moduleUrl);
  const isChunk = new URL('.', moduleUrl).pathname.endsWith('/chunks/');
  return new URL(`${isChunk ? '..' : '.'}/${name}.js`, moduleUrl);
}

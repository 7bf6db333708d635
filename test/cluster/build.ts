import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheDirectory, folder, missingPrograms } from './cache.ts';
import { ClusterError } from './cluster-error.ts';
import { askGo, goEnvironment } from './go-tools.ts';
import { folderOf, type Recipe, sourceText } from './recipes.ts';

const script = path.join(import.meta.dirname, 'scripts', 'build-program.sh');

/**
 * Builds what the cache lacks of it, a program after the other, each there as a whole or not at all.
 * Two builds at once: the second waits for the first and finds its work done.
 */
export async function build(recipe: Recipe, say: (line: string) => void): Promise<void> {
  const target = folder(recipe);
  if (missingPrograms(recipe).length > 0) {
    mkdirSync(target, { recursive: true });
    const module = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-go-'));
    try {
      writeModule(recipe, module);
      for (const { name, package: source } of recipe.programs) {
        const startedAt = Date.now();
        await buildProgram(module, {
          target: path.join(target, name),
          source,
          flags: flagsOf(recipe),
        });
        const seconds = Math.round((Date.now() - startedAt) / 1000);
        if (seconds > 0)
          say(`${name} of ${recipe.name} ${recipe.version} is built after ${seconds} s.`);
        if (name === 'kwok') copyStages(module, target);
      }
    } finally {
      rmSync(module, { recursive: true, force: true });
    }
  }
  deleteOthers(recipe);
}

/** Kubernetes has to be told its version, or clients cannot read what it says of itself. */
function flagsOf({ kubernetes }: Recipe): string {
  if (!kubernetes) return '-s -w';
  const [major, minor] = kubernetes.split('.');
  const values = {
    gitVersion: `v${kubernetes}`,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
    gitCommit: '0'.repeat(40),
    buildDate: '2026-01-01T00:00:00Z',
  };
  const flags = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((where) =>
    Object.entries(values).map(([name, value]) => `-X ${where}.${name}=${value}`),
  );
  return ['-s -w', ...flags].join(' ');
}

function buildProgram(
  module: string,
  {
    target,
    source,
    flags,
  }: { readonly target: string; readonly source: string; readonly flags: string },
): Promise<void> {
  const lock = path.join(cacheDirectory(), 'build.lock');
  // Whoever works at this computer comes first.
  const words = ['-n', '15', 'flock', lock, 'sh', script, target, source, flags];
  const child = spawn('nice', words, {
    cwd: module,
    env: goEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new ClusterError('The build could not be started.', { cause })),
    );
    child.on('close', (code) => {
      if (code === 0) return resolve();
      const last = Buffer.concat(said).toString().trim().split('\n').slice(-12).join('\n');
      reject(new ClusterError(`${path.basename(target)} could not be built:\n${last}`));
    });
  });
}

interface Module {
  readonly GoMod?: string;
  readonly Dir?: string;
  readonly Error?: string;
}

function writeModule(recipe: Recipe, directory: string): void {
  const file = path.join(directory, 'go.mod');
  writeFileSync(file, 'module rackhelm.test/cluster\n\ngo 1.26\n');
  const requires = recipe.requires.map(([name, version]) => `require ${name} ${version}`);
  const own = recipe.kubernetes ? kubernetesLines(recipe, recipe.kubernetes, directory) : [];
  writeFileSync(
    file,
    ['module rackhelm.test/cluster', 'go 1.26.0', ...requires, ...own, ''].join('\n'),
  );
  if (!recipe.ours) return;
  mkdirSync(path.join(directory, 'kubernetes'));
  writeFileSync(path.join(directory, 'kubernetes', 'main.go'), sourceText());
}

/** The go.mod of a module. */
function moduleText(directory: string, name: string, version: string): string {
  // What `go mod download -json` prints is documented in `go help mod download`.
  const words = ['mod', 'download', '-json', `${name}@${version}`];
  const { GoMod, Error: why } = askGo(directory, words) as Module;
  if (GoMod) return readFileSync(GoMod, 'utf8');
  throw new ClusterError(`The Go module ${name} cannot be had: ${why ?? 'no reason given'}`);
}

function kubernetesLines(recipe: Recipe, version: string, directory: string): readonly string[] {
  const text = moduleText(directory, 'k8s.io/kubernetes', `v${version}`);
  const lines = stagingLines(text, version);
  if (recipe.ours) return lines;
  const others = recipe.requires.filter(([name]) => !/^k8s\.io\/|kwok$/.test(name));
  const texts = others.map(([name, one]) => moduleText(directory, name, one)).join('\n');
  // What is built is kept by the version that was asked for, so the same one is asked for.
  const staging = requirements(texts).flatMap(([, module]) =>
    lines.some((line) => line.startsWith(`replace ${module} `))
      ? [`require ${module} ${stagingVersion(version)}`]
      : [],
  );
  return [...lines, ...staging, ...excludeLines(texts, text)];
}

const stagingVersion = (version: string) => `v${version.replace(/^1/, '0')}`;
const requirements = (text: string) => [...text.matchAll(/^\t(\S+) (v\S+)/gm)];

/** It points at folders beside itself, which the module does not have; their modules are published. */
function stagingLines(text: string, version: string): readonly string[] {
  const lines = [...text.matchAll(/^\s*(k8s\.io\/\S+) => \.\/staging\//gm)].map(
    ([, module]) => `replace ${module} => ${module} ${stagingVersion(version)}`,
  );
  const debug = /^godebug .*$/m.exec(text);
  return debug ? [debug[0], ...lines] : lines;
}

/**
 * Of what both require, all in the version of Kubernetes: the other versions are not to be had, or nearly
 * all of it would be built a second time.
 */
function excludeLines(own: string, kubernetes: string): readonly string[] {
  const pins = new Map(requirements(kubernetes).map(([, module, version]) => [module, version]));
  return requirements(own)
    .filter(
      ([, module, version]) =>
        (pins.get(module) ?? version) !== version && !module?.startsWith('k8s.io/'),
    )
    .map(([, module, version]) => `exclude ${module} ${version}`);
}

const stageFiles = [
  'kustomize/stage/node/fast/node-initialize.yaml',
  'kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  'kustomize/stage/pod/fast/pod-ready.yaml',
  'kustomize/stage/pod/fast/pod-complete.yaml',
  'kustomize/stage/pod/fast/pod-delete.yaml',
  'kustomize/metrics/resource/metrics-resource.yaml',
  'kustomize/metrics/usage/usage-from-annotation.yaml',
];

function copyStages(module: string, target: string): void {
  const { Dir } = askGo(module, ['list', '-m', '-json', 'sigs.k8s.io/kwok']) as Module;
  if (!Dir) throw new ClusterError('The module of kwok is not unpacked.');
  const texts = stageFiles.map((name) => readFileSync(path.join(Dir, name), 'utf8').trim());
  const file = path.join(target, 'kwok-stages.yaml');
  writeFileSync(`${file}.new`, `${texts.join('\n---\n')}\n`);
  renameSync(`${file}.new`, file);
}

const forgottenAfterMs = 30 * 24 * 3600_000;

/** Folders of the same program and version by another recipe that another checkout may use no more. */
function deleteOthers(recipe: Recipe): void {
  const prefix = `${recipe.name}-${recipe.version}-`;
  if (!existsSync(cacheDirectory())) return;
  for (const name of readdirSync(cacheDirectory())) {
    if (!name.startsWith(prefix) || name === folderOf(recipe)) continue;
    const directory = path.join(cacheDirectory(), name);
    if (Date.now() - statSync(directory).mtimeMs < forgottenAfterMs) continue;
    rmSync(directory, { recursive: true, force: true });
  }
}

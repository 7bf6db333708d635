/** The import rules of the architecture: who may know whom. */
const folder = (name) => `^${name}/`;

function only(name, from, allowed, comment) {
  return {
    name,
    comment,
    severity: 'error',
    from,
    to: { path: '^(electron|renderer|shared|build|test)/', pathNot: allowed },
  };
}

/** A folder of the host with an index of its own; those of a tier have theirs one level below. */
const hostFolder = '(?:connections|engine)/[^/]+|(?!connections/|engine/)[^/]+';

/** What stands on no other tier than those that are named, beside what serves all. */
function below(name, tier, comment, tiers = []) {
  const allowed = [tier, ...tiers, 'worker'].map((folder) => `^electron/host/${folder}/`);
  return {
    name,
    comment,
    severity: 'error',
    from: { path: `^electron/host/${tier}/`, pathNot: '\\.test\\.ts$' },
    to: { path: '^electron/host/', pathNot: [...allowed, '^electron/host/event-queue\\.ts$'] },
  };
}

module.exports = {
  forbidden: [
    only('shared-knows-nobody', { path: folder('shared') }, folder('shared'), 'shared → shared'),
    only(
      'renderer-knows-shared',
      { path: folder('renderer') },
      ['^renderer/', '^shared/'],
      'renderer → shared',
    ),
    only(
      'host-knows-shared',
      { path: folder('electron/host'), pathNot: '\\.test\\.ts$' },
      ['^electron/host/', '^shared/'],
      'host → shared',
    ),
    only(
      'shell-knows-shared',
      { path: ['^electron/shell/', '^electron/preload\\.ts$'] },
      ['^electron/shell/', '^shared/'],
      'shell, preload → shared',
    ),
    {
      name: 'host-without-electron',
      severity: 'error',
      from: { path: '^(electron/host|shared|renderer)/' },
      to: { path: '(^|node_modules/)electron(/|$)', pathNot: '^electron/' },
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^(shared|renderer)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'host-folders-meet-through-index',
      comment:
        'A host folder is entered through its index.ts from any other folder; trial/ helps tests.',
      severity: 'error',
      from: {
        path: `^electron/host/(${hostFolder})/`,
        pathNot: ['\\.test\\.ts$', '/trial/', '^electron/host/ssh/index\\.ts$'],
      },
      to: {
        path: `^electron/host/(?:${hostFolder})/`,
        pathNot: ['^electron/host/$1/', `^electron/host/(?:${hostFolder})/index\\.ts$`],
      },
    },
    below(
      'connections-know-nothing-above',
      'connections',
      'Connections reach things; they know no inventory, no work and not each other.',
    ),
    {
      name: 'connections-apart',
      severity: 'error',
      from: { path: '^electron/host/connections/([^/]+)/' },
      to: { path: '^electron/host/connections/', pathNot: '^electron/host/connections/$1/' },
    },
    below('db-knows-nothing-above', 'db', 'The database knows neither connections nor domains.'),
    below(
      'engine-knows-no-domain',
      'engine',
      'The engine runs work; it stands on connections and the database.',
      ['connections', 'db'],
    ),
    {
      name: 'domains-below-the-ways-in',
      comment: 'rpc, cli and web are thin ways in: nothing below knows them, nor the composition.',
      severity: 'error',
      from: {
        path: '^electron/host/[^/]+/',
        pathNot: ['^electron/host/(rpc|cli|web)/', '\\.test\\.ts$'],
      },
      to: { path: '^electron/host/((rpc|cli|web)/|host(-state)?\\.ts$)' },
    },
    {
      name: 'sql-only-in-db',
      severity: 'error',
      from: { path: '^electron/host/', pathNot: '^electron/host/db/' },
      to: { path: 'node_modules/better-sqlite3/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    // dependency-cruiser reads TypeScript through an API that TypeScript 7 does not have; swc has it.
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};

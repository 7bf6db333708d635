/** What compose and its kin write on what they make. */
export interface ProjectLabels {
  readonly project: string | null;
  readonly service: string | null;
  readonly workingDir: string | null;
  readonly configFiles: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

const mostFiles = 20;

export function projectLabels(labels: Labels): ProjectLabels {
  const of = (...names: string[]) => {
    for (const name of names) if (labels[name]) return labels[name];
    return null;
  };
  return {
    project: of(
      'com.docker.compose.project',
      'io.podman.compose.project',
      'com.docker.stack.namespace',
    ),
    service: of('com.docker.compose.service', 'com.docker.swarm.service.name'),
    workingDir: of('com.docker.compose.project.working_dir'),
    configFiles: (of('com.docker.compose.project.config_files') ?? '')
      .split(',')
      .map((file) => file.trim())
      .filter((file) => file !== '')
      .slice(0, mostFiles),
  };
}

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../rack/command.ts';
import { Api, type KubeObject } from './api.ts';
import { Applier } from './apply.ts';
import type { Authority, Identity } from './certificates.ts';
import { ClusterError } from './cluster-error.ts';
import type { Component } from './component.ts';
import type { ClusterFiles } from './files.ts';
import { type Credentials, type KubeconfigOptions, kubeconfigText } from './kubeconfig.ts';
import type { KubernetesVersion } from './versions.ts';
import { until } from './wait.ts';

export type PartName =
  | 'etcd'
  | 'kine'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok'
  | 'metrics-server';

interface ClusterMakings {
  readonly version: KubernetesVersion;
  readonly files: ClusterFiles;
  /** The program whose first word may be `kubectl`. */
  readonly program: string;
  /** In the order in which they were started. */
  readonly parts: readonly Component[];
}

/** A running Kubernetes of a test's own. */
export class Cluster implements AsyncDisposable {
  readonly version: KubernetesVersion;
  /** `https://127.0.0.1:PORT`; the port stays over restarts. */
  readonly server: string;
  readonly directory: string;
  /** Signed the certificate of the server, and may sign any other. */
  readonly authority: Authority;
  /** The API as its administrator. */
  readonly api: Api;
  /** Who may do everything. */
  readonly admin: Identity;
  readonly #files: ClusterFiles;
  readonly #program: string;
  readonly #applier: Applier;
  readonly #parts: readonly Component[];
  #kubeconfigs = 0;

  constructor({ version, files, program, parts }: ClusterMakings) {
    this.version = version;
    this.server = files.server;
    this.directory = files.directory;
    this.authority = files.authority;
    this.#files = files;
    this.#program = program;
    this.#parts = parts;
    this.admin = files.admin;
    this.api = this.apiAs(files.admin);
    this.#applier = new Applier(this.api);
  }

  /** A file that opens everything here. */
  get adminKubeconfig(): string {
    return path.join(this.directory, 'admin.kubeconfig');
  }

  get serviceAccountKeyFile(): string {
    return this.#files.serviceAccountKey;
  }

  apiAs(credentials: Credentials): Api {
    const { server, authority } = this;
    return new Api({ server, authority: authority.certificate, credentials });
  }

  /** Text of a kubeconfig of this cluster; what is not said is right. */
  kubeconfig(options: Partial<KubeconfigOptions> & Pick<KubeconfigOptions, 'credentials'>): string {
    return kubeconfigText({
      server: this.server,
      authority: this.authority.certificate,
      ...options,
    });
  }

  /** The same as a file, which goes when the cluster goes. */
  kubeconfigFile(options: Parameters<Cluster['kubeconfig']>[0]): string {
    this.#kubeconfigs += 1;
    const file = path.join(this.directory, `user-${this.#kubeconfigs}.kubeconfig`);
    writeFileSync(file, this.kubeconfig(options), { mode: 0o600 });
    return file;
  }

  part(name: PartName): Component {
    const found = this.#parts.find((part) => part.name === name);
    if (found) return found;
    throw new ClusterError(`This cluster has no ${name}.`);
  }

  /** What kubectl prints; anything but success is an error that carries what it said. */
  async kubectl(args: readonly string[], stdin = ''): Promise<string> {
    const words = ['kubectl', '--kubeconfig', this.adminKubeconfig, ...args];
    const { exitCode, stdout, stderr } = await runProgram(this.#program, words, {
      stdin,
      timeoutMs: 60_000,
    });
    if (exitCode === 0) return stdout;
    throw new ClusterError(`kubectl ${args.join(' ')} failed: ${stderr || stdout}`);
  }

  /** Server-side apply of many, one after the other. */
  async apply(objects: readonly KubeObject[]): Promise<void> {
    for (const object of objects) await this.#applier.apply(object);
  }

  /** Returns once the API answers. */
  async ready(): Promise<void> {
    // On the rack it is a process of its node.
    const apiserver = this.#parts.find(({ name }) => name === 'kube-apiserver');
    const isReady = async () => {
      apiserver?.mustRun();
      const answer = await this.api
        .request('GET', '/readyz', { timeoutMs: 2_000 })
        .catch(() => null);
      return answer?.status === 200;
    };
    // A computer that does much else has taken more than half a minute.
    await until('the API is ready', isReady, { timeoutMs: 90_000 });
  }

  /** The API server ends, as for an update, or is killed, and comes back on the same port. */
  async restartApi({ kill = false } = {}): Promise<void> {
    const apiserver = this.part('kube-apiserver');
    await (kill ? apiserver.kill() : apiserver.stop());
    apiserver.start();
    await this.ready();
  }

  /** Ends all of it, newest first, and deletes its files. */
  async stop(): Promise<void> {
    this.api.close();
    for (const part of this.#parts.toReversed()) {
      await (part.name === 'kube-apiserver' ? part.stop() : part.kill());
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

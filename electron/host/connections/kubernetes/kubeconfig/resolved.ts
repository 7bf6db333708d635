/** A command that signs in, as a kubeconfig names it. It runs only after a person allowed it. */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly interactiveMode: string | null;
  readonly provideClusterInfo: boolean;
  readonly installHint: string | null;
}

/** How a user of a kubeconfig signs in. Several ways may stand side by side. */
export interface ResolvedUser {
  readonly name: string;
  /** PEM. */
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  readonly token: string | null;
  /** Read again each minute, as such tokens are renewed. Absolute. */
  readonly tokenFile: string | null;
  readonly password: { readonly user: string; readonly password: string } | null;
  readonly exec: ExecPlugin | null;
  readonly authProvider: {
    readonly name: string;
    readonly config: Readonly<Record<string, string>>;
  } | null;
  /** On behalf of whom it acts. */
  readonly impersonate: {
    readonly user: string;
    readonly uid: string | null;
    readonly groups: readonly string[];
    readonly extra: Readonly<Record<string, readonly string[]>>;
  } | null;
}

export interface ResolvedCluster {
  readonly name: string;
  /** `https://10.0.10.11:6443`, perhaps with a path. */
  readonly server: string;
  /** PEM; null: the authorities of the system. */
  readonly ca: Buffer | null;
  readonly tlsServerName: string | null;
  readonly proxyUrl: string | null;
  readonly skipTlsVerify: boolean;
}

/** One context with all that it takes to use it; nothing in it is looked up by a name any more. */
export interface ResolvedContext {
  readonly name: string;
  readonly namespace: string | null;
  readonly cluster: ResolvedCluster;
  readonly user: ResolvedUser;
}

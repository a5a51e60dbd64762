/** Where an API server is and who we are there. `kubeConfigFrom` reads it; `openKube` uses it. */
export interface KubeConfig {
  /** `https://host:port`. */
  readonly server: string;
  /** The namespace of the context or of the pod. */
  readonly namespace: string;
  /** The value of the Authorization header; asked before each request, so it must be quick when nothing changed. */
  authorization(): Promise<string | undefined>;
  /** For new connections. The same object as long as nothing changed. */
  tls(): Promise<TlsFiles>;
  /** The server answered 401: credentials that are kept should be fetched anew. */
  refused(): void;
}

/** In the words of `node:tls`; PEM texts. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** What event data should not choose without the author's knowing: where a trigger acts, and what it may do there. */

/** A place in a template. */
export interface Decisive {
  /** Below the template; `*` is any item of a list. */
  readonly path: string;
  /** What stands there, for the author. */
  readonly what: string;
  /** What the author must have written there, so that what is appended to it does not lead elsewhere. */
  readonly confines?: RegExp;
  /** What the author must have written in the item before it, so that it is nothing but the value of that. */
  readonly follows?: RegExp;
}

const behindHost = /^\w+:\/\/[^/]+\//;
const behindText = /./s;

const ofObject = { apiVersion: 'the API version', kind: 'the kind', 'metadata.namespace': 'the namespace' } as const;

/** Of the types whose object comes from a `source`. */
const ofSource = (type: string): Decisive[] => [
  ...Object.entries(ofObject).map(([path, what]) => ({ path: `${type}.source.resource.${path}`, what: `${what} of the object` })),
  { path: `${type}.source.inline`, what: 'the whole object, with its kind and namespace' },
  { path: `${type}.source.file.path`, what: 'the file that the object is read from' },
  ...['url.path', 'git.url', 'git.remote.urls.*'].map((path) => ({
    path: `${type}.source.${path}`,
    what: 'the URL that the object comes from, and with it the host',
    confines: behindHost,
  })),
  { path: `${type}.source.s3.endpoint`, what: 'the host that the object comes from' },
];

export const decisive: readonly Decisive[] = [
  { path: 'k8s.operation', what: 'what is done with the object' },
  ...ofSource('k8s'),
  { path: 'argoWorkflow.operation', what: 'what is done with the object' },
  { path: 'argoWorkflow.args.*', what: 'a flag of argo, which may be the namespace', follows: /^(?:-[^n-]|--(?!namespace$)[a-z-]+)$/ },
  ...ofSource('argoWorkflow'),
  ...ofSource('tekton'),
  { path: 'tekton.namespace', what: 'the namespace of the run' },
  { path: 'http.url', what: 'the URL, and with it the host', confines: behindHost },
  { path: 'http.host', what: 'the host that the server is asked for' },
  { path: 'kafka.url', what: 'the brokers' },
  { path: 'kafka.topic', what: 'the topic', confines: behindText },
  { path: 'nats.url', what: 'the servers' },
  { path: 'nats.subject', what: 'the subject', confines: behindText },
  { path: 'slack.baseURL', what: 'the URL, and with it the host', confines: behindHost },
  { path: 'slack.channel', what: 'the channel', confines: behindText },
  { path: 'custom.serverURL', what: 'the server' },
  { path: 'email.host', what: 'the server' },
  { path: 'email.port', what: 'the port of the server' },
  { path: 'email.to.*', what: 'whom the mail goes to' },
];

/** When an operation that failed may be tried again. */
export type Retry = 'never' | 'now' | 'backoff' | { readonly after: number };

export interface ErrorCode {
  /** What happened, to what. `{name}` places are filled from the error's fields. */
  readonly message: string;
  /** The next command or edit. Same places as the message. */
  readonly hint?: string;
  readonly retry: Retry;
}

/**
 * Every error that Sensorium raises by itself, in families: CONFIG (the author's text), EVENT (this event), UNREACHABLE (nobody there),
 * REMOTE (somebody said no), CONFLICT (somebody was faster), BUG (we are wrong).
 */
export const codes = {
  CONFIG_FILE_MISSING: { message: 'cannot read {file}: {reason}', hint: 'check the path', retry: 'never' },
  CONFIG_YAML: { message: 'this is not valid YAML: {reason}', retry: 'never' },
  CONFIG_KUBECONFIG: { message: 'kubeconfig: {problem}', retry: 'never' },
  CONFIG_NOT_AN_OBJECT: { message: 'a rule file holds Kubernetes objects, but this document is {actual}', retry: 'never' },
  CONFIG_UNKNOWN_KIND: { message: 'unknown kind "{kind}" in {apiVersion}', retry: 'never' },
  CONFIG_UNKNOWN_FIELD: { message: 'unknown field "{field}" is ignored', retry: 'never' },
  CONFIG_WRONG_TYPE: { message: '{problem}', retry: 'never' },
  CONFIG_MISSING: { message: '{problem}', retry: 'never' },
  CONFIG_INVALID: { message: '{problem}', retry: 'never' },
  CONFIG_ONE_OF: { message: 'set exactly one of {choices}; found {found}', retry: 'never' },
  CONFIG_UNSUPPORTED: { message: '{what} is not supported: {because}', retry: 'never' },
  CONFIG_JQ: { message: 'jq: {problem}', retry: 'never' },
  CONFIG_JQ_ENGINE: {
    message: '--jq-engine: {problem}',
    hint: 'name the file of a jq or gojq, or leave the flag out: our own engine needs no program',
    retry: 'never',
  },
  CONFIG_EXPRESSION: { message: 'expression: {problem}', retry: 'never' },
  CONFIG_CESQL: { message: 'CESQL: {problem}', retry: 'never' },
  CONFIG_CEL: { message: 'CEL: {problem}', retry: 'never' },
  CONFIG_LUA: { message: 'Lua: {problem}', retry: 'never' },
  CONFIG_TEMPLATE: { message: 'template: {problem}', retry: 'never' },
  CONFIG_PATH: { message: 'path "{path}": {problem}', retry: 'never' },
  CONFIG_REGEX: {
    message: 'regular expression "{pattern}": {problem}',
    hint: 'patterns are RE2, as in Go: no look-around and no back-references',
    retry: 'never',
  },
  CONFIG_DUPLICATE: { message: '{what} "{name}" is there twice', retry: 'never' },
  CONFIG_UNKNOWN_DEPENDENCY: { message: 'there is no dependency "{name}"', retry: 'never' },
  CONFIG_CRON: { message: 'cron line "{line}": {problem}', retry: 'never' },
  CONFIG_SECRET: { message: '{what} {namespace}/{name} has no readable key "{key}": {reason}', retry: 'backoff' },
  CONFIG_ABSENT: { message: 'there is no {what}', hint: 'apply it: what waits for it goes on by itself', retry: 'backoff' },
  CONFIG_CERTIFICATE: { message: 'the certificate and key of {name} cannot be used: {reason}', retry: 'backoff' },

  EVENT_NOT_JSON: { message: 'the event is not JSON: {reason}', retry: 'never' },
  EVENT_NOT_A_CLOUDEVENT: { message: 'the message on {subject} is not a CloudEvent: {reason}', retry: 'never' },
  EVENT_TRANSFORM_FAILED: { message: '{problem}', retry: 'never' },
  EVENT_EXPRESSION_FAILED: { message: 'expression: {problem}', retry: 'never' },
  EVENT_CEL_FAILED: { message: 'CEL: {problem}', retry: 'never' },
  EVENT_SCRIPT_FAILED: { message: 'Lua: {problem}', retry: 'never' },
  EVENT_TEMPLATE_FAILED: { message: 'template: {problem}', retry: 'never' },
  EVENT_FILTER_FAILED: { message: '{problem}', retry: 'never' },
  EVENT_PATH_MISSING: {
    message: 'path "{path}" does not exist in the event of dependency "{dependency}"',
    hint: 'give the parameter a default with `value`',
    retry: 'never',
  },
  EVENT_PARAMETER: { message: '{problem}', retry: 'never' },
  EVENT_TOO_LARGE: { message: 'the event has {actual} bytes, the bus takes {limit}', retry: 'never' },
  EVENT_RENDERED_INVALID: { message: 'after its parameters the trigger is not valid: {problem}', retry: 'never' },
  EVENT_LIMIT: { message: 'stopped after {limit}: {what}', retry: 'never' },
  EVENT_RULE_GONE: { message: 'the trigger "{trigger}" that this firing waited for is gone', retry: 'never' },

  UNREACHABLE_BUS: {
    message: 'the bus at {server} cannot be reached: {reason}',
    hint: 'is nats-server running there, with JetStream on (`-js`)?',
    retry: 'backoff',
  },
  UNREACHABLE_KUBE: { message: 'the API server at {server} cannot be reached: {reason}', retry: 'backoff' },
  UNREACHABLE_TARGET: { message: 'the target has not answered within {limit}', retry: 'backoff' },
  UNREACHABLE_SENDER: { message: '{server} cannot be reached: {reason}', retry: 'backoff' },
  UNREACHABLE_RECEIVER: { message: '{server} cannot be reached: {reason}', retry: 'backoff' },
  UNREACHABLE_PORT: {
    message: 'cannot listen on {address}: {reason}',
    hint: 'another process uses the port; choose one by flag, 0 takes a free one',
    retry: 'never',
  },
  UNREACHABLE_PROCESS: {
    message: '{file} says that Sensorium runs here, but it does not answer: {reason}',
    hint: 'if it has ended, remove that file; if not, wait until it is less busy',
    retry: 'never',
  },

  REMOTE_BUS: { message: 'the bus refused: {reason}', retry: 'backoff' },
  REMOTE_BUS_AUTH: {
    message: 'the bus at {server} refused the credentials: {reason}',
    hint: 'check user, password or token',
    retry: 'backoff',
  },
  REMOTE_BUS_FULL: {
    message: 'the stream {stream} is full',
    hint: 'a sensor is behind, or the limits in streamConfig are too low',
    retry: 'backoff',
  },
  REMOTE_BUS_NAME: { message: 'the bus cannot carry the name "{name}": {reason}', retry: 'never' },
  REMOTE_KUBE_REFUSED: { message: '{verb} {target}: {status} {reason}', retry: 'never' },
  REMOTE_KUBE_NOT_FOUND: { message: '{verb} {target}: {reason}', retry: 'never' },
  REMOTE_KUBE_GARBLED: { message: '{verb} {target}: the API server sent what cannot be read: {reason}', retry: 'backoff' },
  REMOTE_KUBE_EXISTS: { message: '{verb} {target}: already exists', retry: 'never' },
  REMOTE_KUBE_FORBIDDEN: {
    message: '{verb} {target}: forbidden: {reason}',
    hint: 'the account lacks a Role; see the RBAC of the example',
    retry: 'backoff',
  },
  REMOTE_KUBE_INVALID: { message: '{verb} {target}: {reason}', retry: 'never' },
  REMOTE_KUBE_BUSY: { message: '{verb} {target}: {status} {reason}', retry: 'backoff' },
  REMOTE_KUBE_UNAUTHORIZED: {
    message: 'the API server at {server} refused the credentials',
    hint: 'check the token or client certificate in the kubeconfig',
    retry: 'backoff',
  },
  REMOTE_KUBE_UNKNOWN_KIND: {
    message: 'the API server does not know {kind} in {apiVersion}',
    hint: 'is its CustomResourceDefinition installed?',
    retry: 'backoff',
  },
  REMOTE_KUBE_EXPIRED: { message: 'resource version {resourceVersion} is too old', retry: 'now' },
  REMOTE_SENDER: { message: '{server} refused: {reason}', retry: 'backoff' },
  REMOTE_RECEIVER: { message: '{server} refused: {reason}', retry: 'backoff' },
  REMOTE_RECEIVER_AUTH: {
    message: '{server} refused the credentials: {reason}',
    hint: 'check the Secret that the trigger names',
    retry: 'backoff',
  },
  REMOTE_HTTP: { message: '{request}: the answer was {status}{text}', retry: 'never' },
  REMOTE_AWS: { message: '{server}, {action}: {type}: {reason}', retry: 'backoff' },
  REMOTE_PROGRAM: { message: '{program}: {reason}', retry: 'backoff' },
  REMOTE_RUN: { message: '{problem}', retry: 'never' },
  REMOTE_WORKFLOW: { message: '{problem}', retry: 'never' },
  REMOTE_LABELS: { message: '{problem}', retry: 'backoff' },
  REMOTE_POLICY: {
    message: 'policy application resulted in failure. http response status {status} is not allowed',
    hint: 'the status must be one of `policy.status.allow`',
    retry: 'backoff',
  },

  CONFLICT_STATE: { message: 'the state "{key}" was changed by another process', retry: 'now' },
  CONFLICT_REPLACED: {
    message: 'the bus has lost {what}',
    hint: 'everything that can still be seen is looked at and sent again',
    retry: 'now',
  },
  CONFLICT_KUBE: { message: '{verb} {target}: changed by somebody else meanwhile', retry: 'now' },
  CONFLICT_ROUTE: {
    message: '{owner} cannot be called: {problem}',
    hint: 'give one of them another port or path',
    retry: 'backoff',
  },
  CONFLICT_LEASE: { message: 'the lease "{name}" was lost', retry: 'backoff' },

  BUG_UNEXPECTED: { message: 'unexpected: {reason}', hint: 'please report this', retry: 'never' },
} as const satisfies Record<string, ErrorCode>;

export type Code = keyof typeof codes;

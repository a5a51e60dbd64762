import type { Code } from './codes.ts';

/** A code at more length than its message: for somebody who has met it and looks it up. */
export interface Meaning {
  readonly means: string;
  readonly todo: string;
}

/** Shown by `sensorium explain CODE` and on the page of errors. Apart from the codes, since no running part reads it. */
export const meanings: Record<Code, Meaning> = {
  CONFIG_FILE_MISSING: {
    means: 'A file or folder that was named on the command line, or by another file, could not be read.',
    todo: 'Check the path; it starts from the folder in which the command was called. Check that you may read the file.',
  },
  CONFIG_YAML: {
    means: 'The file could not be read as YAML, so nothing is known of the rule in it. Other documents of the file are still read.',
    todo: 'Look at the line that is named and the one above it: indentation with spaces only, a `: ` inside a value in quotes, every quote and bracket closed.',
  },
  CONFIG_KUBECONFIG: {
    means: 'The kubeconfig is there and does not say how to reach the API server.',
    todo: 'Try `kubectl --kubeconfig FILE cluster-info`. Name another file by `--kubeconfig`, or another entry of it by `--context`.',
  },
  CONFIG_NOT_AN_OBJECT: {
    means: 'A document in a rule file is not a Kubernetes object.',
    todo: 'Give it `apiVersion`, `kind` and `metadata.name`. Files that hold something else belong in another folder.',
  },
  CONFIG_UNKNOWN_KIND: {
    means: 'The kind is none that Sensorium knows in this version of its API group.',
    todo: 'Correct `kind` or `apiVersion`; `sensorium explain` lists the kinds.',
  },
  CONFIG_UNKNOWN_FIELD: {
    means:
      'The field is in none of our schemas. As in Argo Events it has no effect, so it is a warning; inside fields that only Sensorium has, an error.',
    todo: 'Correct its name or move it to where it belongs; `sensorium explain KIND.PATH` shows the fields of a place. `--strict` makes such warnings errors.',
  },
  CONFIG_WRONG_TYPE: {
    means:
      'A value is of another type than its field takes, such as a number where a text is wanted, or not one of the words that are allowed.',
    todo: 'Correct the value. Numbers and `true` that are meant as texts need quotes.',
  },
  CONFIG_MISSING: {
    means: 'Something that a rule cannot do without is not there.',
    todo: 'Add the field; `sensorium explain KIND.PATH` shows what it takes.',
  },
  CONFIG_INVALID: {
    means: 'Each value may be right by itself, but the rule as a whole is not, or could never do what it says.',
    todo: 'The message names the fields; follow what it suggests.',
  },
  CONFIG_ONE_OF: {
    means: 'Of several fields that exclude each other none is there, or more than one.',
    todo: 'Keep exactly one of them. For two actions, write two triggers.',
  },
  CONFIG_UNSUPPORTED: {
    means:
      'A rule uses a part of Argo Events that is read and refused for good: it needs a paid account, or there is no client that could be kept well.',
    todo: 'Use what the message names instead.',
  },
  CONFIG_JQ: {
    means: 'A jq program cannot be compiled. The position is that of the mistake inside the program.',
    todo: 'Correct the program; `sensorium dry-run` shows what it makes of an event.',
  },
  CONFIG_EXPRESSION: {
    means: 'An expression cannot be compiled. The position is that of the mistake inside the expression.',
    todo: 'Correct the expression. The languages of filters and of event sources differ; see the pages on each.',
  },
  CONFIG_CESQL: {
    means: 'A CESQL expression of a Trigger cannot be used. The position is that of the mistake inside the expression.',
    todo: 'Correct the expression. `AND`, `OR` and `XOR` bind alike and `NOT` takes one value only: write parentheses.',
  },
  CONFIG_CEL: {
    means: 'A CEL expression of an interceptor can never be evaluated. The position is that of the mistake inside the expression.',
    todo: 'Correct the expression. Numbers of an event are doubles: `int(body.n) + 1` or `body.n + 1.0`, while `body.n == 1` works.',
  },
  CONFIG_LUA: {
    means: 'A Lua script cannot be compiled. The position is that of the mistake inside the script.',
    todo: 'Correct the script. It is Lua 5.1, and it may not reach for files, processes or other modules.',
  },
  CONFIG_TEMPLATE: {
    means: 'A Go template cannot be compiled, or calls a function that rules may not call.',
    todo: 'Correct the template. Its functions are those of Go and of sprig, without those that read the environment, ask the network or make keys.',
  },
  CONFIG_PATH: {
    means: 'A path into the payload, or to the place that a parameter sets, cannot be read or cannot be followed.',
    todo: 'Write names with dots between, `a.b.0.c`; a dot inside a name is written `\\.`.',
  },
  CONFIG_REGEX: {
    means: 'A regular expression cannot be compiled.',
    todo: 'Patterns are RE2, as in Go: without look-around and back-references. A character that means itself gets a backslash before it.',
  },
  CONFIG_DUPLICATE: {
    means: 'A name that must be unique is there twice, so that one of the two could not be told from the other.',
    todo: 'Rename or remove one.',
  },
  CONFIG_UNKNOWN_DEPENDENCY: {
    means: 'A trigger, condition or parameter names a dependency that the sensor does not have.',
    todo: 'Use a `name` from `spec.dependencies`.',
  },
  CONFIG_JQ_ENGINE: {
    means: 'The jq program that `--jq-engine` asks for is not there or does not run.',
    todo: 'Install it, or name its path by `--jq-engine PATH` or by `JQ_PATH`; without the flag the engine that is built in is used.',
  },
  CONFIG_CRON: {
    means: 'A cron line could not be read, names a time zone that there is not, or a day that never comes.',
    todo: 'Write five fields: minute, hour, day of the month, month, weekday (0 to 6, Sunday is 0). Words such as `@daily` are not taken.',
  },
  CONFIG_ABSENT: {
    means: 'A rule names another object (an interceptor, a binding, a template) that does not exist. The event is kept and tried again.',
    todo: 'Apply that object, or correct the name. Until then what would have been done waits, and is parked when its attempts are used up.',
  },
  CONFIG_CERTIFICATE: {
    means:
      'A port shall speak TLS, and the certificate and key in the Secrets are not two PEM texts that belong together. It is tried again.',
    todo: 'Check the Secrets that are named: `openssl x509 -in tls.crt -noout -text` reads the certificate; the key must have made it.',
  },
  CONFIG_SECRET: {
    means: 'A rule names a Secret or a key in it that could not be read. It is asked for again, since Secrets are often made later.',
    todo: 'Check the name, the key and the namespace, and that the account may read it: `kubectl get secret NAME -n NAMESPACE`.',
  },
  EVENT_NOT_JSON: {
    means: 'The payload of an event had to be JSON, for a filter, a transform or a parameter, and is not.',
    todo: 'Look at what the event source sends. A context filter on `datacontenttype` lets only JSON pass.',
  },
  EVENT_NOT_A_CLOUDEVENT: {
    means: 'A message on the subjects of the bus could not be read as a CloudEvent. It is set aside.',
    todo: 'Find out who writes to this stream besides event sources.',
  },
  EVENT_TRANSFORM_FAILED: {
    means: 'A transform failed for this event, or gave no object. The event is dropped with this reason.',
    todo: 'Try the event with `sensorium dry-run`, and let the transform deal with payloads of this form.',
  },
  EVENT_EXPRESSION_FAILED: {
    means: 'An expression could not be evaluated for this event, for instance since it compares a text with a number.',
    todo: 'Try the event with `sensorium dry-run`, and make the expression right for values of this type.',
  },
  EVENT_CEL_FAILED: {
    means: 'A CEL expression could not be evaluated for this event, for instance since the event has no such field.',
    todo: 'Ask first whether the field is there: `has(body.action) && body.action == "opened"`.',
  },
  EVENT_SCRIPT_FAILED: {
    means: 'A Lua script raised an error for this event.',
    todo: 'Try the event with `sensorium dry-run`; the message names the line of the script.',
  },
  EVENT_TEMPLATE_FAILED: {
    means: 'A Go template could not be carried out for this event.',
    todo: 'Try the event with `sensorium dry-run`. `default` and `if` help with values that are not always there.',
  },
  EVENT_FILTER_FAILED: {
    means: 'A filter could not judge this event. The event is dropped with this reason, which counts more than an ordinary no.',
    todo: 'Try the event with `sensorium dry-run`.',
  },
  EVENT_PATH_MISSING: {
    means: 'A parameter reads a value that this event does not have.',
    todo: 'Give the parameter a default by `value`, or let a filter pass only events that have the value.',
  },
  EVENT_PARAMETER: {
    means: 'A value from an event could not be set in the template of a trigger.',
    todo: 'Compare `dest` with the template, and the type of the value with what stands there; `useRawData` keeps numbers and objects what they are.',
  },
  EVENT_TOO_LARGE: {
    means: 'The event is larger than the bus takes. A record of it is published in its place.',
    todo: 'Raise `max_payload` of the NATS server, or let the source send less.',
  },
  EVENT_RENDERED_INVALID: {
    means: 'With the values of this event in it, the trigger is no longer valid.',
    todo: 'Try the event with `sensorium dry-run`, which shows what the parameters made of the template.',
  },
  EVENT_LIMIT: {
    means:
      'A program of a rule took more steps, memory or depth than one event may cost, and was stopped. The other rules were not held up.',
    todo: 'Look for a loop without end, or one that grows with the payload.',
  },
  EVENT_RULE_GONE: {
    means: 'A firing waited in the queue of a trigger that has been removed meanwhile. It is parked.',
    todo: 'Nothing, when the trigger was removed on purpose.',
  },
  UNREACHABLE_BUS: {
    means: 'Nobody answers at the address of the bus, or not as a NATS server with JetStream does. It is tried again until it answers.',
    todo: 'Check the address and the network, and that the server runs with JetStream on (`nats-server -js`).',
  },
  UNREACHABLE_KUBE: {
    means: 'The API server does not answer. It is tried again until it does.',
    todo: 'Try `kubectl cluster-info` with the same kubeconfig.',
  },
  UNREACHABLE_TARGET: {
    means: 'What a trigger acts on has not answered in time. The firing waits in its queue and is tried again.',
    todo: 'Check the target; firings that waited too long are parked.',
  },
  UNREACHABLE_SENDER: {
    means:
      'A server that an event source listens to cannot be reached, or the connection broke. It is tried again, for ever; the source is not ready meanwhile.',
    todo: 'Check that the server runs, and its address in the EventSource.',
  },
  UNREACHABLE_RECEIVER: {
    means: 'What a trigger sends to is not there, or does not answer in time. The firing waits in its queue and is tried again.',
    todo: 'Check the address in the trigger, and that it can be reached from where the sensor runs. A certificate that is not trusted belongs into `tls.caCertSecret`.',
  },
  UNREACHABLE_PORT: {
    means: 'A port that was asked for cannot be listened on.',
    todo: 'Choose another by flag; 0 takes one that is free. Ports below 1024 need rights.',
  },
  UNREACHABLE_PROCESS: {
    means: 'A process was started in this folder and has said how commands can reach it, but it did not answer within 5 s.',
    todo: 'When it was killed it could not remove its file: remove that. Otherwise look at what keeps it busy.',
  },
  REMOTE_BUS: {
    means: 'The bus answered with an error. It is tried again.',
    todo: 'The reason is that of the NATS server; look into its log.',
  },
  REMOTE_BUS_AUTH: {
    means: 'The bus does not let us in with these credentials. It is tried again, since they may be set right at the other end.',
    todo: 'Check user, password or token: in the access secret of the EventBus, or given by `--bus-user`, `--bus-password`, `--bus-token`.',
  },
  REMOTE_BUS_FULL: {
    means: 'The stream holds as much as its limits allow. Nothing that a sensor has not read is thrown away, so publishing waits.',
    todo: 'Find the sensor that is behind, or raise the limits in `streamConfig`.',
  },
  REMOTE_BUS_NAME: {
    means: 'A name of a rule cannot be part of a subject of the bus.',
    todo: 'Rename it: letters, digits, `-` and `_`.',
  },
  REMOTE_AWS: {
    means:
      'SQS or STS, or a server that speaks for it, refused a call. It is tried again with growing waits, since keys, roles and queues are often made later.',
    todo: 'Read its reason: check the keys in the Secret, the region, the name of the queue, and what the account or role may do.',
  },
  REMOTE_KUBE_REFUSED: {
    means: 'The API server refused a request for a reason of its own.',
    todo: 'The reason is in the message; the same request by kubectl gives the same answer.',
  },
  REMOTE_KUBE_NOT_FOUND: {
    means: 'The object that a trigger acts on is not there, or its namespace is not.',
    todo: 'Check name and namespace in what `sensorium dry-run` shows. `apply` makes what is not there.',
  },
  REMOTE_KUBE_GARBLED: {
    means: 'What came back was not what an API server sends, which points at something between it and us.',
    todo: 'Check proxies on the way.',
  },
  REMOTE_KUBE_EXISTS: {
    means: 'An object that was to be created is there already, and was not made by this firing.',
    todo: 'Use `apply`, or `generateName` for a new object each time.',
  },
  REMOTE_KUBE_FORBIDDEN: {
    means: 'The account may not do this. It is tried again, since rights are often given later.',
    todo: 'Give it a Role; `kubectl auth can-i VERB RESOURCE --as=system:serviceaccount:NAMESPACE:NAME` asks. The rbac.yaml of the examples shows one.',
  },
  REMOTE_KUBE_INVALID: {
    means: 'The API server checked the object that a trigger sent and found it wrong.',
    todo: 'Look at the object with `sensorium dry-run`, and correct the template or a parameter.',
  },
  REMOTE_KUBE_BUSY: {
    means: 'The API server is overloaded or failed for a moment. It is tried again.',
    todo: 'Nothing, unless it lasts. `--kube-rate` limits how much we ask of it.',
  },
  REMOTE_KUBE_UNAUTHORIZED: {
    means: 'The API server does not know who we are.',
    todo: 'Check the token or the client certificate in the kubeconfig; it may have run out.',
  },
  REMOTE_KUBE_UNKNOWN_KIND: {
    means: 'The API server does not serve the kind that a rule is about. It is asked again, since definitions are often installed later.',
    todo: 'Check `apiVersion` and `kind` with `kubectl api-resources`, or install the CustomResourceDefinition.',
  },
  REMOTE_KUBE_EXPIRED: {
    means: 'The API server no longer has the changes since we last looked. Everything is listed and compared again; nothing is lost.',
    todo: 'Nothing.',
  },
  REMOTE_SENDER: {
    means:
      'A server that an event source listens to refuses what it was asked: the credentials, the name of a queue, how it shall be declared. It is tried again, for ever.',
    todo: 'Read the reason, which is the words of the server. Mend the EventSource, the Secret or the server.',
  },
  REMOTE_RECEIVER: {
    means: 'What a trigger sends to was reached and did not take it, in its own words.',
    todo: 'Look for the reason there: limits, rights, a name that it does not know. Firings that were given up are parked with it.',
  },
  REMOTE_RECEIVER_AUTH: {
    means:
      'What a trigger sends to does not take the user and password, the token or the certificate. It is tried again, since Secrets are changed.',
    todo: 'Correct the Secret that the trigger names; it is read anew for the next attempt.',
  },
  REMOTE_HTTP: {
    means:
      'An HTTP target answered that it failed. The statuses 408, 425, 429 and those from 500 on are tried again, others never: they would be the same the next time.',
    todo: 'Read what the target says. If the status means success to you, name it in `policy.status.allow`, which then decides alone.',
  },
  REMOTE_PROGRAM: {
    means:
      'The program that a trigger runs could not be started, or ended with an error. The reason is its own last line. It is tried again.',
    todo: 'Run the program by hand where the sensor runs, with the words that `sensorium dry-run` or the log shows.',
  },
  REMOTE_RUN: {
    means:
      'The PipelineRun or TaskRun that a `tekton` trigger waited for has failed, was deleted, or did not end in time. It is never started a second time.',
    todo: 'Look at the run that is named, and its TaskRuns. When it took too long, give it more time by `timeout`.',
  },
  REMOTE_WORKFLOW: {
    means: 'A Workflow is not in a state in which the operation can be done.',
    todo: 'Do what the hint says. Larger Workflows, and steps that wait for values, need the program `argo`.',
  },
  REMOTE_LABELS: {
    means:
      'The object that a trigger made or changed did not get the labels that `policy.k8s` waits for in time. The object stays; another attempt looks at it again and makes no second one.',
    todo: 'Look at the object, and at what should label it. Give it longer by `policy.k8s.backoff`.',
  },
  REMOTE_POLICY: {
    means: 'An HTTP target answered with a status that is not among those that the policy of the trigger allows.',
    todo: 'Look at the target, or add the status to `policy.status.allow`.',
  },
  CONFLICT_STATE: {
    means: 'Another process changed the same record first, so what we were about to write is decided again.',
    todo: 'Nothing, unless it lasts.',
  },
  CONFLICT_KUBE: {
    means: 'Somebody changed the object between our reading and our writing it, so it is read and decided again.',
    todo: 'Nothing, unless it lasts; then another controller writes to the same fields.',
  },
  CONFLICT_ROUTE: {
    means:
      'Two entries of event sources want to be called at the same port and path, or at one port with TLS and without. The first has it; the other waits.',
    todo: 'Give one of them another port or path, and all entries of a port the same certificate. After a change of rules it passes by itself.',
  },
  CONFLICT_REPLACED: {
    means:
      'Somebody has deleted the stream of events or a key-value bucket while we ran, or the server has lost its data. What nobody had read on the stream is gone with it.',
    todo: 'Nothing for objects of a cluster: all of them are listed, and sent as ADD. What other sources had sent, and nobody had read, has to be sent again by whoever called.',
  },
  CONFLICT_LEASE: {
    means: 'Another process works this rule now, for instance since this one was cut off from the bus for too long.',
    todo: 'Nothing: one works, the others stand by.',
  },
  BUG_UNEXPECTED: {
    means: 'Something happened that should be impossible. It is our mistake.',
    todo: 'Please report it, with the line that begins with `at:` and, if you can, the rule and the event.',
  },
};

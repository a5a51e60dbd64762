import { z } from 'zod';
import { error, type Finding, type Path, warning } from '../src/core/errors/finding.ts';
import { type Kind, ruleObject } from '../src/core/schema/kind.ts';
import { parseStreamConfig } from './stream-settings.ts';

/** A setting of the pods that Argo's controller makes: kept, and not read by us. */
const podSetting = (what: string) => z.unknown().optional().describe(`${what} Not used here: it is for the pods that a controller makes.`);

const secretRef = z
  .strictObject({
    name: z.string().describe('Name of the Secret.'),
    key: z.string().describe('Key in the Secret.'),
    optional: z.boolean().optional().describe('Ignored, as in Argo Events.'),
  })
  .describe('A key of a Secret.');

const tls = z
  .strictObject({
    caCertSecret: secretRef.optional().describe('Certificate of the authority that signed the server.'),
    clientCertSecret: secretRef.optional().describe('Certificate that we show.'),
    clientKeySecret: secretRef.optional().describe('Key of the certificate that we show.'),
    insecureSkipVerify: z.boolean().optional().describe('Accept any certificate of the server.'),
    enabled: z.boolean().optional().describe("TLS with the system's own authorities."),
  })
  .describe('How the connection is encrypted.');

const pods = {
  metadata: podSetting('Labels and annotations.'),
  nodeSelector: podSetting('Labels of the nodes that they may run on.'),
  tolerations: podSetting('Taints of nodes that they put up with.'),
  securityContext: podSetting('The users and rights that they run with.'),
  imagePullSecrets: podSetting('Secrets for the registry of their images.'),
  priorityClassName: podSetting('The name of their priority class.'),
  priority: podSetting('Their priority, as a number.'),
  affinity: podSetting('Where they run, relative to nodes and other pods.'),
  serviceAccountName: podSetting('The account that they act as.'),
};

const jetstream = z
  .strictObject({
    version: z.string().optional().describe('Version of the servers, `latest` or one that the controller knows.'),
    replicas: z.int().optional().describe('Number of servers, 1 or at least 3.'),
    settings: z.string().optional().describe("Lines for the servers' configuration."),
    streamConfig: z.string().optional().describe('Limits of the stream, as YAML text.'),
    maxPayload: z.string().optional().describe('Largest message.'),
    startArgs: z.array(z.string()).optional().describe('Further arguments of the servers.'),
    persistence: podSetting('The volumes that keep the stream.'),
    containerTemplate: podSetting('The container of the server.'),
    reloaderContainerTemplate: podSetting('The container that reloads the configuration.'),
    metricsContainerTemplate: podSetting('The container that serves metrics.'),
    ...pods,
  })
  .describe('A JetStream cluster that a controller makes.');

const jetstreamExotic = z
  .strictObject({
    url: z.string().optional().describe('Where the servers are, `nats://host:4222`; several with commas between.'),
    accessSecret: secretRef.optional().describe('YAML text with `username` and `password`.'),
    streamConfig: z.string().optional().describe('Limits of the stream, as YAML text.'),
    tls: tls.optional(),
  })
  .describe('A JetStream cluster that is there already.');

const nats = z
  .looseObject({
    native: z.looseObject({}).optional().describe('Servers that a controller makes.'),
    exotic: z
      .looseObject({
        clusterID: z.string().optional().describe('The name of the cluster.'),
        url: z.string().optional().describe('Where the servers are.'),
      })
      .optional()
      .describe('Servers that are there already.'),
  })
  .describe('NATS Streaming, which its makers have given up.');

const kafka = z.looseObject({ url: z.string().optional().describe('Brokers, with commas between.') }).describe('A Kafka cluster.');

const spec = z
  .strictObject({
    nats: nats.optional(),
    jetstream: jetstream.optional(),
    jetstreamExotic: jetstreamExotic.optional(),
    kafka: kafka.optional(),
  })
  .describe('What carries the events; exactly one of these.');

const schema = ruleObject('EventBus', spec);

export type EventBusObject = z.output<typeof schema>;
export type SecretRef = z.output<typeof secretRef>;
export type TlsSpec = z.output<typeof tls>;

export const eventBusKind: Kind<typeof schema> = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'EventBus',
  plural: 'eventbus',
  shortNames: ['eb'],
  summary: 'Carries events from EventSources to Sensors.',
  about:
    'It is a stream of a NATS server with JetStream, which stores each event until every Sensor that wants it has dealt with it. ' +
    'EventSources and Sensors name it by `eventBusName`; those that name none use the one called `default`. ' +
    '`sensorium run` needs none: there a bus in memory carries the events.',
  schema,
  check: ({ spec }) => {
    if (!spec.nats && !spec.jetstream && !spec.jetstreamExotic && !spec.kafka)
      return [invalid(['spec'], 'invalid spec: either "nats", "jetstream", "jetstreamExotic", or "kafka" needs to be specified')];
    return [...checkNats(spec.nats), ...checkJetstream(spec.jetstream), ...checkExotic(spec.jetstreamExotic), ...checkKafka(spec.kafka)];
  },
};

const invalid = (path: Path, problem: string): Finding => error('CONFIG_INVALID', path, { problem });
const unsupported = (path: Path, what: string, because: string): Finding =>
  error('CONFIG_UNSUPPORTED', path, { what, because }, { hint: 'use `jetstream` or `jetstreamExotic`' });

type Spec = EventBusObject['spec'];

function checkNats(nats: Spec['nats']): Finding[] {
  if (!nats) return [];
  const at = ['spec', 'nats'];
  if (nats.native && nats.exotic) return [invalid(at, '"spec.nats.native" and "spec.nats.exotic" can not be defined together')];
  if (!nats.native && !nats.exotic) return [invalid(at, 'either "native" or "exotic" must be defined')];
  if (nats.exotic && !nats.exotic.clusterID) return [invalid([...at, 'exotic'], '"spec.nats.exotic.clusterID" is missing')];
  if (nats.exotic && !nats.exotic.url) return [invalid([...at, 'exotic'], '"spec.nats.exotic.url" is missing')];
  return [unsupported(at, 'a bus on NATS Streaming', 'its makers ended it in 2023, for JetStream')];
}

function checkJetstream(jetstream: Spec['jetstream']): Finding[] {
  if (!jetstream) return [];
  const at = ['spec', 'jetstream'];
  if (!jetstream.version) return [invalid(at, 'invalid spec: a version for jetstream needs to be specified')];
  const { replicas } = jetstream;
  if (replicas !== undefined && (replicas < 1 || replicas === 2))
    return [invalid([...at, 'replicas'], 'invalid spec: a jetstream eventbus requires 1 replica or >= 3 replicas')];
  return checkStreamConfig(jetstream.streamConfig, [...at, 'streamConfig']);
}

function checkExotic(exotic: Spec['jetstreamExotic']): Finding[] {
  if (!exotic) return [];
  const at = ['spec', 'jetstreamExotic'];
  if (!exotic.url) return [invalid(at, '"spec.jetstreamExotic.url" is missing')];
  return checkStreamConfig(exotic.streamConfig, [...at, 'streamConfig']);
}

function checkStreamConfig(text: string | undefined, path: Path): Finding[] {
  const { problems, warnings } = parseStreamConfig(text);
  return [
    ...problems.map(({ message: problem, offset }) => error('CONFIG_INVALID', path, { problem }, { offset })),
    ...warnings.map(({ message: problem, offset }) => warning('CONFIG_INVALID', path, { problem }, { offset })),
  ];
}

function checkKafka(kafka: Spec['kafka']): Finding[] {
  if (!kafka) return [];
  if (!kafka.url) return [invalid(['spec', 'kafka'], '"spec.kafka.url" is missing')];
  return [
    unsupported(
      ['spec', 'kafka'],
      'a bus on Kafka',
      'it keeps no state and no order for each object; an event source and a trigger of type kafka are there',
    ),
  ];
}

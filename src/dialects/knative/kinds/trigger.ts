import { z } from 'zod';
import { type Finding, warning } from '../../../core/errors/finding.ts';
import { isObject, type Json } from '../../../core/json/json.ts';
import { parseJson } from '../../../core/json/parse.ts';
import { checkDelivery } from './check-delivery.ts';
import { checkDestination, invalid, missing } from './check-fields.ts';
import { checkFilters } from './check-filters.ts';
import { defineKind, withRef } from './define.ts';
import { delivery, destination, filters } from './fields.ts';

const spec = z
  .strictObject({
    broker: z.string().default('').describe('The Broker whose events it gets.'),
    brokerRef: z
      .strictObject({
        apiVersion: z.string().optional().describe('The API version of the Broker.'),
        kind: z.string().optional().describe('Always `Broker`.'),
        name: z.string().optional().describe('The name of the Broker.'),
        namespace: z.string().optional().describe('Its namespace; that of the Trigger when left out.'),
      })
      .optional()
      .describe('The same by reference, also of another namespace.'),
    filter: z
      .strictObject({
        attributes: z
          .record(z.string(), z.string())
          .optional()
          .describe('Attributes and extensions with the values that they must have; an empty value asks only that there is one.'),
      })
      .optional()
      .describe('Which events it gets; without it, all.'),
    filters: filters(),
    subscriber: destination().optional().describe('Who gets the events.'),
    delivery: delivery(),
  })
  .describe('Which events are sent to whom.');

export type TriggerSpec = z.output<typeof spec>;

export const triggerKind = defineKind({
  group: 'eventing.knative.dev',
  version: 'v1',
  kind: 'Trigger',
  plural: 'triggers',
  alsoAs: [
    { group: 'eventing.knative.dev', version: 'v1beta1' },
    { group: 'eventing.knative.dev', version: 'v1alpha1' },
  ],
  columns: [
    { name: 'Broker', jsonPath: '.status.broker' },
    { name: 'Subscriber_URI', jsonPath: '.status.subscriberUri' },
  ],
  summary: 'Sends those events of a Broker that pass its filter to a subscriber.',
  about:
    'An answer that is an event goes back into the Broker. An event that the subscriber does not take is sent again, and in the end kept as a dead letter.',
  spec,
  upgrade({ filter, subscriber, ...rest }) {
    const upgraded = upgradedFilter(filter);
    const receiver = withRef(
      isObject(subscriber) && subscriber['dnsName'] !== undefined ? { uri: `http://${subscriber['dnsName']}` } : subscriber,
    );
    return {
      ...rest,
      broker: rest['broker'] || 'default',
      ...(upgraded === undefined ? {} : { filter: upgraded }),
      ...(receiver === undefined ? {} : { subscriber: receiver }),
    };
  },
  check({ metadata, spec }) {
    const { broker, brokerRef, filter, filters, subscriber, delivery } = spec;
    return [
      ...(broker === '' && !brokerRef?.name
        ? [missing(['spec', 'broker'], 'a Trigger names the Broker whose events it gets', 'broker: default')]
        : []),
      ...brokerAdvice(broker, brokerRef?.name),
      ...checkFilters({ filter, filters }),
      ...checkDestination(subscriber, ['spec', 'subscriber'], 'a Trigger'),
      ...checkDelivery(delivery, ['spec', 'delivery'], 'a Trigger'),
      ...checkDependency(metadata.annotations?.[dependencyAnnotation], metadata.namespace),
      ...checkInjection(metadata.annotations?.[injectionAnnotation], broker),
    ];
  },
});

/** `default` is not told of: it is what no name at all means in old versions. */
function brokerAdvice(broker: string, referred: string | undefined): Finding[] {
  if (['', 'default', referred].includes(broker) || !referred) return [];
  const problem = `the Trigger gets the events of the Broker ${referred}, which brokerRef names, and none of ${broker}`;
  return [warning('CONFIG_INVALID', ['spec', 'broker'], { problem }, { hint: 'leave it out' })];
}

/** Once there were only two attributes to filter by. */
function upgradedFilter(filter: Json | undefined): Json | undefined {
  if (!isObject(filter) || !isObject(filter['sourceAndType'])) return filter;
  const { source = '', type = '' } = filter['sourceAndType'];
  const wanted = Object.entries({ source, type }).filter(([, value]) => value !== '');
  return { attributes: Object.fromEntries(wanted) };
}

/** Has the Broker `default` made where there is none. */
const injectionAnnotation = 'eventing.knative.dev/injection';

function checkInjection(text: string | undefined, broker: string): Finding[] {
  if (text === undefined) return [];
  const path = ['metadata', 'annotations', injectionAnnotation];
  if (text !== 'enabled' && text !== 'disabled') return [invalid(path, `"${text}" is neither enabled nor disabled`)];
  if (broker === 'default') return [];
  return [invalid(path, `only the Broker default is made by it, and the Trigger is for ${broker || 'another one'}`, 'leave it out')];
}

/** Names an object that has to be ready before the Trigger is. */
export const dependencyAnnotation = 'knative.dev/dependency';

function checkDependency(text: string | undefined, namespace: string): Finding[] {
  if (text === undefined) return [];
  const path = ['metadata', 'annotations', dependencyAnnotation];
  const hint = '{"apiVersion": "sources.knative.dev/v1", "kind": "PingSource", "name": "NAME"}';
  let object: Json;
  try {
    object = parseJson(text);
  } catch {
    return [invalid(path, `the object that the Trigger waits for is written as JSON, and this is none: ${text}`, hint)];
  }
  if (!isObject(object)) return [invalid(path, 'the object that the Trigger waits for is written as a JSON object', hint)];
  const findings = ['apiVersion', 'kind', 'name']
    .filter((part) => typeof object[part] !== 'string' || object[part] === '')
    .map((part) => missing([...path, part], `the object that the Trigger waits for has no ${part}`, hint));
  const where = object['namespace'];
  if (typeof where === 'string' && where !== '' && where !== namespace)
    findings.push(
      invalid([...path, 'namespace'], `the object that the Trigger waits for lives in its own namespace, ${namespace}, not in ${where}`),
    );
  return findings;
}

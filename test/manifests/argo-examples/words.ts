import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';

/**
 * What an object of Argo's uses, in words: its types (`amqp`, `k8s[create]:Pod`), their fields (`amqp.auth`), values that decide
 * (`eventType=ADD`), and where values from events come from (`src.dataKey`). The list of them, `words.txt`, is made the same way.
 */
export function wordsOf({ kind, metadata, spec }: JsonObject): Set<string> {
  const words = kind === 'Sensor' ? ofSensor(spec) : kind === 'EventSource' ? ofEventSource(spec) : ofEventBus(spec);
  const notes = keysOf(at(metadata, 'annotations')).map((key) => `annotation:${key}`);
  return new Set([...words, ...notes, ...ofPod(spec)]);
}

const ofEventBus = (spec: Json | undefined): string[] =>
  entriesOf(spec).flatMap(([type, bus]) => [
    type,
    ...entriesOf(bus).flatMap(([key, inner]) => [`${type}.${key}`, ...keysOf(inner).map((field) => `${type}.${key}.${field}`)]),
  ]);

function ofEventSource(spec: Json | undefined): string[] {
  const types = entriesOf(spec).filter(([type, entries]) => !['template', 'service'].includes(type) && isObject(entries));
  return [
    ...(at(spec, 'service') ? ['service'] : []),
    ...(at(spec, 'replicas') ? [`replicas=${at(spec, 'replicas')}`] : []),
    ...types.flatMap(([type, entries]) => [
      type,
      ...entriesOf(entries).flatMap(([, entry]) => [
        ...keysOf(entry).map((field) => `${type}.${field}`),
        ...(type === 'webhook' ? [`method=${at(entry, 'method')}`] : []),
        ...(type === 'resource' ? ofWatch(entry) : []),
      ]),
    ]),
  ];
}

function ofWatch(entry: Json): string[] {
  const what = ['group', 'version', 'resource'].flatMap((field) => at(entry, field) ?? []);
  return [
    `watch=${what.join('/')}`,
    ...listOf(at(entry, 'eventTypes')).map((type) => `eventType=${type}`),
    ...entriesOf(at(entry, 'filter')).flatMap(([field, selectors]) => [
      `filter.${field}`,
      ...listOf(selectors).map((one) => `filter.${field}.op=${at(one, 'operation')}`),
    ]),
  ];
}

function ofSensor(spec: Json | undefined): string[] {
  const dependencies = listOf(at(spec, 'dependencies'));
  return [
    ...(dependencies.length > 1 ? [`dependencies=${dependencies.length}`] : []),
    ...['replicas', 'errorOnFailedRound'].filter((field) => at(spec, field) !== undefined),
    ...dependencies.flatMap(ofDependency),
    ...listOf(at(spec, 'triggers')).flatMap(ofTrigger),
  ];
}

function ofDependency(dependency: Json): string[] {
  const filters = at(dependency, 'filters');
  const operator = at(dependency, 'filtersLogicalOperator');
  return [
    ...(operator ? [`filtersLogicalOperator=${operator}`] : []),
    ...keysOf(filters).map((field) => `filters.${field}`),
    ...listOf(at(filters, 'data')).flatMap((one) => [
      `data.type=${at(one, 'type')}`,
      ...(at(one, 'comparator') ? [`data.comparator${at(one, 'comparator')}`] : []),
    ]),
    ...keysOf(at(dependency, 'transform')).map((field) => `transform.${field}`),
  ];
}

function ofTrigger(trigger: Json): string[] {
  const template = at(trigger, 'template');
  const conditions = at(template, 'conditions');
  const beside = new Set(['name', 'conditions', 'conditionsReset']);
  return [
    ...['conditions', 'conditionsReset'].filter((field) => at(template, field) !== undefined),
    ...(String(conditions).includes('&&') ? ['conditions.and'] : []),
    ...(String(conditions).includes('||') ? ['conditions.or'] : []),
    ...['retryStrategy', 'atLeastOnce'].filter((field) => at(trigger, field) !== undefined),
    ...keysOf(at(trigger, 'policy')).map((field) => `policy.${field}`),
    ...(at(trigger, 'parameters') ? ['trigger.parameters'] : []),
    ...listOf(at(trigger, 'parameters')).flatMap(ofParameter),
    ...entriesOf(template).flatMap(([type, block]) => (beside.has(type) ? [] : ofBlock(type, block))),
  ];
}

function ofBlock(type: string, block: Json): string[] {
  const source = at(block, 'source');
  const operation = source ? `[${at(block, 'operation')}]` : '';
  const kind = at(source, 'resource', 'kind');
  return [
    `${type}${operation}${kind ? `:${kind}` : ''}`,
    ...(source ? [`${type}${operation}`] : []),
    ...keysOf(source).map((place) => `artifact.${place}`),
    ...keysOf(block).map((field) => `${type}.${field}`),
    ...(at(block, 'method') ? [`${type}.method=${at(block, 'method')}`] : []),
    ...['parameters', 'payload'].flatMap((field) => listOf(at(block, field)).flatMap(ofParameter)),
  ];
}

function ofParameter(parameter: Json): string[] {
  const fields = keysOf(at(parameter, 'src')).filter((field) => field !== 'dependencyName');
  const isPiped = ['dataTemplate', 'contextTemplate'].some((field) => String(at(parameter, 'src', field)).includes('|'));
  return [
    ...(fields.length === 0 ? ['src.wholeEvent'] : fields.map((field) => `src.${field}`)),
    ...(isPiped ? ['sprig'] : []),
    ...(at(parameter, 'operation') ? [`operation=${at(parameter, 'operation')}`] : []),
    ...(/\.-1$/.test(String(at(parameter, 'dest'))) ? ['dest.append(-1)'] : []),
  ];
}

const ofPod = (spec: Json | undefined): string[] => [
  ...keysOf(at(spec, 'template')).map((field) => `template.${field}`),
  ...keysOf(at(spec, 'template', 'container')).map((field) => `container.${field}`),
];

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

const entriesOf = (value: Json | undefined): [string, Json][] => (isObject(value) ? (Object.entries(value) as [string, Json][]) : []);
const keysOf = (value: Json | undefined): string[] => entriesOf(value).map(([key]) => key);
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

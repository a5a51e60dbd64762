/** Everything that `sensorium new` writes, as texts. */
import type { JsonObject } from '../../core/json/json.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { eventSourceText } from './eventsource-text.ts';
import type { Plan } from './plan.ts';
import { sensorText } from './sensor-text.ts';
import { testText } from './test-text.ts';
import { oneOf } from './watched.ts';

export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** A whole rule: what it listens to, what it does, tests of it, and something to try it with. */
export function ruleFiles(plan: Plan): NewFile[] {
  return [
    { name: 'eventsource.yaml', text: eventSourceText(plan) },
    { name: 'sensor.yaml', text: sensorText(plan) },
    { name: 'sensor.test.yaml', text: testText(plan) },
    { name: 'added.event.json', text: `${JSON.stringify(added(plan), undefined, 2)}\n` },
    ...(plan.watched.sample ? [{ name: 'try.yaml', text: `${tryHead(plan)}\n${toYaml(object(plan))}\n` }] : []),
  ];
}

const tryHead = ({ watched }: Plan): string =>
  `# ${oneOf(watched).replace(/^a/, 'A')} to try the rule with: \`sensorium run\` applies it. Change something, save, and see what comes of it.`;

function object({ name, namespace, watched }: Plan): JsonObject {
  const { apiVersion, kind, sample = {} } = watched;
  return { apiVersion, kind, metadata: { name: 'hello', namespace, labels: { [name]: 'on' } }, ...sample };
}

/** The payload of the event that the object is there, as the API server tells it. */
function added(plan: Plan): JsonObject {
  const { group, version, resource } = plan.watched;
  const body = object(plan);
  const metadata = {
    ...(body['metadata'] as JsonObject),
    uid: '2f0d6a1c-6f0b-4a63-9a3c-5d1f0b7c2e11',
    creationTimestamp: '2026-01-31T12:00:00Z',
  };
  return { type: 'ADD', body: { ...body, metadata }, oldBody: null, group, version, resource };
}

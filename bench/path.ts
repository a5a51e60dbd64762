/** Paths: reading from an event that a transform made, from one that came as text, and writing. */
import { EventData } from '../src/core/event/data.ts';
import { compilePath } from '../src/core/json/path/index.ts';
import { setRaw, setString } from '../src/core/json/set-path/index.ts';
import { measure, type Operation, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const text = JSON.stringify(serviceEvent);
const plain = ['type', 'body.metadata.name', 'body.spec.ports.1.port', 'body.metadata.labels.app\\.kubernetes\\.io/name'];
const others = ['body.spec.ports.#(name=="https").port', 'body.spec.ports.#.port', 'body.{metadata.name,spec.type}', 'body.metadata|@keys'];
const template = '{"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"x-","labels":{}},"spec":{"containers":[{"image":"x"}]}}';

export function path(): Row[] {
  const parsed = EventData.fromJson(serviceEvent);
  const raw = EventData.fromText(text);
  const read = (data: EventData, how: string, chosen: string): Operation => {
    const compiled = compilePath(chosen);
    return { what: `${how} ${chosen}`, run: () => data.find(compiled)?.text, against: 'JSON.parse' };
  };
  return measure([
    { what: 'JSON.parse', run: () => JSON.parse(text) },
    ...plain.map((one) => read(parsed, 'parsed', one)),
    ...[...plain, ...others].map((one) => read(raw, 'text  ', one)),
    ...['metadata.name', 'metadata.labels.app\\.kubernetes\\.io/name', 'spec.containers.0.image', 'spec.containers.-1.image'].map(
      (one) => ({
        what: `set    ${one}`,
        run: () => setString(template, one, 'web').charCodeAt(40),
        against: 'JSON.parse',
      }),
    ),
    {
      what: 'set    raw, in a query',
      run: () => setRaw(template, 'spec.containers.#(image=="x").image', '5').charCodeAt(40),
      against: 'JSON.parse',
    },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable(`paths, an event of ${text.length} characters`, path());

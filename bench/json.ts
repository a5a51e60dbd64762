/** JSON in, out and by path, beside what V8 does by itself. */
import { parseJson } from '../src/core/json/parse.ts';
import { compilePath } from '../src/core/json/path/index.ts';
import { setString } from '../src/core/json/set-path/index.ts';
import { goJson, stringifyJson } from '../src/core/json/stringify.ts';
import { measure, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const text = JSON.stringify(serviceEvent);
const withBigInteger = text.replace('"81234"', '12345678901234567890');
const template = '{"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"x-","labels":{}},"spec":{"containers":[{"image":"x"}]}}';

export function json(): Row[] {
  const paths = ['type', 'body.metadata.name', 'body.spec.ports.1.port', 'body.spec.ports.#(name=="https").port', 'body.spec.ports.#.port'];
  const gets = paths.map((path) => {
    const compiled = compilePath(path);
    return { what: `get ${path}`, run: () => compiled.get(text)?.text, against: 'JSON.parse' };
  });
  return measure([
    { what: 'JSON.parse', run: () => JSON.parse(text) },
    { what: 'parseJson', run: () => parseJson(text), against: 'JSON.parse' },
    { what: 'parseJson with a big integer', run: () => parseJson(withBigInteger), against: 'JSON.parse' },
    { what: 'JSON.stringify', run: () => written(JSON.stringify(serviceEvent)) },
    { what: 'stringifyJson', run: () => written(stringifyJson(serviceEvent)), against: 'JSON.stringify' },
    { what: 'goJson', run: () => written(goJson(serviceEvent)), against: 'JSON.stringify' },
    ...gets,
    { what: 'setString metadata.name', run: () => written(setString(template, 'metadata.name', 'web')), against: 'JSON.parse' },
    {
      what: 'setString spec.containers.0.image',
      run: () => written(setString(template, 'spec.containers.0.image', 'web')),
      against: 'JSON.parse',
    },
  ]);
}

/** A text that was put together is only written out when somebody looks at it: look. */
const written = (made: string): number => made.charCodeAt(made.length - 1);

if (import.meta.url === `file://${process.argv[1]}`) printTable(`JSON, an event of ${text.length} characters`, json());

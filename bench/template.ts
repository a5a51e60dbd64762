/** Go templates on an event: a name cut to length as most parameters are, and one that goes through lists. */
import { parseJson } from '../src/core/json/parse.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import { compileTemplate } from '../src/core/template/index.ts';
import { measure, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const text = stringifyJson(serviceEvent);
const data = { Input: serviceEvent };

const short = '{{ .Input.body.metadata.name | substr 0 7 }}';

const long = `{{ range $i, $port := .Input.body.spec.ports }}{{ if $i }},{{ end }}{{ printf "%v/%s" $port.port $port.protocol }}{{ end }}
{{- range $key, $value := .Input.body.metadata.labels }} {{ $key }}={{ $value | quote }}{{ end }}`;

export function template(): Row[] {
  const ceiling = 'JSON.parse';
  const templates = { short: compileTemplate(short), long: compileTemplate(long) };
  return measure([
    { what: ceiling, run: () => JSON.parse(text) },
    ...Object.entries(templates).flatMap(([name, compiled]) => [
      { what: `${name}, on a parsed event`, run: () => compiled.render(data), against: ceiling },
      { what: `${name}, with the event's JSON read`, run: () => compiled.render({ Input: parseJson(text) }), against: ceiling },
    ]),
    { what: 'compiling short', run: () => compileTemplate(short), against: ceiling },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable(`templates, an event of ${text.length} characters`, template());

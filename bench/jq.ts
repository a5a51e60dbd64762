/** jq programs on an event, alone and with reading and writing the JSON around them. */
import { compileJq } from '../src/core/jq/index.ts';
import { parseJson } from '../src/core/json/parse.ts';
import { goJson, stringifyJson } from '../src/core/json/stringify.ts';
import { measure, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const text = stringifyJson(serviceEvent);

/** What a rule's transform usually is. */
const light = '.operation = (if .type == "ADD" then "create" elif .type == "UPDATE" then "update" else "delete" end)';

/** Everything that costs: a walk over the whole event, regular expressions, a loop, dates. */
const heavy = `
  walk(if type == "object" then with_entries(select(.key | startswith("f:") | not)) elif type == "string" then gsub("[aeiou]+"; "*") else . end)
  | .slug = (.body.metadata.name | sub("^(?<first>.)"; "\\(.first)-") | ascii_upcase)
  | .sum = (reduce range(200) as $i (0; . + $i))
  | .created = (.body.metadata.creationTimestamp | fromdate)`;

export function jq(): Row[] {
  const ceiling = 'JSON.parse + JSON.stringify';
  const programs = { light: compileJq(light), heavy: compileJq(heavy) };
  return measure([
    { what: ceiling, run: () => JSON.stringify(JSON.parse(text)) },
    ...Object.entries(programs).flatMap(([name, program]) => [
      { what: `${name}, on a parsed event`, run: () => program.first(serviceEvent), against: ceiling },
      { what: `${name}, with JSON in and out`, run: () => stringifyJson(program.first(parseJson(text))!), against: ceiling },
      { what: `${name}, with JSON in and out as Go writes it`, run: () => goJson(program.first(parseJson(text))!), against: ceiling },
    ]),
    { what: 'compiling light', run: () => compileJq(light), against: ceiling },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable(`jq, an event of ${text.length} characters`, jq());

/** Expressions on a parsed event: what an `exprs` filter and an event source's `filter.expression` ask of it. */
import { compileArgoExpression, compileGovaluate } from '../src/core/expression/index.ts';
import type { JsonObject } from '../src/core/json/json.ts';
import { stringifyJson } from '../src/core/json/stringify.ts';
import { measure, printTable, type Row } from './measure.ts';
import { serviceEvent } from './service-event.ts';

const text = stringifyJson(serviceEvent);
const event = serviceEvent as JsonObject;

const filter = 'body.kind == "Service" and body.metadata.namespace startsWith "play" and len(body.spec.ports) > 0';
const heavy = 'any(body.spec.ports, .port > 79 and .protocol in ["TCP", "UDP"]) and body.metadata.name matches "^[a-z]+(-[a-z0-9]+)*$"';
const govaluate = 'type == "ADD" && (port > 79 || name =~ "^web-") && namespace != "kube-system"';
const fields: JsonObject = { type: 'ADD', port: 80, name: 'web-1', namespace: 'playground' };

export function expression(): Row[] {
  const ceiling = 'JSON.parse of the event';
  const programs = { 'a filter': compileArgoExpression(filter), 'a filter with a predicate and a pattern': compileArgoExpression(heavy) };
  const exprs = compileGovaluate(govaluate);
  return measure([
    { what: ceiling, run: () => JSON.parse(text) },
    { what: 'govaluate, a filter of four fields', run: () => exprs.evaluate(fields), against: ceiling },
    ...Object.entries(programs).map(([name, program]) => ({
      what: `expr-lang, ${name}`,
      run: () => program.holds(event),
      against: ceiling,
    })),
    { what: 'compiling the filter of four fields', run: () => compileGovaluate(govaluate), against: ceiling },
    { what: 'compiling the filter in expr-lang', run: () => compileArgoExpression(filter), against: ceiling },
  ]);
}

if (import.meta.url === `file://${process.argv[1]}`) printTable(`expressions, an event of ${text.length} characters`, expression());

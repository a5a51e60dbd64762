/** Every parser of ours that meets foreign text, with the limits that a fuzzer can afford, and what it may answer. */
import { readEvent } from '../../eventbus/wire.ts';
import { formOf, jsonText, objectText } from '../../eventsources/called/body.ts';
import { bodyText } from '../../eventsources/messages/body.ts';
import { celEnvironment, compileCel } from '../../src/core/cel/index.ts';
import { CelFault } from '../../src/core/cel/values/fault.ts';
import { compileCesql, Failure } from '../../src/core/cesql/index.ts';
import { readCloudEvents } from '../../src/core/cloudevents/read.ts';
import { writeBinary, writeStructured } from '../../src/core/cloudevents/write.ts';
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { EventData } from '../../src/core/event/data.ts';
import { compileArgoExpression, compileGovaluate } from '../../src/core/expression/index.ts';
import { GoError } from '../../src/core/go/function.ts';
import { parseUrl, urlText } from '../../src/core/go/url/url.ts';
import { Refusal } from '../../src/core/http/call.ts';
import { pathPattern } from '../../src/core/http/path-pattern.ts';
import { retryAfter } from '../../src/core/http/retry-after.ts';
import { compileJq } from '../../src/core/jq/index.ts';
import type { JsonObject } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { checkPath, compilePath } from '../../src/core/json/path/index.ts';
import { setString } from '../../src/core/json/set-path/index.ts';
import { goJson } from '../../src/core/json/stringify.ts';
import { compileJsonata } from '../../src/core/jsonata/index.ts';
import { compileKubePath, PathError } from '../../src/core/kube/json-path/index.ts';
import { compileLua } from '../../src/core/lua/index.ts';
import { compileRegex } from '../../src/core/regex.ts';
import { compileTemplate } from '../../src/core/template/index.ts';
import { parseCron } from '../../src/core/time/cron.ts';
import { parseDuration } from '../../src/core/time/duration.ts';
import { parseDocuments } from '../../src/core/yaml/documents.ts';
import { parseYaml } from '../../src/core/yaml/parse.ts';
import { toYaml } from '../../src/core/yaml/print.ts';
import { compileBindings } from '../../src/dialects/tekton/bindings/index.ts';
import { objectProblem } from '../../src/dialects/tekton/listener/go-json.ts';
import { compileTemplate as compileTriggerTemplate } from '../../src/dialects/tekton/templates/index.ts';
import { checkRule } from '../../src/manifests/check.ts';
import { loadText } from '../../src/manifests/load.ts';
import { examples } from './examples.ts';

export interface Parser {
  readonly name: string;
  readonly examples: () => readonly string[];
  /** Reads the text, and where it is a program runs it on the event. May throw what `ours` knows. */
  run(text: string, event: JsonObject): unknown;
  /** What else it may throw, beside EngineError. */
  readonly throws?: abstract new (
    ...words: never[]
  ) => Error;
  /** So many runs for one of the others: what takes long is tried less often. */
  readonly share?: number;
}

const small = { steps: 20_000, bytes: 1_000_000, depth: 200 };
const zeros = (bytes: number): Uint8Array => new Uint8Array(bytes);
const noon = Date.UTC(2026, 6, 18, 12);

const tekton = celEnvironment({
  variables: { body: 'map(string, dyn)', header: 'map(string, list(string))', requestURL: 'string', extensions: 'map(string, dyn)' },
});

const attribute = (event: JsonObject) => (name: string) => {
  const value = Object.hasOwn(event, name) ? event[name] : undefined;
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? value : undefined;
};

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

function stored(head: Uint8Array | undefined, body: Uint8Array): unknown {
  const { event, problem } = readEvent({ subject: 'default.es.things', head, body, storedAt: noon });
  if ((event === undefined) === (problem === undefined)) throw new Error('neither an event nor a reason');
  return event && [event.id, event.time, event.extensions, event.address, event.data?.text];
}

export const parsers: readonly Parser[] = [
  { name: 'jq', examples: examples.jq, run: (text, event) => [...compileJq(text, small).all(event)].map(goJson) },
  { name: 'Lua', examples: examples.lua, run: (text, event) => goJson(compileLua(text, small).table(event)), share: 0.5 },
  {
    name: 'Go templates',
    examples: examples.template,
    run: (text, event) => compileTemplate(text, { limits: { ...small, depth: 50 }, random: zeros }).render({ Input: event }),
  },
  { name: 'govaluate', examples: examples.govaluate, run: (text, event) => compileGovaluate(text, small).evaluate(event) },
  { name: 'expr-lang', examples: examples.exprLang, run: (text, event) => compileArgoExpression(text, small).evaluate(event) },
  {
    name: 'gjson',
    examples: examples.gjson,
    run: (text, event) => [checkPath(text), compilePath(text).get(goJson(event))?.raw, compilePath(text).read(event)?.text],
  },
  { name: 'gjson in broken JSON', examples: examples.json, run: (text) => compilePath('a.#(b>1)#|@this.0').get(text)?.raw },
  { name: 'sjson', examples: examples.sjson, run: (text, event) => setString(goJson(event), text, 'x') },
  { name: 'JSON', examples: examples.json, run: (text) => goJson(parseJson(text)) },
  { name: "JSON in Go's words", examples: examples.json, run: (text) => objectProblem(text) },
  {
    name: 'JSONPath of filters',
    examples: examples.jsonPath,
    run: (text, event) => compileArgoExpression(`jsonpath(body, ${JSON.stringify(text)})`, small).evaluate({ body: event }),
  },
  {
    name: 'JSONPath of Kubernetes',
    examples: examples.kubePath,
    run: (text, event) => compileKubePath(text).find(event, { mayMiss: true }).map(goJson),
    throws: PathError,
  },
  {
    name: 'bindings of Tekton',
    examples: examples.bindings,
    run: (text, event) =>
      compileBindings([{ name: 'p', value: text, binding: undefined }])({ body: event, header: {} }, new Map()).get('p'),
  },
  {
    name: 'values in templates of Tekton',
    examples: examples.templates,
    run(text) {
      const spec = { params: [{ name: 'p' }], resourcetemplates: [{ apiVersion: 'v1', kind: 'X', data: { a: 'x $(tt.params.p) y' } }] };
      return goJson([...compileTriggerTemplate(spec)(new Map([['p', text]]), 'uid')]);
    },
  },
  {
    name: 'templates of Tekton',
    examples: examples.templates,
    run(text, event) {
      const spec = { resourcetemplates: [{ apiVersion: 'v1', kind: 'X', [text]: text, event }] };
      return goJson([...compileTriggerTemplate(spec)(new Map([['a', text]]), 'uid')]);
    },
  },
  {
    name: 'CEL',
    examples: examples.cel,
    run(text, event) {
      const value = compileCel(text, tekton, small).evaluate({ body: event, header: {}, requestURL: 'http://x/', extensions: {} });
      return value instanceof CelFault ? value.error : value;
    },
  },
  {
    name: 'CESQL',
    examples: examples.cesql,
    run(text, event) {
      const answer = compileCesql(text).ask(attribute(event));
      return answer instanceof Failure ? answer.because : answer;
    },
  },
  { name: 'JSONata', examples: examples.jsonata, run: (text, event) => compileJsonata(text).evaluate(event), share: 0.3 },
  {
    name: 'cron',
    examples: examples.cron,
    run(text) {
      const cron = parseCron(text);
      return [cron.next(noon), cron.previous(noon)];
    },
    share: 0.5,
  },
  { name: 'regular expressions', examples: examples.regex, run: (text, event) => compileRegex(text).test(goJson(event)) },
  { name: 'durations', examples: examples.time, run: (text) => parseDuration(text) },
  { name: 'Retry-After', examples: examples.time, run: (text) => retryAfter(text, noon) },
  { name: 'paths of endpoints', examples: () => ['/a/{b}/c', '/{rest:.*}', '/{n:[0-9]+}'], run: (text) => pathPattern(text)('/a/b/c') },
  { name: 'URLs', examples: examples.url, run: (text) => urlText(parseUrl(text)), throws: GoError },
  {
    name: 'YAML',
    examples: examples.yaml,
    run: (text) =>
      parseDocuments(text).map(({ value, positionOf }) => [toYaml(value ?? null), positionOf(['metadata', 'name'], { offset: 3 })]),
    share: 0.3,
  },
  { name: 'YAML of events', examples: examples.yaml, run: (text) => [goJson(parseYaml(text)), EventData.fromText(text).yaml], share: 0.3 },
  {
    name: 'whole rules',
    examples: examples.rules,
    run: (text) => loadText('f.yaml', text).objects.map(({ object }) => checkRule(object)?.findings.map(({ code }) => code)),
    share: 0.3,
  },
  {
    name: 'CloudEvents in headers',
    examples: examples.cloudEvents,
    run(text, event) {
      const [one = '', two = '', ...rest] = text.split(',');
      const headers = { 'Ce-Specversion': ['1.0'], 'Ce-Id': [one], 'Ce-Time': [two], [`Ce-${two}`]: [text], 'Content-Type': rest };
      return read(headers, goJson(event));
    },
  },
  {
    name: 'CloudEvents in JSON',
    examples: examples.cloudEvents,
    run: (text) => [
      read({ 'Content-Type': ['application/cloudevents+json'] }, text),
      read({ 'Content-Type': ['application/cloudevents-batch+json'] }, text),
    ],
  },
  {
    name: 'the wire form: headers',
    examples: examples.headers,
    run: (text, event) => [stored(bytesOf(text), bytesOf(goJson(event))), stored(Buffer.from(text, 'latin1'), bytesOf(''))],
  },
  { name: 'the wire form: bodies', examples: examples.cloudEvents, run: (text) => stored(undefined, bytesOf(text)) },
  { name: 'bodies of calls', examples: examples.json, run: (text) => [objectText(text).text, jsonText(text)], throws: Refusal },
  { name: 'forms', examples: examples.forms, run: (text) => [formOf(text, 'leave out'), formOf(text)], throws: Refusal },
  {
    name: 'bodies of messages',
    examples: examples.json,
    run: (text) => [bodyText(bytesOf(text), false), bodyText(Buffer.from(text, 'latin1'), true)],
  },
];

/** What was read can also be written, in both forms. */
function read(headers: Readonly<Record<string, readonly string[]>>, text: string): unknown {
  const reading = readCloudEvents(headers, bytesOf(text));
  if (reading.kind !== 'events') return reading.kind;
  return reading.events.map((event) => [writeBinary(event), writeStructured(event)]);
}

/** An error that says something: of ours, or one of those that this parser may throw. */
export const isOurs = ({ throws }: Parser, thrown: unknown): boolean =>
  (thrown instanceof EngineError && thrown.message !== '') || (throws !== undefined && thrown instanceof throws);

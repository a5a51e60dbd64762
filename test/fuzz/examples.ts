/** Valid texts of every language, from the tables, tests and rules that we have. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tests as celSuite } from '@bufbuild/cel-spec/testdata/conformance.js';
import { casesOf } from '../core/cel/conformance.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => text !== '' && text.length < 4_000);

/** A field of each line of a table. */
const column = (file: string, field: string): string[] =>
  distinct(
    read('test', 'core', ...file.split('/'))
      .trimEnd()
      .split('\n')
      .flatMap((line) => {
        const value = (JSON.parse(line) as Record<string, unknown>)[field];
        return typeof value === 'string' ? [value] : [];
      }),
  );

/** What stands in quotes in a test, escapes undone as far as it matters here. */
const quoted = (file: string): string[] =>
  distinct(
    [...read('test', ...file.split('/')).matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(
      ([, single, double, back]) => (single ?? double ?? back ?? '').replace(/\\(['"`\\])/g, '$1'),
    ),
  );

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .sort()
    .map((name) => read(folder, name));
}

const jsonPaths = JSON.parse(read('test', 'core', 'jsonpath', 'corpus.json')) as { cases: { path: string }[] };

/** Read when asked for: a table is large. */
export const examples = {
  jq: () => column('jq/corpus.jsonl', 'program'),
  lua: () => column('lua/corpus.jsonl', 'script'),
  template: () => column('template/corpus.jsonl', 'template'),
  govaluate: () => column('expression/corpus-govaluate.jsonl', 'expr'),
  exprLang: () => column('expression/corpus-expr.jsonl', 'expr'),
  gjson: () => column('json/path/corpus.jsonl', 'path'),
  sjson: () => column('json/set-path/corpus.jsonl', 'path'),
  json: () => column('json/path/corpus.jsonl', 'json'),
  jsonPath: () => distinct(jsonPaths.cases.map(({ path }) => path)),
  kubePath: () => quoted('core/kube/json-path/json-path.test.ts'),
  bindings: () => quoted('dialects/tekton/bindings/bindings.test.ts'),
  templates: () => quoted('dialects/tekton/templates/templates.test.ts'),
  cel: () => [...distinct(casesOf(celSuite as never).map(({ expr }) => expr)), ...quoted('dialects/tekton/interceptors/cel/index.test.ts')],
  cesql: () => quoted('core/cesql/cesql.test.ts'),
  jsonata: () => quoted('core/jsonata/jsonata.test.ts').concat(jsonataExamples),
  cron: () => quoted('core/time/cron.test.ts'),
  regex: () => quoted('core/regex.test.ts'),
  time: () => quoted('core/time/time.test.ts'),
  url: () => quoted('sensors/triggers/http/http.test.ts').concat('http://user:pass@host:80/a/b?c=d#e', '//host/x', 'http://[::1]:80/%2f'),
  yaml: () => filesBelow('examples', /\.yaml$/),
  rules: () => [...filesBelow('examples', /(?<!\.test)\.yaml$/), ...filesBelow('test/manifests/dialect-examples/rules', /\.yaml$/)],
  cloudEvents: () => [...quoted('core/cloudevents/read.test.ts').filter((text) => /^[{[]/.test(text)), ...envelopes],
  headers: () => ['NATS/1.0\r\nce-id: 1\r\nce-source: s\r\nce-type: t\r\nce-specversion: 1.0\r\nce-x: %C3%A9\r\n\r\n', ...natsHeaders],
  forms: () => ['a=1&b=2&a=3', 'payload=%7B%22a%22%3A1%7D', 'a', '=', '&&', 'a=%zz', 'a;b=1', 'text=a+b&x=%C3%A9'],
};

const jsonataExamples = [
  '$sum(list)',
  '{"a": items[price > 2].name, "b": $join(text ~> $split(","), "-")}',
  '$map(list, function($v, $i) { $v * $i })',
  '($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(5))',
  '$reduce(list, function($a, $b) { $a + $b }, 0)',
  'items^(>price).{"n": $uppercase(name), "p": $pad(name, 5, "#")}',
  '**.name[0]',
  '$match(text, /([a-z])-(\\d)/i).groups',
  '$formatNumber(n, "#,##0.00") & $fromMillis(0, "[Y0001]-[M01]-[D01]")',
  '$sort(list, function($l, $r) { $l > $r })[[0..1]]',
];

const envelopes = [
  '{"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"x","time":"2026-07-18T12:00:00Z","datacontenttype":"application/json","data":{"a":[1,2]}}',
  '{"specversion":"1.0","id":"1","source":"/s","type":"t","data_base64":"eyJhIjoxfQ==","n":12,"flag":true}',
  '{"specversion":"0.3","id":"1","source":"/s","type":"t","schemaurl":"u","datacontentencoding":"base64","data":"eA=="}',
  '[{"specversion":"1.0","id":"1","source":"/s","type":"t"},{"specversion":"1.0","id":"2","source":"/s","type":"t","data":"x"}]',
];

const natsHeaders = [
  'NATS/1.0\r\ncontent-type: application/cloudevents+json\r\nsensorium-address: ["es","things"]\r\n\r\n',
  'NATS/1.0\r\nce-specversion: 1.0\r\nce-id: 1\r\nce-source: s\r\nce-type: t\r\nsensorium-types: {"a":"integer"}\r\nsensorium-address: [1]\r\n\r\n',
  'NATS/1.0 503 No Responders\r\n\r\n',
];

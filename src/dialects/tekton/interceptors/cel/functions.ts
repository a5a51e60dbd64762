import { timingSafeEqual } from 'node:crypto';
import type { KeySelector } from '../../../../core/access/selectors.ts';
import { fault, type Overload, overload, type Run } from '../../../../core/cel/functions/function.ts';
import { jsonOf } from '../../../../core/cel/json.ts';
import { CelFault, CelPending, type CelResult } from '../../../../core/cel/values/fault.ts';
import { type CelObject, type CelValue, type Int, plain } from '../../../../core/cel/values/value.ts';
import { EngineError } from '../../../../core/errors/engine-error.ts';
import { byteSlice, bytesOf, shown } from '../../../../core/go/bytes.ts';
import { expand, replaceAll } from '../../../../core/go/regexp.ts';
import { canonicalName } from '../../../../core/http/call.ts';
import { isObject, type Json } from '../../../../core/json/json.ts';
import { parseJson } from '../../../../core/json/parse.ts';
import { goJson } from '../../../../core/json/stringify.ts';
import { compileRegex } from '../../../../core/regex.ts';
import { parseFirstYaml } from '../../../../core/yaml/parse.ts';
import { urlParts } from './url-parts.ts';

/** The secrets that were read for an evaluation, by `name/key`. */
export type SecretsAtHand = ReadonlyMap<string, string>;

/** The evaluation cannot end without this secret. */
export class SecretWanted extends CelPending {
  readonly selector: KeySelector;

  constructor(selector: KeySelector) {
    super(`the Secret ${selector.name} has not been read`);
    this.selector = selector;
  }
}

/** Tekton's name comes after that of the key. The namespace that may follow is ignored: it is that of the trigger. */
function compareSecret(text: string, key: string, name: string, host: unknown): CelResult {
  const secret = (host as SecretsAtHand | undefined)?.get(`${name}/${key}`);
  if (secret === undefined) return new SecretWanted({ name, key });
  const [a, b] = [bytesOf(text), bytesOf(secret)];
  // An empty secret is none, and lets nobody in.
  return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

/** The first value of a header, by its canonical name; empty where there is none. Another map than one of headers is a mistake. */
function headerOf(map: CelObject, name: string): string | CelFault {
  const values = Object.hasOwn(map, name) ? map[name] : undefined;
  const [first = ''] = Array.isArray(values) ? values : [];
  if (typeof first === 'string' && (Array.isArray(values) || Object.values(map).every((one) => Array.isArray(one)))) return first;
  return fault('only "header" has headers: header.match(name, value), header.canonical(name)');
}

const match = (map: CelObject, name: string, value: string): CelResult => {
  const found = headerOf(map, name);
  return found instanceof CelFault ? found : found === value;
};

const prepareMatch: Overload['prepare'] = ([, name]) => {
  if (typeof name !== 'string') return undefined;
  const canonical = canonicalName(name);
  return (map: CelObject, _: string, value: string) => match(map, canonical, value);
};

/** The first bytes of a text; what is left of a character that was cut is U+FFFD. */
const truncate = (text: string, { value }: Int): CelResult =>
  value < 0n ? fault('truncate takes a length from 0 on') : shown(byteSlice(text, 0, Number(value)));

/** A text of JSON or YAML that holds an object; null counts as an empty one. */
function objectIn(text: string, form: string, parse: (text: string) => Json, run: Run): CelResult {
  run.bytes(text.length);
  try {
    const value = parse(text);
    return value === null ? {} : isObject(value) ? value : fault(`${form} takes the text of an object`);
  } catch (thrown) {
    if (thrown instanceof EngineError && thrown.code !== 'EVENT_LIMIT') return fault(`${form}: ${thrown.message}`);
    throw thrown;
  }
}

/** YAML is read more slowly than JSON. */
const longestYaml = 128 * 1024;

const parseYamlText = (text: string, run: Run): CelResult =>
  text.length > longestYaml
    ? fault(`parseYAML takes a text of ${longestYaml} characters at most`)
    : objectIn(text, 'parseYAML', parseFirstYaml, run);

function marshal(value: CelValue, run: Run): CelResult {
  const json = jsonOf(value);
  if (json instanceof CelFault) return json;
  const text = goJson(json);
  run.bytes(text.length);
  return text;
}

function translate(text: string, pattern: string, replacement: string, run: Run): string {
  const grown = (made: string): string => {
    run.bytes(made.length);
    return made;
  };
  return replaceAll(run.regexes.get(pattern, run), text, (found) => grown(expand(replacement, found)), run);
}

/** A pattern that is none is told when the rule is read. */
const prepareTranslate: Overload['prepare'] = ([, pattern]) => {
  if (typeof pattern === 'string') compileRegex(pattern);
  return undefined;
};

const end = (list: readonly CelValue[], at: number): CelValue => plain(list.at(at) ?? null);

const header = 'map(string, dyn)';

/** What Tekton adds to CEL. Programs that compare secrets are evaluated with `SecretsAtHand` as their host. */
export const tektonFunctions: readonly Overload[] = [
  overload(
    `${header}.match(string, string) -> bool`,
    (map: CelObject, name: string, value: string) => match(map, canonicalName(name), value),
    {
      prepare: prepareMatch,
      looksAt: { name: 'canonical', args: 1 },
    },
  ),
  overload(`${header}.canonical(string) -> string`, (map: CelObject, name: string) => headerOf(map, canonicalName(name)), {
    looksAt: { name: 'canonical', args: 1 },
  }),
  overload('string.truncate(int) -> string', truncate),
  overload(
    'string.compareSecret(string, string) -> bool',
    (text: string, key: string, name: string, { host }: Run) => compareSecret(text, key, name, host),
    { hides: true },
  ),
  overload(
    'string.compareSecret(string, string, string) -> bool',
    (text: string, key: string, name: string, _: string, { host }: Run) => compareSecret(text, key, name, host),
    { hides: true },
  ),
  overload(`string.parseJSON() -> ${header}`, (text: string, run: Run) => objectIn(text, 'parseJSON', parseJson, run)),
  overload(`string.parseYAML() -> ${header}`, parseYamlText),
  overload(`string.parseURL() -> ${header}`, urlParts),
  overload(`${header}.marshalJSON() -> string`, marshal),
  overload('list(dyn).marshalJSON() -> string', marshal),
  overload('list(dyn).first() -> dyn', (list: readonly CelValue[]) => end(list, 0)),
  overload('list(dyn).last() -> dyn', (list: readonly CelValue[]) => end(list, -1)),
  overload('string.translate(string, string) -> string', translate, { prepare: prepareTranslate }),
];

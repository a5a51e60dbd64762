/** Every hostile program of every language, each with the way to run it that a rule has: for the tests of the whole and for `npm run bench -- hostile`. */
import { compileArgoExpression, compileGovaluate } from '../../src/core/expression/index.ts';
import { compileJq } from '../../src/core/jq/index.ts';
import type { Json, JsonObject } from '../../src/core/json/json.ts';
import { compilePath } from '../../src/core/json/path/index.ts';
import { setString } from '../../src/core/json/set-path/index.ts';
import { compileLua } from '../../src/core/lua/index.ts';
import { compileRegex } from '../../src/core/regex.ts';
import { compileTemplate } from '../../src/core/template/index.ts';
import { hostile as expressions } from '../core/expression/hostile.ts';
import { hostile as jq } from '../core/jq/hostile.ts';
import { hostile as paths } from '../core/json/path/hostile.ts';
import { hostile as lua } from '../core/lua/hostile.ts';
import { hostile as patterns } from '../core/regex/hostile.ts';
import { hostile as templates } from '../core/template/hostile.ts';

export type Language = keyof typeof languages;

export interface Attack {
  readonly language: Language;
  readonly name: string;
  readonly text: string;
  /** What it meets, as JSON; for a path the text itself, which need not be JSON. */
  readonly input: Json;
}

/** Compiles the text and runs it once, with the limits that a rule has. */
const languages = {
  jq: (text: string, input: Json) => compileJq(text).first(input),
  lua: (text: string, input: Json) => compileLua(text).table(input as JsonObject),
  template: (text: string, input: Json) => compileTemplate(text).render({ Input: input }),
  govaluate: (text: string, input: Json) => compileGovaluate(text).evaluate(input as JsonObject),
  'expr-lang': (text: string, input: Json) => compileArgoExpression(text).evaluate(input as JsonObject),
  gjson: (text: string, input: Json) => compilePath(text).get(input as string),
  sjson: (text: string, input: Json) => setString(input as string, text, 'x'),
  regex: (text: string, input: Json) => compileRegex(text).test(input as string),
};

interface Program {
  readonly name: string;
  readonly text: string;
  readonly input?: Json;
}

const all = (language: Language, programs: readonly Program[], usual: Json): Attack[] =>
  programs.map(({ name, text, input = usual }) => ({ language, name, text, input }));

export const attacks: readonly Attack[] = [
  ...all('jq', jq, null),
  ...all('lua', lua, { a: 1 }),
  ...all('template', templates, null),
  ...all('govaluate', expressions, {}),
  ...all('expr-lang', expressions, {}),
  ...all('gjson', paths, '{}'),
  ...all('sjson', paths, '{}'),
  ...all('regex', patterns, ''),
];

/** What it gives. Throws EngineError. */
export const run = ({ language, text, input }: Attack): unknown => languages[language](text, input);

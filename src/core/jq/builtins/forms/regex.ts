import type { Json, JsonObject } from '../../../json/json.ts';
import type { Match, Regex } from '../../../regex.ts';
import { type Code, type Flow, GO, many, STOP, single } from '../../compile/code.ts';
import type { Env } from '../../run/env.ts';
import type { Run } from '../../run/run.ts';
import { add } from '../../values/arithmetic.ts';
import { hasPairs, lengthOf } from '../../values/navigate.ts';
import { put } from '../../values/objects.ts';
import { matches } from '../../values/regexes.ts';
import { cannotApply } from '../refusals.ts';
import { checkRegex } from './check-regex.ts';
import { eachValues, type Form, type Forms, of, onlyValues } from './form.ts';

interface Search {
  readonly text: string;
  /** Some characters of the text take two UTF-16 units. */
  readonly pairs: boolean;
  readonly regex: Regex;
  readonly all: boolean;
}

/** What to look for where; `name` is the function in errors, `added` the flags that it adds. */
function searchOf(env: Env, input: Json, [pattern = null, given = null]: readonly Json[], name: string, added = ''): Search {
  const flags = given === null && added !== '' ? added : typeof given === 'string' ? given + added : given;
  if (typeof input !== 'string' || typeof pattern !== 'string' || (flags !== null && typeof flags !== 'string')) {
    throw cannotApply(name, input, pattern, flags);
  }
  return {
    text: input,
    pairs: hasPairs(input),
    regex: env.run.regexes.get(env.run, pattern, flags ?? ''),
    all: flags?.includes('g') ?? false,
  };
}

/** Where only a pattern is given, it may be an array of pattern and flags. */
const unpacked = (values: readonly Json[]): readonly Json[] => (values.length === 1 && Array.isArray(values[0]) ? values[0] : values);

const found = (env: Env, { text, regex, all }: Search): Iterable<Match> => matches(env.run, regex, text, all);

/** Offsets and lengths in code points. */
function describe(run: Run, { text, pairs }: Search, match: Match): JsonObject {
  const count = (from: number, to: number) => (pairs ? lengthOf(text.slice(from, to)) : to - from);
  const place = (span: { index: number; length: number; text: string | undefined }) => ({
    offset: span.index < 0 ? -1 : count(0, span.index),
    length: span.index < 0 ? 0 : count(span.index, span.index + span.length),
    string: span.text ?? null,
  });
  run.growCells(6 * (match.groups.length + 1));
  if (pairs) run.tick(match.index >> 4);
  return { ...place(match), captures: match.groups.map((group) => ({ ...place(group), name: group.name ?? null })) };
}

function capturesOf(match: Match): JsonObject {
  const captures: JsonObject = {};
  for (const { name, text } of match.groups) if (name !== undefined) put(captures, name, text ?? null);
  return captures;
}

const scanned = (match: Match): Json => (match.groups.length === 0 ? match.text : match.groups.map(({ text }) => text ?? null));

/** One output for each match. */
const eachMatch = (added: string, output: (run: Run, search: Search, match: Match) => Json): Form =>
  of((...args) =>
    many((env, input, out) =>
      eachValues(args, env, input, (values) => {
        const search = searchOf(env, input, added === '' ? unpacked(values) : values, 'match', added);
        for (const match of found(env, search)) if (out(output(env.run, search, match)) === STOP) return STOP;
        return GO;
      }),
    ),
  );

/** One value of the search as a whole. */
const whole = (name: string, added: string, output: (env: Env, search: Search) => Json): Form =>
  of((...args) => {
    const apply = (env: Env, input: Json, values: readonly Json[]) =>
      output(env, searchOf(env, input, added === '' ? unpacked(values) : values, name, added));
    const only = onlyValues(args);
    if (only) return single((env, input) => apply(env, input, only(env, input)));
    return many((env, input, out) => eachValues(args, env, input, (values) => out(apply(env, input, values))));
  });

/** What stands between the matches. */
function pieces(env: Env, search: Search): string[] {
  const { text } = search;
  const parts: string[] = [];
  let from = 0;
  for (const match of found(env, search)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match.length;
  }
  parts.push(text.slice(from));
  env.run.growCells(parts.length);
  env.run.grow(text.length);
  return parts;
}

/** With several replacements for a match there are several texts: the first of all firsts, of all seconds, and so on. */
function substitute(env: Env, search: Search, replacement: Code): Json[] {
  const texts: Json[] = [];
  let from = 0;
  for (const match of found(env, search)) {
    const before = search.text.slice(from, match.index);
    let index = 0;
    replacement.each(env, capturesOf(match), (value) => {
      const so = texts[index] ?? '';
      texts[index] =
        typeof value === 'string' && typeof so === 'string'
          ? join(env.run, so, before, value)
          : add(env.run, add(env.run, so, before), value);
      index += 1;
      return GO;
    });
    from = match.index + match.length;
  }
  const rest = search.text.slice(from);
  return texts.length === 0 ? [search.text] : texts.map((text) => add(env.run, text, rest));
}

function join(run: Run, so: string, before: string, value: string): string {
  run.grow(before.length + value.length);
  return so + before + value;
}

const substituting = (added: string): Form =>
  of((pattern, replacement, ...flags) => {
    const values = [pattern!, ...flags];
    const apply = (env: Env, input: Json, given: readonly Json[]) =>
      substitute(env, searchOf(env, input, given, 'match', added), replacement!);
    const only = onlyValues(values);
    if (only && replacement!.one) return single((env, input) => apply(env, input, only(env, input))[0]!);
    return many((env, input, out) =>
      eachValues(values, env, input, (given): Flow => (apply(env, input, given).some((text) => out(text) === STOP) ? STOP : GO)),
    );
  });

const match = eachMatch('', describe);
const capture = eachMatch('', (_run, _search, one) => capturesOf(one));
const scan = eachMatch('g', (_run, _search, one) => scanned(one));
const test = whole('test', '', (env, { regex, text }) => {
  env.run.tick(((text.length * regex.weight) >> 2) + 1);
  return regex.test(text);
});

const splits: Form = of((...args) =>
  many((env, input, out) =>
    eachValues(args, env, input, (values) =>
      pieces(env, searchOf(env, input, values, 'match', 'g')).some((part) => out(part) === STOP) ? STOP : GO,
    ),
  ),
);

const forms: Forms = {
  'test/1': test,
  'test/2': test,
  'match/1': match,
  'match/2': match,
  'capture/1': capture,
  'capture/2': capture,
  'scan/1': scan,
  'scan/2': scan,
  'split/2': whole('match', 'g', pieces),
  'splits/1': splits,
  'splits/2': splits,
  'sub/2': substituting(''),
  'sub/3': substituting(''),
  'gsub/2': substituting('g'),
  'gsub/3': substituting('g'),
};

/** Where a pattern and its flags are written down, what is wrong in them is found before the first event. */
const checked =
  (form: Form, flagsAt: number): Form =>
  (args, scope, at) => {
    checkRegex(args[0]!, args[flagsAt], scope);
    return form(args, scope, at);
  };

export const regexForms: Forms = Object.fromEntries(
  Object.entries(forms).map(([name, form]) => [name, checked(form, /^g?sub/.test(name) ? 2 : 1)]),
);

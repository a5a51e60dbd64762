import { closest } from '../../errors/closest.ts';
import type { Json, JsonObject } from '../../json/json.ts';
import { formats } from '../builtins/formats.ts';
import type { Env } from '../run/env.ts';
import { refuse } from '../syntax/refuse.ts';
import { notAKey } from '../values/navigate.ts';
import { put } from '../values/objects.ts';
import { type Code, constant, type Flow, GO, many, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import type { Scope } from './scope.ts';

/** `[of]`: all outputs in an array. */
export function compileArray(node: Of<'array'>, scope: Scope): Code {
  return node.of ? collect(compile(node.of, scope)) : constant([]);
}

export function collect(of: Code): Code {
  const one = of.one;
  if (one) {
    return single((env, input) => {
      env.run.growCells(1);
      return [one(env, input)];
    });
  }
  return single((env, input) => {
    const list: Json[] = [];
    const { run } = env;
    of.each(env, input, (value) => {
      run.growCells(1);
      list.push(value);
      return GO;
    });
    return list;
  });
}

/** `{…}`: one object for each combination; the last entry's values change fastest. */
export function compileObject(node: Of<'object'>, scope: Scope): Code {
  const entries = node.entries.map((entry) => ({ key: compile(entry.key, scope), value: compile(entry.value, scope) }));
  const simple: { name: string; one: (env: Env, input: Json) => Json }[] = [];
  for (const { key, value } of entries) {
    if (typeof key.constant === 'string' && key.constant !== '__proto__' && value.one) simple.push({ name: key.constant, one: value.one });
  }
  if (simple.length === entries.length) {
    return single((env, input) => {
      env.run.growCells(simple.length + 2);
      const result: JsonObject = {};
      for (const { name, one } of simple) result[name] = one(env, input);
      return result;
    });
  }
  const build = (env: Env, input: Json, index: number, so: JsonObject, out: (value: JsonObject) => Flow): Flow => {
    const entry = entries[index];
    if (!entry) return out(so);
    return entry.key.each(env, input, (key) =>
      entry.value.each(env, input, (value) => {
        if (typeof key !== 'string') throw notAKey(key);
        env.run.growCells(index + 1);
        const next = { ...so };
        put(next, key, value);
        return build(env, input, index + 1, next, out);
      }),
    );
  };
  if (entries.every(({ key, value }) => key.one && value.one)) {
    const known = entries.map(({ key, value }) => ({ key: key.one!, value: value.one! }));
    return single((env, input) => {
      env.run.growCells(known.length + 2);
      const result: JsonObject = {};
      for (const entry of known) {
        const key = entry.key(env, input);
        if (typeof key !== 'string') throw notAKey(key);
        put(result, key, entry.value(env, input));
      }
      return result;
    });
  }
  return many((env, input, out) => build(env, input, 0, {}, out));
}

/** `"a\(…)b"`: what stands in the places goes through the format; for several values the first place changes fastest. */
export function compileText(node: Of<'text'>, scope: Scope): Code {
  const format = formatNamed(node.format, node.at);
  const parts = node.parts.map((part) => (typeof part === 'string' ? part : compile(part, scope)));
  if (parts.every((part) => typeof part === 'string' || part.one)) {
    const known = parts.map((part) => (typeof part === 'string' ? part : part.one!));
    return single((env, input) => {
      let text = '';
      for (const part of known) text += typeof part === 'string' ? part : format(env.run, part(env, input));
      env.run.grow(text.length);
      return text;
    });
  }
  const build = (env: Env, input: Json, index: number, rest: string, out: (text: string) => Flow): Flow => {
    env.run.grow(rest.length);
    const part = parts[index];
    if (part === undefined) return out(rest);
    if (typeof part === 'string') return build(env, input, index - 1, part + rest, out);
    return part.each(env, input, (value) => build(env, input, index - 1, format(env.run, value) + rest, out));
  };
  return many((env, input, out) => build(env, input, parts.length - 1, '', out));
}

/** `@csv` alone: the input in that format. */
export function compileFormat(node: Of<'format'>): Code {
  const format = formatNamed(node.name, node.at);
  return single((env, input) => format(env.run, input));
}

function formatNamed(name: string, at: number) {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format) return format;
  const near = closest(name, Object.keys(formats));
  throw refuse(`format \`@${name}\` is not defined`, at, near === undefined ? undefined : `did you mean \`@${near}\`?`);
}

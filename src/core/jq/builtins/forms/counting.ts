import type { Json } from '../../../json/json.ts';
import { type Code, type Flow, GO, many, STOP } from '../../compile/code.ts';
import type { Env } from '../../run/env.ts';
import type { Run } from '../../run/run.ts';
import { subtract } from '../../values/arithmetic.ts';
import { compare } from '../../values/compare.ts';
import { raise } from '../refusals.ts';
import { type Forms, of } from './form.ts';

/** Runs a filter once; `take` is given each output as a function that passes it on. */
type Drive = (take: (pass: () => Flow) => Flow) => Flow;

/** A form that decides which outputs of a filter are passed on, for values and for paths alike. */
function through(source: Code, control: (env: Env, input: Json, drive: Drive) => Flow): Code {
  return many(
    (env, input, out) => control(env, input, (take) => source.each(env, input, (value) => take(() => out(value)))),
    (env, trail, input, out) =>
      control(env, input, (take) => source.paths(env, trail, input, (deeper, value) => take(() => out(deeper, value)))),
  );
}

/** The first output alone. */
function firstOf(drive: Drive): Flow {
  let flow: Flow = GO;
  drive((pass) => {
    flow = pass();
    return STOP;
  });
  return flow;
}

function atMost(run: Run, count: Json, drive: Drive): Flow {
  const sign = compare(run, count, 0);
  if (sign < 0) throw raise("limit doesn't support negative count");
  if (sign === 0) return GO;
  let left = count;
  let flow: Flow = GO;
  drive((pass) => {
    left = subtract(run, left, 1);
    flow = pass();
    return compare(run, left, 0) <= 0 ? STOP : flow;
  });
  return flow;
}

/** Whether an output is among the first `count`, which are left out. */
function skipping(run: Run, count: Json, refusal: string): () => boolean {
  if (compare(run, count, 0) < 0) throw raise(refusal);
  let left = count;
  return () => {
    if (compare(run, left, 0) <= 0) return false;
    left = subtract(run, left, 1);
    return compare(run, left, 0) >= 0;
  };
}

function without(run: Run, count: Json, drive: Drive): Flow {
  const skips = skipping(run, count, "skip doesn't support negative count");
  return drive((pass) => (skips() ? GO : pass()));
}

function nth(run: Run, count: Json, drive: Drive): Flow {
  const skips = skipping(run, count, "nth doesn't support negative index");
  return firstOf((take) => drive((pass) => (skips() ? GO : take(pass))));
}

const counted = (apply: (run: Run, count: Json, drive: Drive) => Flow) =>
  of((count, source) => through(source!, (env, input, drive) => count!.each(env, input, (n) => apply(env.run, n, drive))));

export const counting: Forms = {
  'first/1': of((source) => through(source!, (_env, _input, drive) => firstOf(drive))),
  'limit/2': counted(atMost),
  'skip/2': counted(without),
  'nth/2': counted(nth),
  'last/1': of((source) =>
    many((env, input, out) => {
      let last: Json | undefined;
      source!.each(env, input, (value) => {
        last = value;
        return GO;
      });
      return last === undefined ? GO : out(last);
    }),
  ),
  /** The filter's outputs for one input, again and again, as gojq has it. */
  'repeat/1': of((source) =>
    through(source!, (env, _input, drive) => {
      for (;;) {
        env.run.tick(1);
        if (drive((pass) => pass()) === STOP) return STOP;
      }
    }),
  ),
};

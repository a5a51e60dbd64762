import type { Json } from '../../../json/json.ts';
import { choose } from '../../compile/basics.ts';
import { type Code, constant, GO, identity, isTruthy, many, single } from '../../compile/code.ts';

import { Halt } from '../../run/raised.ts';
import { refuse } from '../../syntax/refuse.ts';
import { isNumber } from '../../values/numbers.ts';
import { spelled, typeOf } from '../../values/preview.ts';
import { cannotApply, raise } from '../refusals.ts';
import { type Form, type Forms, of } from './form.ts';

const empty: Code = many(
  () => GO,
  () => GO,
);

export const select = (condition: Code): Code => choose(condition, identity, empty);

/** `select` by type or value. */
const only = (test: (value: Json) => boolean): Form => of(() => select(single((_env, input) => test(input))));
const ofType = (type: ReturnType<typeof typeOf>) => only((value) => typeOf(value) === type);

const halting = (value: Json): Halt => new Halt(`halt error: ${spelled(value)}`);

/** A program that asks for more input would get nothing from us but a surprise. */
const noInput: Form = (_args, _scope, at) => {
  throw refuse('there is no further input: a program sees one event', at);
};

export const choosing: Forms = {
  'empty/0': of(() => empty),
  'not/0': of(() => single((_env, input) => !isTruthy(input))),
  'select/1': of(select),
  'arrays/0': ofType('array'),
  'objects/0': ofType('object'),
  'booleans/0': ofType('boolean'),
  'numbers/0': ofType('number'),
  'strings/0': ofType('string'),
  'nulls/0': ofType('null'),
  'values/0': only((value) => value !== null),
  'iterables/0': only((value) => typeof value === 'object' && value !== null),
  'scalars/0': only((value) => typeof value !== 'object' || value === null),
  'error/0': of(() =>
    many((_env, input) => {
      throw raise(input);
    }),
  ),
  'error/1': of((value) =>
    many((env, input) =>
      value.each(env, input, (thrown) => {
        throw raise(thrown);
      }),
    ),
  ),
  'halt/0': of(() =>
    many(() => {
      throw new Halt(undefined);
    }),
  ),
  'halt_error/0': of(() =>
    many((_env, input) => {
      throw halting(input);
    }),
  ),
  'halt_error/1': of((code) =>
    many((env, input) =>
      code.each(env, input, (status) => {
        throw isNumber(status) ? halting(input) : cannotApply('halt_error', status);
      }),
    ),
  ),
  'input/0': noInput,
  'inputs/0': noInput,
  // Nobody sees what these would write, and a program that was tried with them must still run.
  'debug/0': of(() => identity),
  'stderr/0': of(() => identity),
  'debug/1': of((message) =>
    many((env, input, out) => {
      message.each(env, input, () => GO);
      return out(input);
    }),
  ),
  'env/0': of(() => constant({})),
  'input_filename/0': of(() => constant(null)),
  'have_literal_numbers/0': of(() => constant(true)),
  'have_decnum/0': of(() => constant(false)),
};

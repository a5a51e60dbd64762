import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import { expect, test } from 'vitest';
import { celEnvironment, compileCel } from '../../../src/core/cel/index.ts';
import { defaultLimits } from '../../../src/core/cel/limits.ts';
import { programOf } from '../../../src/core/cel/program.ts';
import { parse } from '../../../src/core/cel/syntax/parse.ts';
import { equal } from '../../../src/core/cel/values/compare.ts';
import { CelFault, type CelResult } from '../../../src/core/cel/values/fault.ts';
import { type CelValue, kindOf } from '../../../src/core/cel/values/value.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { casesOf, ourValue, type SpecCase, typeText } from './conformance.ts';

/** What Tekton's expressions do not have: cases of these are left out. */
const beyond: readonly { readonly what: string; readonly when: (one: SpecCase) => boolean }[] = [
  {
    what: 'messages and enums',
    when: ({ suite, expr }) =>
      /^(?:proto|enums|wrappers)/.test(suite) || /TestAll|google\.protobuf\.\w+\s*\{|GlobalEnum|^Value\{/.test(expr),
  },
  { what: 'messages in variables', when: ({ bindings, typeEnv }) => hasMessage(bindings, typeEnv) },
  { what: 'libraries that are not loaded', when: ({ suite }) => /^(?:bindings_ext|block_ext|macros2|optionals)/.test(suite) },
  { what: 'optional types', when: ({ expr }) => /optional|\[\?|\.\?/.test(expr) },
  { what: 'fields in backquotes', when: ({ expr }) => expr.includes('.`') },
  { what: 'variables with dots, containers', when: ({ suite, name }) => /^namespace|qualified_ident/.test(`${suite}/${name}`) },
  { what: 'functions of the case', when: ({ typeEnv }) => typeEnv.some((one) => one['function']) },
  {
    what: 'names that nobody has, unchecked',
    when: ({ disableCheck, fails, suite, name }) => disableCheck && (fails || /receiver_function|unbound/.test(`${suite}/${name}`)),
  },
  { what: 'the type alone', when: ({ value, fails, suite }) => /^type_deductions/.test(suite) && value === undefined && !fails },
];

/** Where cel-go itself is not what the suite says. */
const otherInGo = new Set([
  'timestamps/duration_converters/get_milliseconds',
  'string_ext/value_errors/indexof_out_of_range',
  'string_ext/value_errors/lastindexof_out_of_range',
]);

function hasMessage(bindings: SpecCase['bindings'], typeEnv: SpecCase['typeEnv']): boolean {
  return (
    Object.values(bindings).some(({ value }) => ourValue(value) === undefined) ||
    typeEnv.some((one) => one['ident'] && typeText(one['ident'].type) === undefined)
  );
}

function resultOf({ expr, bindings, typeEnv, disableCheck }: SpecCase): CelResult {
  const variables: Record<string, string> = {};
  for (const { name, ident } of typeEnv) variables[name] = typeText(ident?.type ?? {}) ?? 'dyn';
  const input: Record<string, CelValue> = {};
  for (const [name, { value }] of Object.entries(bindings)) {
    variables[name] ??= 'dyn';
    input[name] = ourValue(value)!;
  }
  const environment = celEnvironment({ variables });
  try {
    const program = disableCheck ? programOf(parse(expr), expr, environment, defaultLimits) : compileCel(expr, environment);
    return program.evaluate(input);
  } catch (thrown) {
    if (thrown instanceof EngineError) return new CelFault(thrown.message);
    throw thrown;
  }
}

function isRight(one: SpecCase): boolean {
  const result = resultOf(one);
  if (one.fails) return result instanceof CelFault;
  const wanted = ourValue(one.value);
  if (result instanceof CelFault || wanted === undefined || kindOf(result) !== kindOf(wanted)) return false;
  return equal(result, wanted, { steps() {} }) || (Number.isNaN(result) && Number.isNaN(wanted));
}

test('every case of the conformance suite that Tekton’s expressions can meet is right', () => {
  const cases = casesOf(tests as never).filter((one) => !beyond.some(({ when }) => when(one)));
  const wrong = cases.filter((one) => !isRight(one)).map(({ suite, name, expr }) => `${suite}/${name}: ${expr}`);

  expect(wrong.filter((text) => !otherInGo.has(text.slice(0, text.indexOf(':'))))).toEqual([]);
  expect(cases.length).toBeGreaterThan(1390);
});

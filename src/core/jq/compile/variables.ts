import { closest } from '../../errors/closest.ts';
import type { Json } from '../../json/json.ts';
import type { Env } from '../run/env.ts';
import { refuse } from '../syntax/refuse.ts';
import { type Code, constant, single } from './code.ts';
import type { Of } from './compile.ts';
import type { Scope } from './scope.ts';

/** `$name`. `$ENV` is empty: a rule sees nothing of the process it runs in. */
export function compileVariable(node: Of<'variable'>, scope: Scope): Code {
  const up = scope.find('variable', node.name);
  if (up === undefined) {
    if (node.name === 'ENV') return constant({});
    if (node.name === '__loc__') return constant({ file: '<top-level>', line: scope.program.text.slice(0, node.at).split('\n').length });
    const near = closest(node.name, scope.variables());
    throw refuse(`variable \`$${node.name}\` is not defined`, node.at, near === undefined ? undefined : `did you mean \`$${near}\`?`);
  }
  if (up === 0) return single((env) => env.value as Json);
  if (up === 1) return single((env) => env.up!.value as Json);
  return single((env) => entryUp(env, up) as Json);
}

export const envUp = (env: Env, up: number): Env => {
  let here = env;
  for (let step = 0; step < up; step++) here = here.up!;
  return here;
};

export const entryUp = (env: Env, up: number): Env['value'] => envUp(env, up).value;

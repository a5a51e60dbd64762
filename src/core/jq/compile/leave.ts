import type { Json } from '../../json/json.ts';
import { Env, Label } from '../run/env.ts';
import { Break, Passing, Raised } from '../run/raised.ts';
import type { Run } from '../run/run.ts';
import { refuse } from '../syntax/refuse.ts';
import { type Code, type Flow, GO, many, single } from './code.ts';
import { compile, type Of } from './compile.ts';
import type { Scope } from './scope.ts';
import { entryUp } from './variables.ts';

/** `try body catch handler`, `body?`. Only errors of the program are caught: no limit, no `break`, and nothing from behind the `try`. */
export function compileTry(node: Of<'try'>, scope: Scope): Code {
  scope.program.tries += 1;
  const body = compile(node.body, scope);
  scope.program.tries -= 1;
  const handler = node.handler && compile(node.handler, scope);
  const one = body.one;
  const caught = handler?.one;
  const paths = guardedPaths(body, handler);
  if (one && caught) {
    return single((env, input) => {
      const { depth } = env.run;
      try {
        return one(env, input);
      } catch (thrown) {
        return caught(env, errorValue(thrown, env.run, depth));
      }
    }, paths);
  }
  if (one) {
    return many((env, input, out) => {
      const { depth } = env.run;
      let value: Json;
      try {
        value = one(env, input);
      } catch (thrown) {
        const error = errorValue(thrown, env.run, depth, !handler);
        return handler ? handler.each(env, error, out) : GO;
      }
      return out(value);
    }, paths);
  }
  return many(
    (env, input, out) =>
      guard(
        env.run,
        (through) => body.each(env, input, (value) => through(() => out(value))),
        (error) => (handler ? handler.each(env, error, out) : GO),
      ),
    paths,
  );
}

function guardedPaths(body: Code, handler: Code | undefined): Code['paths'] {
  return (env, trail, input, out) =>
    guard(
      env.run,
      (through) => body.paths(env, trail, input, (deeper, value) => through(() => out(deeper, value))),
      (error) => (handler ? handler.paths(env, trail, error, out) : GO),
    );
}

type Through = (out: () => Flow) => Flow;

/** Runs `body` and hands its error to `handle`; errors from what `through` runs, which is behind the `try`, pass. */
function guard(run: Run, body: (through: Through) => Flow, handle: (error: Json) => Flow): Flow {
  const mark = {};
  const { depth } = run;
  let error: Json;
  try {
    return body((out) => {
      try {
        return out();
      } catch (thrown) {
        throw thrown instanceof Raised ? new Passing(thrown, mark) : thrown;
      }
    });
  } catch (thrown) {
    if (thrown instanceof Passing && thrown.through === mark) throw thrown.error;
    error = errorValue(thrown, run, depth);
  }
  return handle(error);
}

/** What `catch` sees. Calls that the error ended no longer count; making the sentence does. */
function errorValue(thrown: unknown, run: Run, depth: number, unseen = false): Json {
  if (!(thrown instanceof Raised)) throw thrown;
  run.depth = depth;
  run.tick(unseen ? 1 : 20);
  return unseen ? null : thrown.value;
}

/** `label $name | body`: ends where the body breaks it. */
export function compileLabel(node: Of<'label'>, scope: Scope): Code {
  const body = compile(node.body, scope.with('label', node.name));
  const until = (env: Env, run: (inside: Env) => Flow): Flow => {
    const label = new Label();
    const { depth } = env.run;
    try {
      return run(new Env(env.run, env, label));
    } catch (thrown) {
      if (!(thrown instanceof Break) || thrown.label !== label) throw thrown;
      env.run.depth = depth;
      return GO;
    }
  };
  return many(
    (env, input, out) => until(env, (inside) => body.each(inside, input, out)),
    (env, trail, input, out) => until(env, (inside) => body.paths(inside, trail, input, out)),
  );
}

export function compileBreak(node: Of<'break'>, scope: Scope): Code {
  const up = scope.find('label', node.name);
  if (up === undefined) throw refuse(`label \`$${node.name}\` is not defined`, node.at);
  return many((env) => {
    throw new Break(entryUp(env, up) as Label);
  });
}

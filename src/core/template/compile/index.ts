import type { GoFunction } from '../../go/function.ts';
import type { Parsed } from '../syntax/parse.ts';
import { NEXT, type Statement } from './code.ts';
import { Scope, type Shared } from './scope.ts';
import { compileList } from './statements.ts';

export interface Compiled {
  readonly body: Statement;
  /** It may change its data: who runs it gives it a copy. */
  readonly changesInput: boolean;
}

/** Turns a tree into closures. Throws EngineError CONFIG_TEMPLATE. */
export function compile(
  { main, defined }: Parsed,
  functions: ReadonlyMap<string, GoFunction>,
  refused: ReadonlyMap<string, string>,
): Compiled {
  const shared: Shared = { functions, refused, templates: new Map(), changesInput: false };
  for (const name of defined.keys()) shared.templates.set(name, { body: () => NEXT });
  for (const [name, nodes] of defined) shared.templates.get(name)!.body = compileList(nodes, new Scope(shared));
  const body = compileList(main, new Scope(shared));
  return { body, changesInput: shared.changesInput };
}

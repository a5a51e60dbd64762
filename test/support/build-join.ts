import { type CompiledJoin, type ConditionSpec, compileCondition } from '../../sensors/conditions/compile.ts';

/** What a trigger with these conditions waits for. */
export function buildJoin(
  spec: ConditionSpec,
  dependencies: readonly string[],
): { dependencies: readonly string[]; join: CompiledJoin | undefined } {
  const { value, findings } = compileCondition(spec, dependencies, []);
  if (findings.length > 0) throw new Error(findings[0]!.message);
  return value;
}

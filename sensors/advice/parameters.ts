import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import type { Json } from '../../src/core/json/json.ts';
import { compilePath } from '../../src/core/json/path/index.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import type { DependencySpec } from '../dependencies/spec.ts';
import type { ParameterSpec } from '../triggers/parameters/spec.ts';
import type { TriggerSpec } from '../triggers/spec.ts';
import { parameterLists } from './parameter-lists.ts';
import { firesOnAny, waitedFor } from './waited-for.ts';

/** Parameters without effect: nobody waits for their dependency, another one writes over them, or a key of theirs is not looked at. */
export function parameterAdvice(trigger: TriggerSpec, dependencies: readonly DependencySpec[], at: Path): Finding[] {
  const { conditions } = trigger.template;
  const names = dependencies.map(({ name }) => name);
  const waited = waitedFor(conditions, names);
  return parameterLists(trigger, at).flatMap(({ parameters, path, type }) =>
    parameters.flatMap((parameter, index) => {
      const place = [...path, index];
      return [
        ...keyAdvice(parameter, place),
        ...(names.includes(parameter.src.dependencyName) ? waitAdvice(parameter, waited, place) : []),
        ...overwrittenAdvice(parameters, index, place),
        ...(firesOnAny(conditions)
          ? lackAdvice(parameters, index, waited, place, type === undefined ? trigger.template : trigger.template.k8s?.source?.resource)
          : []),
      ];
    }),
  );
}

function keyAdvice({ src }: ParameterSpec, at: Path): Finding[] {
  const inData = src.dataKey ? 'dataKey' : src.dataTemplate ? 'dataTemplate' : undefined;
  const inContext = src.contextKey ? 'contextKey' : src.contextTemplate ? 'contextTemplate' : undefined;
  if (!inData || !inContext) return [];
  const problem = `${inContext} has no effect beside ${inData}`;
  return [warning('CONFIG_INVALID', [...at, 'src', inContext], { problem }, { hint: 'take one of them out' })];
}

function waitAdvice({ src }: ParameterSpec, waited: readonly string[], at: Path): Finding[] {
  if (waited.includes(src.dependencyName)) return [];
  const problem = `the trigger does not wait for the dependency "${src.dependencyName}", so its event is never there`;
  const hint = src.value === undefined ? 'name it in `conditions`, or take the parameter out' : 'the parameter only ever gives its `value`';
  return [warning('CONFIG_INVALID', [...at, 'src', 'dependencyName'], { problem }, { hint })];
}

/** A later parameter of the same dependency overwrites the same place. */
function overwrittenAdvice(parameters: readonly ParameterSpec[], index: number, at: Path): Finding[] {
  const { src, dest } = parameters[index]!;
  const later = parameters.findIndex(
    (other, place) =>
      place > index &&
      other.dest === dest &&
      other.src.dependencyName === src.dependencyName &&
      (!other.operation || other.operation === 'overwrite'),
  );
  if (later < 0 || dest === '' || dest.endsWith('-1')) return [];
  const problem = `parameter ${later + 1} of this list overwrites what this one sets at "${dest}"`;
  return [
    warning('CONFIG_INVALID', [...at, 'dest'], { problem }, { hint: 'take one of them out, or continue the text by `operation: append`' }),
  ];
}

/** With `a || b`, one of them may be lacking: then nothing is set, unless a default, a parameter of the other one or a written value is there. */
function lackAdvice(parameters: readonly ParameterSpec[], index: number, waited: readonly string[], at: Path, target: unknown): Finding[] {
  const { src, dest, operation } = parameters[index]!;
  if (operation === 'append' || operation === 'prepend' || compilePath(dest).get(stringifyJson((target ?? null) as Json))?.text) return [];
  if (src.value !== undefined || !waited.includes(src.dependencyName)) return [];
  const same = parameters.filter((other) => other.dest === dest);
  if (same.some((other) => other.src.value !== undefined)) return [];
  const lacking = waited.filter((name) => !same.some((other) => other.src.dependencyName === name));
  if (lacking.length === 0) return [];
  const problem = `when "${lacking[0]}" has come without "${src.dependencyName}", nothing is set at "${dest}"`;
  const hint = `give a default with \`value\`, or set the same place from "${lacking[0]}", too`;
  return [warning('CONFIG_INVALID', [...at, 'src'], { problem }, { hint })];
}

import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { isObject, type Json, type JsonObject } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { ArgoProgram, Programs } from '../../../src/core/schema/kind.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { type ArtifactSpec, writtenArtifact } from '../artifacts/index.ts';
import { generatedName } from '../k8s/marks.ts';
import { compileParameters, type Parameters } from '../parameters/index.ts';
import type { Firing } from '../trigger.ts';
import { type Read, readArgs } from './args.ts';
import type { Rendered } from './rendered.ts';
import type { ArgoWorkflowSpec, Operation } from './spec.ts';
import { objectAt, ofTemplate, type Unnamed, withOptions, workflowVersion } from './workflow.ts';

/** An `argoWorkflow` block made ready for many firings. */
export interface Ready {
  readonly operation: Operation;
  readonly source: ArtifactSpec;
  /** The object that stands in the rule itself; undefined when it has to be read. */
  readonly written: Json | undefined;
  readonly parameters: Parameters | undefined;
  readonly args: readonly string[];
  readonly read: Read;
  /** What acts, where it is not we. */
  readonly argo: ArgoProgram | undefined;
}

/** Throws EngineError CONFIG_YAML when an inline object cannot be read. */
export function compile({ source = {}, operation, parameters, args = [] }: ArgoWorkflowSpec, clock: Clock, { argo }: Programs): Ready {
  return {
    operation,
    source,
    written: writtenArtifact(source),
    parameters: parameters?.length ? compileParameters(parameters, { clock }) : undefined,
    args,
    read: readArgs(args, operation),
    argo: argo || undefined,
  };
}

/** Throws EngineError EVENT_*, also when the object is then none that the operation could be done with. */
export const render = piecemeal(function* (ready: Ready, loaded: Json | undefined, firing: Firing): Pieces<Rendered> {
  const template = stringifyJson(loaded ?? ready.written ?? null);
  const value = parseJson(ready.parameters ? yield* ready.parameters.pieces(template, firing.events) : template);
  if (!isObject(value)) throw invalid('the source is not an object');
  const subject = subjectOf(value, ready.operation, firing);
  const naming = (workflow: Unnamed) => named(workflow, (generateName) => generatedName(firing, generateName, template));
  if (ready.argo) return byProgram(ready, subject, naming);
  return byApi(ready, subject, naming, template);
});

/** The object that stands in the rule, with what an operation needs to know of it. */
interface Subject {
  readonly value: JsonObject;
  readonly metadata: JsonObject;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

type Naming = (workflow: Unnamed) => KubeObject;

function subjectOf(value: JsonObject, operation: Operation, firing: Firing): Subject {
  const metadata = objectAt(value, 'metadata');
  const name = textOf(metadata['name']);
  if (name === '' && operation !== 'submit') throw invalid(`failed to execute the workflow ${operation} operation, no name is given`);
  if (name === '' && textOf(metadata['generateName']) === '')
    throw invalid('failed to trigger the workflow, neither name nor generateName is given');
  return { value, metadata, kind: textOf(value['kind']), name, namespace: textOf(metadata['namespace']) || firing.namespace };
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The command of Argo's own sensor, word for word. */
function byProgram({ operation, args, read }: Ready, { value, metadata, kind, name, namespace }: Subject, naming: Naming): Rendered {
  const command = (words: readonly string[], object?: KubeObject): Rendered => ({
    by: 'program',
    namespace: read.options.namespace ?? namespace,
    command: { words: ['-n', namespace, ...words, ...args], object },
  });
  if (operation === 'submit') return command(['submit', '<file>'], naming({ ...value, metadata }));
  // The program would take it for a flag.
  if (name.startsWith('-')) throw invalid(`"${name}" cannot be the name of a ${kind || 'Workflow'}`);
  if (operation === 'submit-from') return command(['submit', '--from', `${wordOf(kind)}/${name}`]);
  return command([operation, name]);
}

/** As the program calls it. */
function wordOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'cronworkflow') return 'cronwf';
  if (word === 'workflowtemplate' || word === 'clusterworkflowtemplate') return word;
  throw invalid(`invalid kind ${kind}`);
}

function byApi({ operation, read }: Ready, subject: Subject, naming: Naming, template: string): Rendered {
  const { value, metadata, kind, name } = subject;
  const [problem] = read.problems;
  if (problem) throw invalid(problem.problem);
  const { options } = read;
  const namespace = options.namespace ?? subject.namespace;
  const create = (workflow: Unnamed, from: string): Rendered => {
    const wanted = withOptions(workflow, options);
    const object = naming({ ...wanted, metadata: { ...wanted.metadata, namespace } });
    return { by: 'create', object, summary: `submit Workflow ${namespace}/${object.metadata.name}${from}` };
  };
  switch (operation) {
    case 'submit':
      if (kind !== 'Workflow') throw invalid(`submit takes a Workflow, and the source is ${kind ? `a ${kind}` : 'of no kind'}`);
      return create({ apiVersion: workflowVersion, ...value, metadata }, '');
    case 'submit-from': {
      const word = wordOf(kind);
      if (word === 'cronwf') return { by: 'copy', of: { kind: 'CronWorkflow', name }, options, namespace, template };
      return create(ofTemplate(name, word === 'clusterworkflowtemplate'), ` from ${kind} ${name}`);
    }
    case 'resubmit':
      return { by: 'copy', of: { kind: 'Workflow', name }, options, namespace, template };
    case 'retry':
      throw invalid('retry needs the program `argo`, which knows which steps have to run again');
    default:
      return { by: 'change', operation, name, namespace };
  }
}

/** A Workflow with a name of its own. A name counts before a beginning of one. */
export function named(workflow: Unnamed, generate: (generateName: string) => string): KubeObject {
  const { metadata } = workflow;
  return {
    ...workflow,
    metadata: { ...metadata, name: textOf(metadata['name']) || generate(textOf(metadata['generateName'])) },
  } as KubeObject;
}

const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });

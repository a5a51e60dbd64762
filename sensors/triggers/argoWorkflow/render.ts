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
import { type Options, type Read, readArgs } from './args.ts';
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

/** What a firing would do: run the program, make a Workflow, make one of something that has to be read first, or change one. */
export type Rendered =
  | { readonly by: 'program'; readonly command: Command; readonly namespace: string }
  | { readonly by: 'create'; readonly summary: string; readonly object: KubeObject }
  | { readonly by: 'copy'; readonly of: Origin; readonly options: Options; readonly namespace: string; readonly template: string }
  | { readonly by: 'change'; readonly operation: Change; readonly name: string; readonly namespace: string };

export type Change = 'suspend' | 'resume' | 'stop' | 'terminate';

/** What a new Workflow is made of, and has to be read for. */
export interface Origin {
  readonly kind: 'CronWorkflow' | 'Workflow';
  readonly name: string;
}

export interface Command {
  /** Behind the program's name. `<file>` stands for the file with the object. */
  readonly words: readonly string[];
  readonly object: KubeObject | undefined;
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
function byProgram({ operation, args }: Ready, { value, metadata, kind, name, namespace }: Subject, naming: Naming): Rendered {
  const command = (words: readonly string[], object?: KubeObject): Rendered => ({
    by: 'program',
    namespace,
    command: { words: ['-n', namespace, ...words, ...args], object },
  });
  if (operation === 'submit') return command(['submit', '<file>'], naming({ ...value, metadata }));
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

export function describe(rendered: Rendered): string {
  switch (rendered.by) {
    case 'program':
      return ['argo', ...rendered.command.words].join(' ');
    case 'create':
      return rendered.summary;
    case 'copy':
      return rendered.of.kind === 'Workflow'
        ? `resubmit Workflow ${rendered.namespace}/${rendered.of.name}`
        : `submit from CronWorkflow ${rendered.namespace}/${rendered.of.name}`;
    case 'change':
      return `${rendered.operation} Workflow ${rendered.namespace}/${rendered.name}`;
  }
}

export function show(rendered: Rendered): Json {
  switch (rendered.by) {
    case 'program': {
      const { words, object } = rendered.command;
      return { command: ['argo', ...words], ...(object ? { object } : {}) };
    }
    case 'create':
      return { operation: 'submit', object: rendered.object };
    case 'copy': {
      const { of, namespace, options } = rendered;
      const { parameters, ...rest } = options;
      return { from: { ...of, namespace }, options: { ...rest, parameters: Object.fromEntries(parameters) } };
    }
    case 'change':
      return { operation: rendered.operation, name: rendered.name, namespace: rendered.namespace };
  }
}

export const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });

import type { Json } from '../../../src/core/json/json.ts';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import type { Options } from './args.ts';

/** What a firing would do: run the program, make a Workflow, make one of something that has to be read first, or change one. */
export type Rendered =
  | { readonly by: 'program'; readonly command: Command; readonly namespace: string }
  | { readonly by: 'create'; readonly summary: string; readonly object: KubeObject }
  | { readonly by: 'copy'; readonly of: Origin; readonly options: Options; readonly namespace: string; readonly template: string }
  | { readonly by: 'change'; readonly operation: Change; readonly name: string; readonly namespace: string };

export type Change = 'suspend' | 'resume' | 'stop' | 'terminate';

/** What a new Workflow is made of, and has to be read for. */
interface Origin {
  readonly kind: 'CronWorkflow' | 'Workflow';
  readonly name: string;
}

interface Command {
  /** Behind the program's name. `<file>` stands for the file with the object. */
  readonly words: readonly string[];
  readonly object: KubeObject | undefined;
}

/** In one line. */
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

/** Whole. */
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

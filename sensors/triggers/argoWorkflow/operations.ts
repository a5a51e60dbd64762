import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { type KubeObject, nameOf, type ObjectName, type ResourceType } from '../../../src/core/kube/kube.ts';
import { createOnce } from '../k8s/create-once.ts';
import { generatedName, isMarkedBy, labelled, markedBy } from '../k8s/marks.ts';
import { untilLabelled } from '../k8s/policy.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import { runArgo } from './program.ts';
import { named, type Ready } from './render.ts';
import type { Change, Rendered } from './rendered.ts';
import { hidesNodes, resumed, unsupplied } from './resume.ts';
import { again, hasEnded, ofCronWorkflow, withOptions, workflowVersion } from './workflow.ts';

/** What was done, and to which Workflow. */
interface Done {
  readonly summary: string;
  readonly name: ObjectName | undefined;
}

/** Does what was rendered, and waits for the labels that the policy names. */
export async function act(rendered: Rendered, context: TriggerContext, { argo }: Ready): Promise<Outcome> {
  const { kube, signal, policy } = context;
  const { summary, name } = rendered.by === 'program' ? await byProgram(rendered, context, argo!) : await byApi(rendered, context);
  const detail = name ? { workflow: name.name, namespace: name.namespace ?? '' } : {};
  if (!policy?.k8s) return { summary, detail };
  if (!name) throw unknownWorkflow();
  const type = await workflowType(context);
  const state = await untilLabelled(policy.k8s, () => kube.get(type, name, { signal }), context);
  return { summary: `${summary}; ${state}`, detail };
}

const workflowType = ({ kube }: TriggerContext): Promise<ResourceType> => kube.kind(workflowVersion, 'Workflow');

/** Another attempt would make another Workflow. */
const unknownWorkflow = (): EngineError =>
  new EngineError('REMOTE_WORKFLOW', { problem: 'argo has not said which Workflow it made, so that its labels cannot be looked at' });

async function byApi(rendered: Exclude<Rendered, { by: 'program' }>, context: TriggerContext): Promise<Done> {
  const type = await workflowType(context);
  if (rendered.by === 'create') return create(rendered.object, context, type);
  return rendered.by === 'copy' ? copy(rendered, context, type) : change(rendered, context, type);
}

async function create(workflow: KubeObject, context: TriggerContext, type: ResourceType): Promise<Done> {
  const { object, before } = await createOnce(type, labelled(context.firing, workflow, context.clock.now()), context);
  return { summary: `submitted ${nameOf(type, object.metadata)}${before ? ' before' : ''}`, name: object.metadata };
}

/** A new Workflow, of a CronWorkflow as it is now, or of a Workflow that was there before. */
async function copy(
  { of, options, namespace, template }: Rendered & { by: 'copy' },
  context: TriggerContext,
  type: ResourceType,
): Promise<Done> {
  const { kube, firing, signal } = context;
  const origin = await kube.get(await kube.kind(workflowVersion, of.kind), { name: of.name, namespace }, { signal });
  const workflow = withOptions(of.kind === 'Workflow' ? again(origin) : ofCronWorkflow(origin), options);
  const object = named({ ...workflow, metadata: { ...workflow.metadata, namespace } }, (prefix) => generatedName(firing, prefix, template));
  const done = await create(object, context, type);
  return { ...done, summary: `${done.summary} from ${nameOf(of, { name: of.name, namespace })}` };
}

const pasts: Record<Change, string> = { suspend: 'suspended', resume: 'resumed', stop: 'stopped', terminate: 'terminated' };

const shutdowns = { stop: 'Stop', terminate: 'Terminate' } as const;

/** A Workflow that has ended has nothing left to be suspended or stopped, and that is no failure: it may be our own doing. */
async function change(
  { operation, name, namespace }: Rendered & { by: 'change' },
  { kube, signal, clock }: TriggerContext,
  type: ResourceType,
): Promise<Done> {
  const target: ObjectName = { name, namespace };
  const shown = nameOf(type, target);
  const workflow = await kube.get(type, target, { signal });
  const done = (summary: string): Done => ({ summary, name: target });
  if (hasEnded(workflow)) return done(`nothing to ${operation}: ${shown} has ended`);
  if (operation === 'resume') {
    mustBeResumable(workflow, shown);
    const goesOn = resumed(workflow, new Date(clock.now()).toISOString());
    if (!goesOn) return done(`nothing to resume: ${shown} is not suspended`);
    await kube.replace(type, goesOn, { signal });
  } else {
    const spec = operation === 'suspend' ? { suspend: true } : { shutdown: shutdowns[operation] };
    await kube.patch(type, target, { spec }, 'application/merge-patch+json', { signal });
  }
  return done(`${pasts[operation]} ${shown}`);
}

/** Throws REMOTE_WORKFLOW where only the program, or a person, can say how it goes on. */
function mustBeResumable(workflow: KubeObject, shown: string): void {
  const refuse = (problem: string, hint: string) =>
    new EngineError('REMOTE_WORKFLOW', { problem: `resume ${shown}: ${problem}` }, { hint });
  if (hidesNodes(workflow))
    throw refuse('it is so large that its nodes are kept elsewhere', 'run the sensor with the program `argo`, named by --argo');
  const lacking = unsupplied(workflow);
  if (lacking.length > 0)
    throw refuse(`the parameter ${lacking.join(', ')} has not been supplied and has no default`, 'supply it with `argo node set`');
}

/** A name that the program refuses because it is taken may be taken by this very firing. */
async function byProgram(
  { command, namespace }: Rendered & { by: 'program' },
  context: TriggerContext,
  argo: NonNullable<Ready['argo']>,
): Promise<Done> {
  const { kube, firing, signal, clock } = context;
  const { words, object } = command;
  const labelledObject = object && labelled(firing, markedBy(firing, object), clock.now());
  const name = object && { name: object.metadata.name, namespace };
  const summary = `argo ${words.join(' ')}`;
  try {
    const said = await runArgo(argo, { words, object: labelledObject }, signal);
    const made = /^Name:\s*(\S+)/m.exec(said)?.[1];
    return { summary, name: made ? { name: made, namespace } : (name ?? unmade(words, namespace)) };
  } catch (thrown) {
    if (!name || signal.aborted) throw thrown;
    const found = await workflowType(context)
      .then((type) => kube.get(type, name, { signal }))
      .catch(() => undefined);
    if (!found || !isMarkedBy(firing, found)) throw thrown;
    return { summary: `${summary}: submitted before`, name };
  }
}

/** The Workflow that an operation was about, where it made no other. */
function unmade([, , operation, name]: readonly string[], namespace: string): ObjectName | undefined {
  return operation === 'submit' || operation === 'resubmit' ? undefined : { name: name!, namespace };
}

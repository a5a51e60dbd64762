import { distance } from '../../src/core/errors/closest.ts';
import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { type Component, components } from '../../src/core/json/set-path/components.ts';
import { unwrap } from '../../src/core/schema/read.ts';
import { type TriggerSpec, templateSpec } from '../triggers/spec.ts';
import { written } from './written.ts';

/** Parameters whose `dest` is not there, and was probably meant otherwise. */
export function placeAdvice({ template, parameters = [] }: TriggerSpec, at: Path): Finding[] {
  const object = written(template.k8s?.source);
  const own = parameters.flatMap(({ dest }, index) => {
    const steps = components(dest);
    const doubt = steps && (doubtAboutField(steps) ?? doubtBelowResource(steps, object));
    return doubt ? [finding([...at, 'parameters', index, 'dest'], dest, doubt)] : [];
  });
  // With these the parameters edit another object than the one that stands here.
  const isElsewhere = template.k8s?.liveObject || parameters.some(({ dest }) => dest.toLowerCase().startsWith('k8s.source'));
  const ofBlock = isElsewhere || object === undefined ? [] : (template.k8s?.parameters ?? []);
  return [
    ...own,
    ...ofBlock.flatMap(({ dest }, index) => {
      const steps = components(dest);
      const doubt = steps && doubtAboutPlace(object!, steps);
      return doubt ? [finding([...at, 'template', 'k8s', 'parameters', index, 'dest'], dest, doubt)] : [];
    }),
  ];
}

interface Doubt {
  readonly problem: string;
  readonly hint?: string;
}

const finding = (path: Path, dest: string, { problem, hint }: Doubt): Finding =>
  warning('CONFIG_INVALID', path, { problem: `"${dest}" ${problem}` }, hint === undefined ? {} : { hint });

/** A template has no other fields than its schema knows: what is set elsewhere is ignored. Go does not look at the case of names. */
function doubtAboutField(steps: readonly Component[]): Doubt | undefined {
  let schema = unwrap(templateSpec);
  for (const [index, { key }] of steps.entries()) {
    const def = schema?.def;
    if (def?.type === 'array') schema = unwrap(def.element);
    else if (def?.type !== 'object' || !def.shape) return undefined;
    else {
      const known = Object.keys(def.shape);
      const name = known.find((one) => one.toLowerCase() === key.toLowerCase());
      if (name === undefined)
        return { problem: 'is no place in the template of a trigger, so nothing is set', ...hinted(steps, index, near(key, known)) };
      schema = unwrap(def.shape[name]);
    }
  }
  return undefined;
}

function doubtBelowResource(steps: readonly Component[], object: Json | undefined): Doubt | undefined {
  const base = ['k8s', 'source', 'resource'];
  if (object === undefined || !base.every((key, index) => steps[index]?.key.toLowerCase() === key)) return undefined;
  return doubtAboutPlace(object, steps, base.length);
}

const ofMetadata = ['name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences'];

/** Maps whose keys are the author's own. */
const free = new Set([
  'labels',
  'annotations',
  'data',
  'stringData',
  'binaryData',
  'matchLabels',
  'nodeSelector',
  'selector',
  'limits',
  'requests',
]);

function doubtAboutPlace(object: Json, steps: readonly Component[], from = 0): Doubt | undefined {
  let value: Json | undefined = object;
  for (let index = from; index < steps.length && value !== undefined && value !== null; index++) {
    const { key, index: wanted } = steps[index]!;
    const above = steps
      .slice(0, index)
      .map((one) => one.key)
      .join('.');
    if (Array.isArray(value)) {
      const { length }: { length: number } = value;
      if (wanted === undefined) return { problem: `cannot be set: ${above} is a list`, ...hinted(steps, index, `0.${key}`) };
      if (wanted !== 'end' && wanted > length)
        return {
          problem: `leaves null in ${above}, which has ${length} ${length === 1 ? 'element' : 'elements'}`,
          ...hinted(steps, index, String(length)),
        };
      value = wanted === 'end' ? undefined : value[wanted];
    } else if (isObject(value)) {
      if (!Object.hasOwn(value, key)) {
        if (free.has(steps[index - 1]?.key ?? '')) return undefined;
        const meant = near(key, [...Object.keys(value), ...(steps[index - 1]?.key === 'metadata' ? ofMetadata : [])]);
        if (meant === key) return undefined;
        return meant === undefined
          ? undefined
          : { problem: `is not in the object: ${above || 'it'} has no "${key}"`, ...hinted(steps, index, meant) };
      }
      value = value[key];
    } else {
      return { problem: `puts an object in the place of ${JSON.stringify(value)} at ${above}` };
    }
  }
  return undefined;
}

/** The whole path as it was probably meant. */
function hinted(steps: readonly Component[], index: number, meant: string | undefined): { hint?: string } {
  if (meant === undefined) return {};
  const keys = steps.map(({ lookup }) => lookup);
  return { hint: `did you mean ${[...keys.slice(0, index), meant, ...keys.slice(index + 1)].join('.')}?` };
}

/** A slip of the pen only: names of fields are often similar, and a new one is a normal thing to set. */
const near = (word: string, known: readonly string[]): string | undefined =>
  known.find((one) => distance(word.toLowerCase(), one.toLowerCase()) <= (word.length > 5 ? 2 : word.length > 2 ? 1 : 0));

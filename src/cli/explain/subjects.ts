import { closest } from '../../core/errors/closest.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import { jsonSchema } from '../../core/schema/json-schema.ts';
import { fileNameOf, kinds } from '../../manifests/kinds.ts';
import { testFileSchema } from '../../manifests/test-kind.ts';
import { nearest, type Place } from './place.ts';

/** Something whose fields can be explained, with the names by which it is asked for. */
export interface Subject {
  readonly title: string;
  /** As a path begins. */
  readonly name: string;
  readonly shortNames: readonly string[];
  /** All by which it is asked for, in small letters. */
  readonly names: readonly string[];
  /** `argoproj.io/v1alpha1`. */
  readonly version: string;
  readonly summary: string;
  readonly about: string;
  readonly root: () => Place;
}

const ofKinds = kinds.map((one) => ({
  title: one.kind,
  name: fileNameOf(one),
  shortNames: one.shortNames,
  names: [fileNameOf(one), one.kind.toLowerCase(), one.plural, ...one.shortNames],
  version: `${one.group}/${one.version}`,
  summary: one.summary,
  about: one.about,
  root: () => ({ schema: jsonSchema(one.schema), path: '', required: false }),
}));

/** A field of theirs is meant before one of another system's. */
const ownKinds = ofKinds.filter(({ version }) => version.startsWith('argoproj.io/'));

const testFile: Subject = {
  title: 'Test',
  name: 'test',
  shortNames: [],
  names: ['test', 'tests'],
  version: 'files *.test.yaml',
  summary: 'What `sensorium test` reads: events that are given to a Sensor, and what must come of them.',
  about: 'It lies beside the rules in a file named `*.test.yaml` and is no Kubernetes object.',
  root: () => ({ schema: jsonSchema(testFileSchema), path: '', required: false }),
};

export const subjects: readonly Subject[] = [...ofKinds, testFile];

const withGroup = ofKinds.filter(({ name }) => name.includes('.')).map((one) => ({ ...one, names: [one.name] }));

/**
 * The subject that a path begins with, and the steps after it. A path may begin with any field that only one kind has nearest to its
 * top (`k8s`, `filters`, also `filter` where no field is called so). Throws CONFIG_INVALID for a word that nobody knows.
 */
export function subjectOf(path: string): { subject: Subject; steps: string[] } {
  const steps = path.split('.');
  const first = steps[0]!.toLowerCase().replace(/\[.*$/, '');
  const many = first.replace(/y$/, 'ie').concat('s');
  const places = [ownKinds, ofKinds].flatMap((those) => [holders(those, first), holders(those, many)]);
  const isOwnField = places.slice(0, 2).some(({ length }) => length > 0);
  // With its group, another system's kind is meant for certain.
  const lower = path.toLowerCase();
  const named = namedBy(lower, withGroup) ?? namedBy(lower, isOwnField ? [...ownKinds, testFile] : subjects);
  const after = path.slice((named?.name.length ?? 0) + 1).split('.');
  if (named) return { subject: named.subject, steps: after.filter((step) => step !== '') };
  const all = [...places, holders([testFile], first)].find((one) => one.length > 0) ?? [];
  const [best, second] = all;
  if (best && !second) return { subject: best.subject, steps: [best.field, ...steps.slice(1)] };
  if (best) {
    const hint = all.map(({ subject, field }) => [subject.name, field, ...steps.slice(1)].join('.')).join(' or ');
    throw new EngineError('CONFIG_INVALID', { problem: `"${steps[0]}" is a field of several kinds` }, { hint });
  }
  const near = closest(
    first,
    subjects.flatMap(({ names }) => names).filter((name) => name.length > 2),
  );
  throw new EngineError(
    'CONFIG_INVALID',
    { problem: `nothing is known of "${steps[0]}"` },
    { hint: near ? `did you mean "${near}"?` : '`sensorium explain` lists what can be explained' },
  );
}

/** Those that have a field of this name nearest to their top. */
/** The subject whose name the path begins with; the longest name counts. Throws CONFIG_INVALID where two kinds have it. */
function namedBy(path: string, those: readonly Subject[]): { subject: Subject; name: string } | undefined {
  const fitting = those
    .flatMap((subject) => subject.names.map((name) => ({ subject, name })))
    .filter(({ name }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
  const longest = Math.max(...fitting.map(({ name }) => name.length));
  const [one, ...others] = [...new Map(fitting.filter(({ name }) => name.length === longest).map((all) => [all.subject, all])).values()];
  if (others.length === 0) return one;
  const hint = [one, ...others].map((each) => each!.subject.name).join(' or ');
  throw new EngineError('CONFIG_INVALID', { problem: `several kinds are called "${one!.name}"` }, { hint });
}

function holders(among: readonly Subject[], field: string): { subject: Subject; field: string }[] {
  const found = among.flatMap((subject) =>
    nearest(subject.root(), field).map((place) => ({ subject, depth: place.path.split('.').length })),
  );
  const least = Math.min(...found.map(({ depth }) => depth));
  const best = new Set(found.filter(({ depth }) => depth === least).map(({ subject }) => subject));
  return [...best].map((subject) => ({ subject, field }));
}

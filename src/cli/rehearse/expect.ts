/** What came of a test against what was expected. */
import type { Path } from '../../core/errors/finding.ts';
import { isObject, type Json } from '../../core/json/json.ts';
import type { ExpectedFiring, TestSpec } from '../../manifests/test-kind.ts';
import { type Difference, differences, says } from './match.ts';
import type { Asked, Fires, Outcome, Step } from './rehearse.ts';

/** What differs. Paths start at the test; every difference is one line, with further lines that say why. */
export type Failure = Difference & { readonly why?: readonly string[] };

interface Seen {
  readonly asked: readonly Asked[];
  readonly outcomes: readonly Outcome[];
  /** Reasons by dependency and by trigger. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  readonly errors: readonly SeenError[];
}

/** Something that went wrong, which a test must expect by its text or as a reason of the one that it befell. */
interface SeenError {
  readonly of: string;
  readonly text: string;
}

export function failuresOf({ expect }: TestSpec, steps: readonly Step[]): Failure[] {
  const seen = seenIn(steps);
  return [
    ...(expect.fires ? checkFires(expect.fires, seen) : []),
    ...checkReasons(expect.because ?? {}, seen),
    ...checkPayloads((expect.payload ?? {}) as Record<string, Json>, seen),
    ...checkErrors(expect.errors ?? [], expect.because ?? {}, seen),
  ];
}

function seenIn(steps: readonly Step[]): Seen {
  const asked = steps.flatMap((one) => one.asked);
  const outcomes = steps.flatMap((one) => one.outcomes);
  const reasons = new Map<string, string[]>();
  const errors: SeenError[] = [];
  const add = (of: string, reason: string) => reasons.set(of, [...(reasons.get(of) ?? []), reason]);
  const isOther = steps.some(({ title }) => title !== undefined);
  for (const { dependency, refusal } of asked) {
    if (!refusal) continue;
    add(dependency, `${refusal.at}: ${refusal.because}`);
    if (refusal.error)
      errors.push({
        of: dependency,
        text: `${isOther ? 'trigger' : 'dependency'} ${dependency}: ${refusal.place}  ${refusal.at}: ${refusal.because}`,
      });
  }
  for (const outcome of outcomes) {
    const { trigger } = outcome;
    if (outcome.kind === 'waits') add(trigger, `waits for ${outcome.missing.join(', ')}`);
    else if (outcome.kind === 'alone') add(trigger, outcome.because);
    else if (outcome.kind === 'idle') add(trigger, outcome.summary);
    else if (outcome.kind === 'fails') {
      add(trigger, outcome.error.message);
      errors.push({ of: trigger, text: `trigger ${trigger}: ${outcome.place}  ${outcome.error.message}` });
    } else if (outcome.effect && 'error' in outcome.effect) {
      add(trigger, outcome.effect.error.message);
      errors.push({ of: trigger, text: `trigger ${trigger}: the cluster would refuse: ${outcome.effect.error.message}` });
    }
  }
  return { asked, outcomes, reasons, errors };
}

function checkFires(expected: readonly ExpectedFiring[], { outcomes, reasons }: Seen): Failure[] {
  const path: Path = ['expect', 'fires'];
  const fired = outcomes.filter((one) => one.kind === 'fires');
  const names = (list: readonly { trigger: string }[]) => list.map((one) => one.trigger).join(', ') || 'nothing';
  if (expected.length !== fired.length || expected.some((one, index) => one.trigger !== fired[index]!.trigger)) {
    const why = [...reasons].flatMap(([of, texts]) => texts.map((text) => `${of}: ${text}`));
    return [{ path, message: `fired ${names(fired)}; expected ${names(expected)}`, why }];
  }
  return expected.flatMap((one, index) => checkFiring(one, fired[index]!, [...path, index]));
}

function checkFiring(expected: ExpectedFiring, fired: Fires, path: Path): Failure[] {
  const failures: Failure[] = [];
  const compare = (field: keyof ExpectedFiring, actual: Json | undefined, exact: boolean) => {
    const found = differences(expected[field] as Json, actual, { exact });
    failures.push(
      ...found.map(({ path: inner, message }) => ({ path: [...path, field, ...inner], message: `${fired.trigger}: ${message}` })),
    );
  };
  const refuse = (field: keyof ExpectedFiring, problem: string) =>
    failures.push({ path: [...path, field], message: `${fired.trigger}: ${problem}` });

  if (expected.summary !== undefined && !says(fired.summary, expected.summary))
    refuse('summary', `would ${JSON.stringify(fired.summary)}, expected ${JSON.stringify(expected.summary)}`);
  if (expected.rendered !== undefined) compare('rendered', fired.rendered, false);
  for (const field of ['object', 'objectIs'] as const) {
    if (expected[field] === undefined) continue;
    const object = objectIn(fired.rendered);
    if (object === undefined)
      refuse(field, `a trigger of the type ${fired.type} sends no Kubernetes object, or several; compare it by \`rendered\``);
    else compare(field, object, field === 'objectIs');
  }
  for (const field of ['result', 'resultIs'] as const) {
    if (expected[field] === undefined) continue;
    if (!fired.effect)
      refuse(field, 'the result is not known, because nothing says what the cluster holds; add `existing: []` for an empty one');
    else if ('error' in fired.effect) refuse(field, `the cluster would refuse: ${fired.effect.error.message}`);
    else compare(field, fired.effect.changes.at(-1)?.after, field === 'resultIs');
  }
  return failures;
}

/** The only Kubernetes object that is sent. */
function objectIn(rendered: Json): Json | undefined {
  if (Array.isArray(rendered)) return rendered.length === 1 ? rendered[0] : undefined;
  return isObject(rendered) ? rendered['object'] : undefined;
}

function checkReasons(because: Readonly<Record<string, string | readonly string[]>>, { asked, outcomes, reasons }: Seen): Failure[] {
  return Object.entries(because).flatMap(([of, wanted]) => {
    const found = reasons.get(of) ?? [];
    return [wanted].flat().flatMap((text) => {
      if (found.some((reason) => says(reason, text))) return [];
      const path: Path = ['expect', 'because', of];
      if (found.length > 0) return [{ path, message: `${of}: ${found.join('; ')}`, why: [`expected ${text}`] }];
      const passed = asked.some((one) => one.dependency === of) ? 'it let the event pass' : undefined;
      const fired = outcomes.some((one) => one.trigger === of) ? 'it fired' : undefined;
      return [{ path, message: `${of} gave no reason: ${passed ?? fired ?? 'nothing came to it'}`, why: [`expected ${text}`] }];
    });
  });
}

function checkPayloads(expected: Readonly<Record<string, Json>>, { asked }: Seen): Failure[] {
  return Object.entries(expected).flatMap(([dependency, wanted]): Failure[] => {
    const path: Path = ['expect', 'payload', dependency];
    const last = asked.filter((one) => one.dependency === dependency).at(-1);
    if (!last) return [{ path, message: `no event came to ${dependency}` }];
    if (!last.event) return [{ path, message: `${dependency} has no payload: ${last.refusal?.because}` }];
    return differences(wanted, last.event.data?.json).map((one) => ({
      path: [...path, ...one.path],
      message: `${dependency}: ${one.message}`,
    }));
  });
}

/** Every expected error must have happened, and every error must be expected. */
function checkErrors(expected: readonly string[], because: Readonly<Record<string, unknown>>, { errors }: Seen): Failure[] {
  const missing = expected.flatMap((text, index) =>
    errors.some((one) => says(one.text, text))
      ? []
      : [{ path: ['expect', 'errors', index], message: `there was no error ${JSON.stringify(text)}` }],
  );
  const unexpected = errors.filter((one) => !(one.of in because) && !expected.some((text) => says(one.text, text)));
  return [...missing, ...unexpected.map((one) => ({ path: ['name'], message: one.text }))];
}

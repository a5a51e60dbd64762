import { addressOf, branchAddress, replyAddress, stepAddress } from '../addresses.ts';
import { type RuleOf, refOf } from '../rules.ts';
import type { Known } from './consumer.ts';
import { entrancePart, urlAt } from './entrance.ts';
import { fingerprintOf, type Hop, hopTo, onwardTo, sensorOfHops } from './hops.ts';
import { type Made, madeAt, sensorPart, together } from './parts.ts';
import { problemOfPlace } from './standings.ts';

/** Sequences and Parallels. */
export function translateFlows(known: Known): Made {
  const { rules } = known;
  return together([
    ...rules.all('Sequence').map((one) => translateFlow(one, sequenceHops(one, known), known)),
    ...rules.all('Parallel').map((one) => translateFlow(one, parallelHops(one, known), known)),
  ]);
}

function translateFlow(rule: RuleOf<'Sequence'> | RuleOf<'Parallel'>, hops: readonly Hop[], { world }: Known): Made {
  const { kind, metadata } = rule;
  const { name, namespace, uid = '' } = metadata;
  const ref = refOf(rule);
  const entrance = addressOf(kind, name);
  const problem = hops.map(({ consumer }) => problemOfPlace(consumer.place, 'Subscriber')).find((one) => one !== undefined);
  return {
    parts: [
      sensorPart({ id: `${kind} ${namespace}/${name}`, namespace, rules: [ref], from: [uid, hops.map(fingerprintOf)] }, () =>
        sensorOfHops({ name: `${kind}:${name}`, namespace, since: madeAt(metadata), entrance }, hops, world),
      ),
      entrancePart(ref, entrance, world),
    ],
    standings: [{ rule: ref, status: { address: { url: urlAt(ref, world) } }, ...(problem ? { problem } : {}) }],
  };
}

/** Each step gets the answer of the one before it. */
function sequenceHops({ metadata, spec: { steps = [], reply } }: RuleOf<'Sequence'>, known: Known): Hop[] {
  const { name, namespace } = metadata;
  const end = onwardTo(reply, { name: 'reply', address: replyAddress('Sequence', name), namespace }, known);
  const hops = steps.map((step, index) => {
    const isLast = index === steps.length - 1;
    const next = { name: `step ${index + 1}`, isBroker: false, namespace, address: stepAddress(name, index + 1) };
    const at = { name: `step-${index}`, address: stepAddress(name, index), answersTo: isLast ? end.answersTo : next };
    return hopTo(step, step.delivery, at, namespace, known);
  });
  return [...hops, ...end.hops];
}

/** Each branch gets every event, or what its filter answers. */
function parallelHops({ metadata, spec: { branches = [], reply } }: RuleOf<'Parallel'>, known: Known): Hop[] {
  const { name, namespace } = metadata;
  const common = onwardTo(reply, { name: 'reply', address: replyAddress('Parallel', name), namespace }, known);
  const entrance = addressOf('Parallel', name);
  const hops = branches.flatMap((branch, index): Hop[] => {
    const called = `branch-${index}`;
    const own = branch.reply
      ? onwardTo(branch.reply, { name: `${called}/reply`, address: replyAddress('Parallel', name, index), namespace }, known)
      : { answersTo: common.answersTo, hops: [] };
    const passed = { name: `branch ${index}`, isBroker: false, namespace, address: branchAddress(name, index) };
    const filter =
      branch.filter &&
      hopTo(branch.filter, branch.delivery, { name: `${called}/filter`, address: entrance, answersTo: passed }, namespace, known);
    const at = { name: called, address: filter ? passed.address : entrance, answersTo: own.answersTo };
    return [...(filter ? [filter] : []), hopTo(branch.subscriber ?? {}, branch.delivery, at, namespace, known), ...own.hops];
  });
  return [...hops, ...common.hops];
}

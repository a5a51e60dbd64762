/** A profile of V8, as `node --cpu-prof` writes it, summed up by the parts of a process. Times are in microseconds. */

export interface Profile {
  readonly nodes: readonly Node[];
  readonly startTime: number;
  /** The node at work at each look. */
  readonly samples: readonly number[];
  /** From the look before. */
  readonly timeDeltas: readonly number[];
}

interface Node {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

const idle = '(idle)';
const rest = 'Node itself';

/** The first that fits a file counts. What fits none works for its caller: timers, signals, URLs, hashes. */
const parts: readonly (readonly [RegExp, string])[] = [
  [/node_modules\/@nats-io|\/eventbus\//, 'client of the bus'],
  [/node_modules\/undici|^node:_?http|\/src\/core\/http\/|\/triggers\/http\//, 'HTTP'],
  [/\/src\/core\/json\//, 'JSON'],
  [/\/src\/core\/(jq|regex|expression)|\/sensors\/(filters|transforms)\//, 'jq and filters'],
  [/\/sensors\/decisions\//, 'decisions'],
  [/\/src\/core\/telemetry\/|\/src\/cli\/|node_modules\/prom-client/, 'log and metrics'],
  [/\/(sensors|eventsources|src)\//, 'frame'],
  [/^node:(net|internal\/streams?)/, 'sockets and streams'],
];

function partOf({ functionName, url }: Node['callFrame'], caller: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === idle) return idle;
  if (url === '' && (functionName === 'parse' || functionName === 'stringify')) return 'JSON';
  return parts.find(([pattern]) => pattern.test(url))?.[1] ?? caller;
}

/** The time between two moments that was not spent waiting. */
export function timeByPart(
  { nodes, startTime, samples, timeDeltas }: Profile,
  { from, to }: { from: number; to: number },
): Map<string, number> {
  const partById = new Map<number, string>();
  // A caller stands before those that it calls, and leaves its part for them until they have one of their own.
  for (const { id, callFrame, children = [] } of nodes) {
    const part = partOf(callFrame, partById.get(id) ?? rest);
    for (const each of [id, ...children]) partById.set(each, part);
  }
  const times = new Map<string, number>();
  let at = startTime;
  for (const [index, id] of samples.entries()) {
    const took = timeDeltas[index]!;
    at += took;
    const part = partById.get(id)!;
    if (at >= from && at <= to && part !== idle) times.set(part, (times.get(part) ?? 0) + took);
  }
  return times;
}

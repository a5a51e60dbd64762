import type { KubeObject } from '../../core/kube/kube.ts';
import { toYaml } from '../../core/yaml/print.ts';
import { forEyes } from '../screen/redact.ts';
import type { Change } from './cluster.ts';

interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** Unchanged lines that are shown around a change. */
const around = 3;
/** Above so many pairs of lines the middle is shown as replaced whole. */
const mostPairs = 4_000_000;

/** What would change in an object, as lines of YAML: those around a change, and `…` for what is left out. Empty when nothing does. */
export function diffOf({ before, after }: Change): DiffLine[] {
  const [left, right] = [before, after].map((one) => (one ? yamlLines(one) : []));
  const lines = diffLines(left!, right!);
  return lines.some((one) => one.sign !== ' ') ? trimmed(lines) : [];
}

/** Keys of both sides in one order, so that only what differs shows. Secrets are hidden; versions say nothing. */
function yamlLines(object: KubeObject): string[] {
  const { resourceVersion: _, managedFields: __, ...metadata } = object.metadata;
  return toYaml(forEyes({ ...object, metadata })).split('\n');
}

/** The shortest way from one text to another, line by line. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const left = before.slice(start, before.length - end);
  const right = after.slice(start, after.length - end);
  const same = (text: string): DiffLine => ({ sign: ' ', text });
  return [...before.slice(0, start).map(same), ...middle(left, right), ...before.slice(before.length - end).map(same)];
}

/** By the longest common subsequence. */
function middle(left: readonly string[], right: readonly string[]): DiffLine[] {
  const removed = (text: string): DiffLine => ({ sign: '-', text });
  const added = (text: string): DiffLine => ({ sign: '+', text });
  if (left.length * right.length > mostPairs) return [...left.map(removed), ...right.map(added)];
  const width = right.length + 1;
  const common = new Uint32Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      common[i * width + j] =
        left[i] === right[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      lines.push({ sign: ' ', text: left[i]! });
      i += 1;
      j += 1;
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) lines.push(removed(left[i++]!));
    else lines.push(added(right[j++]!));
  }
  return [...lines, ...left.slice(i).map(removed), ...right.slice(j).map(added)];
}

function trimmed(lines: readonly DiffLine[]): DiffLine[] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - around), index + around + 1).some((one) => one.sign !== ' '));
  return lines.flatMap((line, index) => {
    if (near[index]) return [line];
    return index === 0 || near[index - 1] ? [{ sign: ' ' as const, text: '…' }] : [];
  });
}

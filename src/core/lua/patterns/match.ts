import { type Pattern, PatternError, type Step } from './parse.ts';

/** Where a capture lies, from 0; of a position capture the end is undefined. */
export interface Capture {
  readonly start: number;
  readonly end: number | undefined;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly captures: readonly Capture[];
}

/** A repetition that can be gone back to: behind which characters it may end, from where it is now. */
interface Choice {
  readonly step: number;
  at: number;
  /** The first end that is allowed; undefined for a lazy one, which goes on as long as characters fit. */
  readonly least: number | undefined;
  readonly starts: number[];
  readonly ends: number[];
}

/**
 * The first match that begins at `from` or behind it, in a binary string. Choices are kept in a list, so that no text is too long for the
 * stack; `spend` is told of the work and throws when it is too much.
 */
export function find(pattern: Pattern, text: string, from: number, spend: (steps: number) => void): Match | undefined {
  for (let start = from; start <= text.length; start++) {
    const match = matchAt(pattern, text, start, spend);
    if (match || pattern.anchored) return match;
  }
  return undefined;
}

/** All matches, or as many as `limit`, that do not overlap. An empty one counts too. */
export function* findAll(pattern: Pattern, text: string, limit: number, spend: (steps: number) => void): Iterable<Match> {
  let from = 0;
  for (let count = 0; count !== limit; count++) {
    const match = find(pattern, text, from, spend);
    if (!match) return;
    yield match;
    if (pattern.anchored) return;
    from = Math.max(match.end, match.start + 1);
  }
}

/** Steps of the matcher between two looks at the meter. */
const batch = 64;

function matchAt({ steps, captures }: Pattern, text: string, start: number, spend: (steps: number) => void): Match | undefined {
  const choices: Choice[] = [];
  /** Replaced, not changed, when there is something to go back to. */
  let starts: number[] = new Array(captures).fill(-1);
  let ends: number[] = new Array(captures).fill(-1);
  let step = 0;
  let at = start;
  let work = 0;
  for (;;) {
    if (++work >= batch) {
      spend(work >> 1);
      work = 0;
    }
    const one = steps[step]!;
    let fits = true;
    switch (one.op) {
      case 'char':
        fits = at < text.length && one.fits(text.charCodeAt(at));
        at += 1;
        step += 1;
        break;
      case 'greedy': {
        const least = at + one.least;
        const end = Math.min(at + one.most, text.length);
        while (at < end && one.fits(text.charCodeAt(at))) at += 1;
        work += (at - least) >> 3;
        fits = at >= least;
        if (at > least) choices.push({ step, at, least, starts, ends });
        step += 1;
        break;
      }
      case 'lazy':
        choices.push({ step, at, least: undefined, starts, ends });
        step += 1;
        break;
      case 'open':
        starts = starts.with(one.capture, at);
        ends = ends.with(one.capture, -1);
        step += 1;
        break;
      case 'close':
        ends = ends.with(one.capture, at);
        step += 1;
        break;
      case 'position':
        starts = starts.with(one.capture, at);
        ends = ends.with(one.capture, -2);
        step += 1;
        break;
      case 'again': {
        if (one.capture >= captures || ends[one.capture]! === -1) throw new PatternError('invalid capture index');
        const [from, to] = [starts[one.capture]!, ends[one.capture]!];
        const piece = to < 0 ? '' : text.slice(from, to);
        work += 1;
        spend(piece.length >> 4);
        fits = text.startsWith(piece, at);
        at += piece.length;
        step += 1;
        break;
      }
      case 'balance': {
        const end = balanced(text, at, one.begin, one.end);
        spend(((end ?? text.length) - at) >> 4);
        fits = end !== undefined;
        at = end ?? at;
        step += 1;
        break;
      }
      case 'frontier':
        fits = one.fits(byteAt(text, at)) && !one.fits(byteAt(text, at - 1));
        step += 1;
        break;
      case 'tail':
        fits = at >= text.length;
        step += 1;
        break;
      case 'end':
        spend(work >> 1);
        return {
          start,
          end: at,
          captures: starts.map((from, index) => ({ start: from, end: ends[index]! < 0 ? undefined : ends[index] })),
        };
    }
    if (fits) continue;
    const choice = nextChoice(steps, choices, text);
    if (!choice) {
      spend((work >> 1) + 1);
      return undefined;
    }
    ({ at, starts, ends } = choice);
    step = choice.step + 1;
  }
}

/** Takes one character from the last greedy repetition, or gives one to the last lazy one; undefined when none is left. */
function nextChoice(steps: readonly Step[], choices: Choice[], text: string): Choice | undefined {
  for (let choice = choices.at(-1); choice; choices.pop(), choice = choices.at(-1)) {
    if (choice.least !== undefined) {
      choice.at -= 1;
      if (choice.at <= choice.least) choices.pop();
      return choice;
    }
    const one = steps[choice.step] as Extract<Step, { op: 'lazy' }>;
    if (choice.at < text.length && one.fits(text.charCodeAt(choice.at))) {
      choice.at += 1;
      return choice;
    }
  }
  return undefined;
}

/** Outside of the text it is 0, as in C. */
const byteAt = (text: string, at: number): number => (at < 0 || at >= text.length ? 0 : text.charCodeAt(at));

/** The end of a piece that starts with `begin` and in which each `begin` has its `end`. */
function balanced(text: string, start: number, begin: number, end: number): number | undefined {
  if (start >= text.length || text.charCodeAt(start) !== begin) return undefined;
  let open = 1;
  for (let at = start + 1; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    if (byte === end) {
      open -= 1;
      if (open === 0) return at + 1;
    } else if (byte === begin) open += 1;
  }
  return undefined;
}

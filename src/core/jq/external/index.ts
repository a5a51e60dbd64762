/**
 * The real jq (or gojq) in place of our own: one long-lived child, which gets an event as a line and answers with a line.
 *
 *     await using jq = openExternalJq({ path: '/usr/bin/jq', clock });
 *     await jq.compile('.a += 1').first({ a: 1 });   // { a: 2 }
 *
 * All programs run in the one child (when they are very large, in several), which is started with the first event and anew when a
 * program is added or when it ended. An event
 * has one second. The one that the child could not finish gets EVENT_LIMIT, the child is killed, and those behind it are asked again. The
 * child has no environment, and programs see nothing but their event, as far as definitions in jq can see to that: the time is the
 * machine's, and a program of another rule can be held up for that second.
 */
import { EngineError } from '../../errors/engine-error.ts';
import type { Json } from '../../json/json.ts';
import { parseJson } from '../../json/parse.ts';
import { stringifyJson } from '../../json/stringify.ts';
import type { Clock } from '../../time/clock.ts';
import type { JqEngine, JqEngineProgram } from '../engine.ts';
import { checkProgram, largestProgram, versionOf } from './check.ts';
import { Child, type Ending, type Question } from './child.ts';
import { wrap } from './wrap.ts';

export interface ExternalJqOptions {
  /** The program: an absolute path. */
  readonly path: string;
  /** Where util-linux's `prlimit` is, which keeps the child from taking all memory; without it only the time is limited. */
  readonly prlimit?: string | undefined;
  readonly clock: Clock;
}

export interface ExternalJq extends JqEngine, AsyncDisposable {
  /** As the program says it: `jq-1.6`, `gojq 0.12.19 …`. */
  readonly version: string;
}

/** Milliseconds for one event. */
const deadline = 1_000;
/** Bytes that the child may use. */
const memory = 512 * 1024 * 1024;
/** Characters of an answer. */
const longest = 64 * 1024 * 1024;
/** Events that are with the child at once: enough to keep it busy, few to be asked again when it ends. */
const mostBusy = 32;

/** Throws EngineError CONFIG_JQ_ENGINE when what is there is no jq. */
export function openExternalJq(options: ExternalJqOptions): ExternalJq {
  const { path, prlimit } = options;
  const version = versionOf(path);
  const command = [...(prlimit ? [prlimit, `--data=${memory}`] : []), path, ...(version.startsWith('jq') ? ['--unbuffered'] : [])];
  const exchanges: Exchange[] = [];
  const exchangeFor = (program: string): Exchange => {
    const last = exchanges.at(-1);
    if (last?.hasRoomFor(program)) return last;
    const next = new Exchange(command, options.clock);
    exchanges.push(next);
    return next;
  };
  const known = new Map<string, JqEngineProgram>();
  return {
    version,
    compile(program) {
      let compiled = known.get(program);
      if (!compiled) {
        checkProgram(path, program);
        let exchange: Exchange | undefined;
        compiled = {
          first(input) {
            exchange ??= exchangeFor(program);
            return exchange.first(program, input);
          },
        };
        known.set(program, compiled);
      }
      return compiled;
    },
    async [Symbol.asyncDispose]() {
      for (const exchange of exchanges) exchange.close();
    },
  };
}

/** The child's questions and answers, over all the children that there are one after another. */
class Exchange {
  readonly #command: readonly string[];
  readonly #clock: Clock;
  /** Those that have met an event, by their number in the child. */
  readonly #programs = new Map<string, number>();
  #size = 0;
  #waiting: Question[] = [];
  /** The one that is asked; others may still have answers to give. */
  #child: Child | undefined;
  readonly #children = new Set<Child>();
  #closed = false;

  constructor(command: readonly string[], clock: Clock) {
    this.#command = command;
    this.#clock = clock;
  }

  hasRoomFor(program: string): boolean {
    return this.#size + program.length <= largestProgram;
  }

  first(program: string, input: Json): Promise<Json | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        line: `[${this.#numberOf(program)},${stringifyJson(input)}]`,
        deaths: 0,
        answer: (line) => {
          try {
            resolve(outputIn(line));
          } catch (thrown) {
            reject(thrown);
          }
        },
      });
      this.#pump();
    });
  }

  /** What has not been answered never is: whoever asked must be gone. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    for (const child of this.#children) child.kill('dead');
  }

  #numberOf(program: string): number {
    const known = this.#programs.get(program);
    if (known !== undefined) return known;
    const number = this.#programs.size;
    this.#programs.set(program, number);
    this.#size += program.length;
    this.#child?.retire();
    this.#child = undefined;
    return number;
  }

  #pump(): void {
    if (this.#closed) return;
    while (this.#waiting.length > 0 && (this.#child?.busy ?? 0) < mostBusy) {
      this.#child ??= this.#start();
      this.#child.ask(this.#waiting.shift()!);
    }
  }

  #start(): Child {
    const child: Child = new Child({
      command: this.#command,
      program: wrap([...this.#programs.keys()]),
      clock: this.#clock,
      deadline,
      longest,
      answered: () => this.#pump(),
      ended: (unanswered, ending) => {
        this.#children.delete(child);
        if (this.#child === child) this.#child = undefined;
        this.#again(unanswered, ending);
      },
    });
    this.#children.add(child);
    return child;
  }

  /** A child that ended by itself may have been killed by somebody, so its oldest question gets a second chance. */
  #again(unanswered: Question[], ending: Ending): void {
    const [oldest] = unanswered;
    if (oldest && (ending !== 'dead' || ++oldest.deaths > 1)) unanswered.shift()!.answer(JSON.stringify({ ending }));
    this.#waiting.unshift(...unanswered);
    this.#pump();
  }
}

const limits: Readonly<Record<Ending, { limit: string; what: string }>> = {
  late: { limit: `${deadline / 1000} s`, what: 'the jq program does not seem to end' },
  large: { limit: `${longest} characters`, what: 'the jq program builds too much' },
  dead: { limit: `${memory} bytes`, what: 'the jq program has ended its process' },
};

function outputIn(line: string): Json | undefined {
  const answer = answerIn(line) as [[Json?], undefined] | [null, Json] | { ending: Ending };
  if (!Array.isArray(answer)) throw new EngineError('EVENT_LIMIT', limits[answer.ending]);
  const [outputs, error] = answer;
  if (outputs) return outputs[0];
  const problem = typeof error === 'string' ? error : `error: ${stringifyJson(error as Json)}`;
  throw new EngineError('EVENT_TRANSFORM_FAILED', { problem });
}

/** jq 1.6 prints what cannot be read where a value is nested too deeply. */
function answerIn(line: string): Json {
  try {
    return parseJson(line);
  } catch (cause) {
    throw new EngineError('EVENT_TRANSFORM_FAILED', { problem: 'the output of jq cannot be read as JSON' }, { cause });
  }
}

/**
 * A process of its own that answers questions of a benchmark: a caller, a target, a sketch. It ends when the benchmark does.
 *
 * Times that processes tell each other are of `now()`: milliseconds of the machine's one steady clock.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

type Answers = Readonly<Record<string, (question: never) => unknown>>;
type Question<A extends Answers, K extends keyof A> = Parameters<A[K]>[0];
type Answer<A extends Answers, K extends keyof A> = Awaited<ReturnType<A[K]>>;

interface Asked {
  readonly number: number;
  readonly name: string;
  readonly question: unknown;
}

interface Answered {
  readonly number: number;
  readonly answer?: unknown;
  readonly failed?: string;
}

export interface Child<A extends Answers> extends AsyncDisposable {
  readonly pid: number;
  /** Rejects when the child could not answer, or has ended. */
  ask<K extends keyof A & string>(name: K, question: Question<A, K>): Promise<Answer<A, K>>;
}

/** Starts a program of this folder that calls `answer`. */
export function startChild<A extends Answers>(file: string, words: readonly string[] = []): Child<A> {
  const child = fork(join(import.meta.dirname, `${file}.js`), words, { serialization: 'advanced', execArgv: [] });
  const ended = once(child, 'exit');
  const open = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  child.on('message', ({ number, answer, failed }: Answered) => {
    const { resolve, reject } = open.get(number)!;
    open.delete(number);
    if (failed === undefined) resolve(answer as never);
    else reject(new Error(`${file}: ${failed}`));
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of open.values()) reject(new Error(`${file} ended with ${code ?? signal}`));
  });
  return {
    pid: child.pid!,
    ask: (name, question) =>
      new Promise((resolve, reject) => {
        open.set(asked, { resolve, reject });
        child.send({ number: asked++, name, question } satisfies Asked);
      }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** In the child: answers until the benchmark is gone. */
export function answer<A extends Answers>(answers: A): A {
  process.on('message', async ({ number, name, question }: Asked) => {
    try {
      process.send!({ number, answer: await answers[name]!(question as never) } satisfies Answered);
    } catch (thrown) {
      process.send!({ number, failed: String(thrown) } satisfies Answered);
    }
  });
  process.on('disconnect', () => process.exit());
  return answers;
}

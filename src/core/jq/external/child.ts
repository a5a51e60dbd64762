import { spawn } from 'node:child_process';
import type { Clock } from '../../time/clock.ts';

/** One line to ask, and who waits for the line that answers it. */
export interface Question {
  readonly line: string;
  /** How many children have ended with it as their oldest question. */
  deaths: number;
  answer(line: string): void;
}

/** Why a child ended: we ended it because its oldest question took too long or its answer was too long, or it ended by itself. */
export type Ending = 'late' | 'large' | 'dead';

interface ChildOptions {
  readonly command: readonly string[];
  readonly program: string;
  readonly clock: Clock;
  /** Milliseconds that the oldest question may take. */
  readonly deadline: number;
  /** Characters that an answer may have. */
  readonly longest: number;
  /** Called once, at the end. Questions in the order in which they were asked. */
  ended(unanswered: Question[], ending: Ending): void;
  /** An answer has come. */
  answered(): void;
}

/** A process that answers each line with one line, in order. It has no environment. */
export class Child {
  readonly #options: ChildOptions;
  readonly #process;
  readonly #asked: Question[] = [];
  #ending: Ending | undefined;
  #text = '';
  #cancelDeadline: (() => void) | undefined;

  constructor(options: ChildOptions) {
    this.#options = options;
    const [file, ...words] = options.command;
    this.#process = spawn(file!, [...words, '-c', options.program], { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] });
    // A pipe that breaks is told by the end of the process.
    this.#process.stdin.on('error', () => {});
    this.#process.stdout.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk));
    this.#process.on('error', () => this.#end('dead')).on('close', () => this.#end('dead'));
  }

  /** Questions without an answer. */
  get busy(): number {
    return this.#asked.length;
  }

  ask(question: Question): void {
    this.#asked.push(question);
    this.#process.stdin.write(`${question.line}\n`);
    if (this.#asked.length === 1) this.#startDeadline();
  }

  /** No more is asked; it ends when the rest is answered. */
  retire(): void {
    this.#process.stdin.end();
  }

  kill(ending: Ending): void {
    this.#process.kill('SIGKILL');
    this.#end(ending);
  }

  #read(chunk: string): void {
    if (this.#ending) return;
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      const line = this.#text + chunk.slice(from, end);
      this.#text = '';
      from = end + 1;
      this.#cancelDeadline?.();
      const question = this.#asked.shift();
      if (this.#asked.length > 0) this.#startDeadline();
      question?.answer(line);
      this.#options.answered();
    }
    this.#text += chunk.slice(from);
    if (this.#text.length > this.#options.longest) this.kill('large');
  }

  /** Should our own process have been busy all the time, the answer may be here already: it is read before the child is ended. */
  #startDeadline(): void {
    const oldest = this.#asked[0];
    this.#cancelDeadline = this.#options.clock.after(this.#options.deadline, () =>
      setImmediate(() => {
        if (!this.#ending && this.#asked[0] === oldest) this.kill('late');
      }),
    );
  }

  #end(ending: Ending): void {
    if (this.#ending) return;
    this.#ending = ending;
    this.#cancelDeadline?.();
    this.#options.ended(this.#asked.splice(0), ending);
  }
}

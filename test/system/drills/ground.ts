import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../../../src/core/kube/kube.ts';
import { eventually } from '../../support/eventually.ts';
import { kubeconfigOfNone } from '../../support/kubeconfig.ts';
import { asProcess, type Process } from '../../support/process.ts';
import { randomNumbers } from '../../support/random.ts';
import { startSensorium } from '../../support/sensorium.ts';
import { Ledger } from './ledger.ts';

/** How our programs are started. */
export interface StartOptions {
  /** The address of the bus. */
  readonly bus: string;
  /** Nobody is asked about Kubernetes if left out. */
  readonly kubeconfig?: string;
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves as soon as its port is known, instead of when it is ready. */
  readonly atOnce?: boolean;
}

export interface GroundOptions {
  readonly seed: number;
  readonly short: boolean;
  readonly verbose: boolean;
}

/** Where a drill takes place: what it starts ends with it, what it writes down is its ledger, and chance comes from its seed. */
export class Ground implements AsyncDisposable {
  readonly ledger = new Ledger();
  readonly folder = mkdtempSync(join(tmpdir(), 'sensorium-drill-'));
  readonly random: () => number;
  readonly #options: GroundOptions;
  readonly #began = performance.now();
  readonly #things: AsyncDisposable[] = [];
  #files = 0;

  constructor(options: GroundOptions) {
    this.#options = options;
    this.random = randomNumbers(options.seed);
  }

  /** `whole`, or `short` in the short form. */
  size<T>(whole: T, short: T): T {
    return this.#options.short ? short : whole;
  }

  /** An integer, ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  /** Shown with `--verbose`. */
  say(text: string): void {
    if (this.#options.verbose) console.log(`  ${((performance.now() - this.#began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  }

  /** It ends when the drill does, the last one first. */
  keep<T extends AsyncDisposable>(thing: T): T {
    this.#things.push(thing);
    return thing;
  }

  /** Writes rules into a file of the ground and returns its path. */
  write(rules: readonly KubeObject[]): string {
    const file = join(this.folder, `rules-${this.#files++}.yaml`);
    // JSON is YAML.
    writeFileSync(file, rules.map((rule) => JSON.stringify(rule)).join('\n---\n'));
    return file;
  }

  /** Starts `sensorium eventsource`, `sensorium sensor` or `sensorium run`, as users do; resolves when it is ready. */
  async start(part: 'eventsource' | 'sensor' | 'run', file: string, options: StartOptions): Promise<Process> {
    const { bus, kubeconfig = this.#noCluster(), words = [], env = {}, atOnce = false } = options;
    const fixed = ['--bus', bus, '--kubeconfig', kubeconfig, '--host', '127.0.0.1', '--log-level', 'info'];
    const process = await asProcess(this.keep(startSensorium([part, file, ...fixed, ...words], { env })));
    if (!atOnce) await process.ready();
    return process;
  }

  /** Runs a command to its end and resolves with what it wrote; throws unless it ends well. */
  async command(...words: readonly string[]): Promise<string> {
    const program = this.keep(startSensorium(words));
    const code = await program.ended;
    if (code !== 0) throw new Error(`sensorium ${words.join(' ')} ended with ${code}: ${program.output()}`);
    return program.output();
  }

  /** Waits until every accepted number is done or parked. What is still missing after `within` milliseconds without progress is lost. */
  async untilQuiet(within = 60_000, look: () => Promise<void> | void = () => {}): Promise<void> {
    let [left, since] = [Number.POSITIVE_INFINITY, performance.now()];
    await eventually(async () => {
      await look();
      const { length } = this.ledger.missing();
      if (length < left) [left, since] = [length, performance.now()];
      return length === 0 || performance.now() - since > within;
    }, 3_600_000);
    this.say(`quiet, ${this.ledger.missing().length} missing`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const thing of this.#things.reverse()) await thing[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #noCluster(): string {
    const file = join(this.folder, 'kubeconfig');
    writeFileSync(file, kubeconfigOfNone);
    return file;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { find } from '../../tools/servers.mjs';
import { kill, lastWords } from './child.ts';

export interface Nats extends AsyncDisposable {
  /** `nats://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Ends it at once (SIGKILL). Its data stay. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same data; `config` replaces what it was told before. */
  restart(config?: string): Promise<void>;
}

/** A nats-server of its own, with JetStream, on a free port of 127.0.0.1. `config` is text of its configuration file. */
export async function startNats(options: { config?: string; program?: string; jetstream?: boolean } = {}): Promise<Nats> {
  const program = options.program ?? find('nats-server');
  if (!program) throw new Error('nats-server is missing: node tools/servers.mjs builds it');
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-nats-'));
  const data = options.jetstream === false ? [] : ['-js', '-sd', join(folder, 'data')];
  let child: ChildProcess | undefined;
  let port = -1;
  let config = options.config ?? '';

  async function start(): Promise<void> {
    writeFileSync(join(folder, 'nats.conf'), config);
    for (const old of portFiles()) rmSync(old);
    const words = ['-a', '127.0.0.1', '-p', String(port), '--ports_file_dir', folder, ...data, '-c', join(folder, 'nats.conf')];
    child = spawn(program!, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    const output = lastWords(child.stderr!);
    for (let round = 0; portOf(portFiles()[0]) === undefined; round++) {
      if (child.exitCode !== null || round > 2000) throw new Error(`nats-server did not start: ${output()}`);
      await delay(5);
    }
    port = portOf(portFiles()[0])!;
  }
  const portFiles = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ports'))
      .map((name) => join(folder, name));

  await start();
  return {
    get url() {
      return `nats://127.0.0.1:${port}`;
    },
    get port() {
      return port;
    },
    kill: () => kill(child),
    async restart(text) {
      await kill(child);
      config = text ?? config;
      await start();
    },
    async [Symbol.asyncDispose]() {
      await kill(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The port in the file that the server writes; undefined while the file is not there or half written. */
function portOf(file: string | undefined): number | undefined {
  const text = file === undefined ? '' : readFileSync(file, 'utf8').trim();
  if (!text.endsWith('}')) return undefined;
  return Number(new URL((JSON.parse(text) as { nats: string[] }).nats[0]!).port);
}

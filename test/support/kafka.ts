import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { find } from '../../tools/servers.mjs';
import { kill, lastWords } from './child.ts';

export interface Kafka extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly broker: string;
  /** Ends it at once (SIGKILL). Its data stay. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same data. */
  restart(): Promise<void>;
}

export interface KafkaOptions {
  /** Of each topic; 1 when left out. Topics are made when a client asks for them. */
  readonly partitions?: number;
  /** `MECHANISM:user:password` */
  readonly user?: string;
  /** PEM files; with them TLS is spoken. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** A Kafka broker of its own on a free port of 127.0.0.1. */
export async function startKafka({ partitions = 1, user, tls }: KafkaOptions = {}): Promise<Kafka> {
  const program = find('kfake');
  if (!program) throw new Error('kfake is missing: node tools/servers.mjs builds it');
  const data = mkdtempSync(join(tmpdir(), 'sensorium-kafka-'));
  let child: ChildProcess | undefined;
  let broker = '127.0.0.1:0';

  async function start(): Promise<void> {
    const words = ['-data', data, '-port', broker.split(':')[1]!, '-partitions', String(partitions)];
    if (user) words.push('-user', user);
    if (tls) words.push('-cert', tls.cert, '-key', tls.key);
    const starting = spawn(program!, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    child = starting;
    const output = lastWords(starting.stderr);
    broker = await new Promise<string>((resolve, reject) => {
      createInterface(starting.stdout).once('line', resolve);
      starting.once('exit', () => reject(new Error(`kfake did not start: ${output()}`)));
    });
  }

  await start();
  return {
    get broker() {
      return broker;
    },
    kill: () => kill(child),
    async restart() {
      await kill(child);
      await start();
    },
    async [Symbol.asyncDispose]() {
      await kill(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

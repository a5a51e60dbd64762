import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { find } from '../../tools/servers.mjs';

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
    let output = '';
    starting.stderr.on('data', (chunk: Buffer) => {
      output = (output + chunk).slice(-4000);
    });
    broker = await new Promise<string>((resolve, reject) => {
      createInterface(starting.stdout).once('line', resolve);
      starting.once('exit', () => reject(new Error(`kfake did not start: ${output}`)));
    });
  }

  async function kill(): Promise<void> {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill('SIGKILL');
    await once(ending, 'exit');
  }

  await start();
  return {
    get broker() {
      return broker;
    },
    kill,
    async restart() {
      await kill();
      await start();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

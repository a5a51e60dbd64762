import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { find } from '../../tools/servers.mjs';
import { kubeconfig } from './kubeconfig.ts';

/** How a test reaches a running kube-apiserver. */
export interface ApiServerAddress {
  readonly server: string;
  /** Of a member of system:masters. */
  readonly token: string;
  /** Of the user `nobody`, who may do nothing until a Role says so. */
  readonly nobody: string;
  readonly ca: string;
  readonly caFile: string;
  readonly kubeconfigPath: string;
}

export interface ApiServer extends ApiServerAddress, AsyncDisposable {
  /** Ends the API server at once (SIGKILL); etcd stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with the same objects; resolves when it is ready. */
  restart(): Promise<void>;
  /** Forgets all that was before now: whoever asks for what came after something older is told 410. */
  compact(): Promise<void>;
}

/** True when etcd and kube-apiserver are here. In CI they must be: there it throws instead of answering false. */
export function haveApiServer(): boolean {
  const missing = ['etcd', 'kube-apiserver'].filter((name) => find(name) === undefined);
  if (missing.length > 0 && process.env.CI) throw new Error(`${missing.join(' and ')} missing: node tools/servers.mjs builds them`);
  return missing.length === 0;
}

/** An API server of the caller's own: 3 to 5 s, 250 MB. Take `sharedApiServer` unless the test kills it. */
export async function startApiServer(): Promise<ApiServer> {
  const { address, etcd, etcdUrl, startKube, folder } = await launch();
  let kube = await startKube();
  const askEtcd = async (path: string, body: object): Promise<{ header: { revision: string } }> => {
    const answer = await fetch(`${etcdUrl}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`etcd: ${await answer.text()}`);
    return (await answer.json()) as { header: { revision: string } };
  };
  return {
    ...address(),
    async kill() {
      await kube.end();
    },
    async restart() {
      await kube.end();
      kube = await startKube();
    },
    async compact() {
      const { header } = await askEtcd('range', { key: 'AA==' });
      await askEtcd('compaction', { revision: header.revision, physical: true });
    },
    async [Symbol.asyncDispose]() {
      await kube.end();
      await etcd.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The one API server of this test run. Whoever asks first starts it, in whichever thread; it ends by itself when the process of
 * the test run is gone. Work in a namespace of your own (`uniqueName`) and do not count on an empty server.
 */
export async function sharedApiServer(): Promise<ApiServerAddress> {
  const meeting = join(tmpdir(), `sensorium-kube-${process.pid}`);
  const note = join(meeting, 'address.json');
  try {
    mkdirSync(meeting);
  } catch {
    for (let waited = 0; waited < 60_000; waited += 50) {
      if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as ApiServerAddress;
      await delay(50);
    }
    throw new Error(`the thread that starts the API server wrote no ${note} within a minute`);
  }
  const { address, etcd, startKube, folder } = await launch();
  const kube = await startKube();
  etcd.letGo();
  kube.letGo();
  cleanUpAfterUs([folder, meeting]);
  writeFileSync(`${note}.new`, JSON.stringify(address()));
  renameSync(`${note}.new`, note);
  return address();
}

/** A name that no other test uses. */
export const uniqueName = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`;

async function launch() {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-kube-'));
  const [clientPort, peerPort, kubePort] = await freePorts(3);
  const token = randomUUID();
  const nobody = randomUUID();
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,admin,system:masters\n${nobody},nobody,nobody\n`);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  writeFileSync(join(folder, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));

  const clientUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const etcd = start('etcd', folder, [
    `--data-dir=${join(folder, 'etcd')}`,
    '--unsafe-no-fsync',
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
  ]);

  const server = `https://127.0.0.1:${kubePort}`;
  const caFile = join(folder, 'certs', 'apiserver.crt');
  const startKube = async () => {
    const kube = start('kube-apiserver', folder, [
      `--etcd-servers=${clientUrl}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${join(folder, 'sa.pub')}`,
      `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
      `--token-auth-file=${join(folder, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      `--cert-dir=${join(folder, 'certs')}`,
      `--secure-port=${kubePort}`,
      '--bind-address=127.0.0.1',
      '--service-cluster-ip-range=10.0.0.0/16',
      '--disable-admission-plugins=ServiceAccount',
    ]);
    await untilReady(server, token, kube);
    return kube;
  };

  const kubeconfigPath = join(folder, 'kubeconfig');
  const address = (): ApiServerAddress => ({ server, token, nobody, ca: readFileSync(caFile, 'utf8'), caFile, kubeconfigPath });
  writeFileSync(kubeconfigPath, kubeconfig({ server, caFile, token }));
  return { folder, etcd, etcdUrl: clientUrl, startKube, address };
}

function start(name: string, folder: string, words: string[]) {
  const log = openSync(join(folder, `${name}.log`), 'a');
  const child = spawn(find(name)!, words, { cwd: folder, stdio: ['ignore', log, log] });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started`);
  whenWeAreGone(`kill -9 ${pid}`, `kill -0 ${pid}`);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    log: join(folder, `${name}.log`),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** Lets this process end without it. */
    letGo: () => child.unref(),
    async end() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function untilReady(server: string, token: string, kube: ReturnType<typeof start>): Promise<void> {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  try {
    for (let waited = 0; waited < 60_000; waited += 50) {
      if (kube.hasEnded()) break;
      const answer = await request(`${server}/readyz`, { dispatcher, headers: { authorization: `Bearer ${token}` } }).catch(
        () => undefined,
      );
      await answer?.body.dump();
      if (answer?.statusCode === 200) return;
      await delay(50);
    }
    throw new Error(`kube-apiserver did not become ready:\n${readFileSync(kube.log, 'utf8').slice(-2000)}`);
  } finally {
    await dispatcher.destroy();
  }
}

/** Removes folders after this process and its servers are gone. */
const cleanUpAfterUs = (folders: readonly string[]): void => whenWeAreGone(`sleep 1; rm -rf ${folders.join(' ')}`);

/** A shell that waits for this process to go, as long as `condition` holds, and then does something: so it is done after a kill -9 too. */
function whenWeAreGone(command: string, condition = 'true'): void {
  const script = `while kill -0 ${process.pid} 2>/dev/null; do ${condition} 2>/dev/null || exit; sleep 1; done; ${command}`;
  spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }).unref();
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

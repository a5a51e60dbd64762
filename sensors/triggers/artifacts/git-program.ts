import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialsOf } from '../../../src/core/access/basic-auth.ts';
import { secretsOf } from '../../../src/core/access/secrets.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { basic } from '../../../src/core/http/basic.ts';
import { shownUrl } from '../../../src/core/http/url.ts';
import { spawnGroup } from '../../../src/core/lifecycle/spawn-group.ts';
import type { TriggerContext } from '../trigger.ts';
import { ledTo, type Place } from './git-led.ts';
import { wayTo } from './git-way.ts';
import { largest } from './kept.ts';
import { cannotRead } from './refuse.ts';
import type { GitSpec } from './spec.ts';

/** Milliseconds for everything that is done with a repository. */
const within = 60_000;

export interface Git {
  /** Of the file and its repository, for messages. */
  readonly name: string;
  /** The repository, as the program is to be told it. */
  readonly url: string;
  /** A folder that goes away afterwards. */
  readonly folder: string;
  /** What the program writes. Rejects with CONFIG_FILE_MISSING and the program's words. */
  run(words: readonly string[]): Promise<string>;
}

/** Asked by git for user and password; it reads them from the files beside it. */
const askpass = `#!/bin/sh
case "$1" in
  [Uu]sername*) cat "\${0%/*}/username" ;;
  *) cat "\${0%/*}/password" ;;
esac
`;

/**
 * Runs the `git` program with the credentials of the rule, which are in files that only we can read and that go away afterwards. It asks
 * nobody, uses no configuration of this machine, goes to no other host than that of the URL and that to which its server leads, and is
 * ended after a minute.
 */
export async function withGit<T>(
  spec: GitSpec,
  url: string,
  { kube, clock, firing: { namespace } }: TriggerContext,
  signal: AbortSignal,
  work: (git: Git) => Promise<T>,
): Promise<T> {
  const name = `${spec.filePath} of ${shownUrl(url)}`;
  const folder = await mkdtemp(join(tmpdir(), 'sensorium-git-'));
  const deadline = AbortSignal.timeout(within);
  try {
    const secrets = secretsOf(kube, namespace);
    const keep = (file: string, text: string, mode = 0o600) => writeFile(join(folder, file), text, { mode });
    const credentials = spec.creds && (await credentialsOf(spec.creds, secrets, signal));
    if (credentials) {
      await keep('username', credentials.username);
      await keep('password', credentials.password);
      await keep('askpass', askpass, 0o700);
    }
    if (spec.sshKeySecret) await keep('key', `${await secrets.secret(spec.sshKeySecret, signal)}\n`);
    const ending = { name, signal: AbortSignal.any([signal, deadline]), deadline };
    const workAt = async ({ url, isKnown }: Place): Promise<T> => {
      const way = await wayTo(url, name, ending.signal);
      const running = { ...ending, variables: variablesOf(isKnown ? spec : { ...spec, creds: undefined }, folder) };
      return work({ name, url: way.url, folder, run: (words) => runGit([...way.config, ...words], running) });
    };
    return await workAt({ url, isKnown: true }).catch(async (thrown: unknown) => {
      if (!(thrown instanceof EngineError && thrown.cause instanceof LeadsElsewhere)) throw thrown;
      const authorization = credentials && basic(credentials.username, credentials.password);
      const place = await ledTo(url, name, authorization, { signal, clock });
      if (!place) throw thrown;
      return workAt(place);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program `true` answers every question with nothing. */
function variablesOf({ creds, sshKeySecret, insecureIgnoreHostKey }: GitSpec, folder: string): string[] {
  const hosts = insecureIgnoreHostKey ? '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null' : '-o StrictHostKeyChecking=yes';
  const key = sshKeySecret ? `-i '${join(folder, 'key')}' -o IdentitiesOnly=yes` : '';
  return [
    'GIT_TERMINAL_PROMPT=0',
    'GIT_CONFIG_NOSYSTEM=1',
    'GIT_CONFIG_GLOBAL=/dev/null',
    'GIT_ALLOW_PROTOCOL=http:https:ssh:git:file',
    `GIT_ASKPASS=${creds ? join(folder, 'askpass') : 'true'}`,
    `GIT_SSH_COMMAND=ssh -o BatchMode=yes ${hosts} ${key}`,
  ];
}

interface Running {
  readonly name: string;
  readonly variables: readonly string[];
  readonly signal: AbortSignal;
  readonly deadline: AbortSignal;
}

/** `env` adds to the environment that the process has, such as its proxies, and does not show it. */
function runGit(words: readonly string[], { name, variables, signal, deadline }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawnGroup('env', [...variables, 'git', ...words], signal);
    const out = collected(child.stdout);
    const problems = collected(child.stderr);
    child.on('error', (cause) => {
      const reason = deadline.aborted ? `git was not done within ${within / 1000} s` : cause.message;
      reject(signal.aborted && !deadline.aborted ? signal.reason : cannotRead(name, reason, { cause }));
    });
    child.on('close', (code) => {
      if (code === 0) resolve(out());
      else if (code === 127) reject(cannotRead(name, 'the program `git` is not there', { hint: 'install git where the sensor runs' }));
      else reject(said(name, wordsOf(problems()) || `git ended with ${code}`));
    });
  });
}

function said(name: string, words: string): EngineError {
  if (!/returned error: 30[12378]$/.test(words)) return cannotRead(name, words);
  return cannotRead(name, 'the server leads to another place', { cause: new LeadsElsewhere(words), hint: 'write the URL of that place' });
}

/** A redirection, which git is not to follow. */
class LeadsElsewhere extends Error {}

function collected(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= 2 * largest) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** The first line that says what is wrong, without a password that an URL may have. */
function wordsOf(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const line = lines.find((one) => /^(?:fatal|error):/.test(one)) ?? lines.find((one) => one !== '') ?? '';
  return line.replace(/^(?:fatal|error): /, '').replace(/\/\/[^/\s@]*@/g, '//');
}

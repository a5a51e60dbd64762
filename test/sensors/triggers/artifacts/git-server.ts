import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../../support/http-server.ts';

/** A repository with a commit, of which more can be made. */
export function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'sensorium-repository-'));
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', folder, ...who, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  git('init', '--quiet', '--initial-branch=master');
  return {
    folder,
    url: `file://${folder}`,
    git,
    /** Resolves with the commit's id. */
    commit(files: Record<string, string>): string {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message=a');
      return git('rev-parse', 'HEAD').trim();
    },
    link: (name: string, target: string) => symlinkSync(target, join(folder, name)),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** Serves a repository over HTTP, as `git http-backend` does, to one who knows the password, or to anybody without one. `leads` says where a path leads to, if anywhere. */
export async function gitServer(
  folder: string,
  user?: string,
  password?: string,
  leads: (path: string) => string | undefined = () => undefined,
) {
  const calls: string[] = [];
  /** What the callers have shown. */
  const shown = new Set<string | undefined>();
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const server = await serve((request, response) => {
    const { pathname, search } = new URL(request.url!, 'http://localhost');
    calls.push(`${request.method} ${pathname}${search}`);
    const location = leads(pathname);
    if (location !== undefined) return void response.writeHead(302, { location: `${location}${search}` }).end();
    shown.add(request.headers.authorization);
    if (user !== undefined && request.headers.authorization !== expected)
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="a"' }).end();
    const variables = {
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method!,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: `${request.headers['git-protocol'] ?? ''}`,
      REMOTE_USER: user ?? '',
    };
    const backend = spawn('git', ['http-backend'], { env: { ...process.env, ...variables }, stdio: ['pipe', 'pipe', 'ignore'] });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      const headers = answer
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]);
      const status = Number(headers.find(([name]) => name === 'Status')?.[1]?.slice(0, 3) ?? 200);
      response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'Status'))).end(answer.subarray(end + 4));
    });
  });
  return { ...server, url: `http://${server.host}/`, calls, shown };
}

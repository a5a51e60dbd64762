import { readFile } from 'node:fs/promises';
import { fileReasonOf } from '../errors/from-unknown.ts';
import { basic } from '../http/basic.ts';
import type { JsonObject } from '../json/json.ts';
import type { Clock } from '../time/clock.ts';
import { badConfig } from './bad-config.ts';
import type { KubeConfig, TlsFiles } from './config.ts';
import { Kept } from './kept.ts';
import type { Chosen } from './kubeconfig.ts';
import { type SignedIn, type SignIn, signInOf } from './sign-in.ts';

/** The cluster and user of a context as something to connect with. Files are read when first needed, and again each minute. */
export function configOf(chosen: Chosen, clock: Clock): KubeConfig {
  const { cluster, user, namespace } = chosen;
  refuseUnsupported(cluster, user);
  const signIn = user.exec || user['auth-provider'] ? signInOf(chosen) : undefined;
  let tls: TlsFiles = {};
  const identity = new Kept(async () => {
    const { authorization, ...files } = await identify(chosen, signIn);
    if (JSON.stringify(files) !== JSON.stringify(tls)) tls = files;
    return { authorization, tls };
  }, clock);
  return {
    server: serverOf(cluster),
    namespace,
    authorization: async () => (await identity.get()).authorization,
    tls: async () => (await identity.get()).tls,
    refused() {
      signIn?.refused();
      identity.expire();
    },
  };
}

function serverOf({ server }: JsonObject): string {
  if (!/^https?:\/\//.test(String(server)) || !URL.canParse(String(server)))
    throw badConfig(`the server "${server}" is no http or https URL`);
  return String(server).replace(/\/+$/, '');
}

/** Says no to what would connect somewhere else, or as somebody else, than the author meant. */
function refuseUnsupported(cluster: JsonObject, user: JsonObject): void {
  if (cluster['proxy-url']) throw badConfig('its cluster has a `proxy-url`, and connecting through a proxy is not supported');
  if (user.as) throw badConfig('its user has `as`, and impersonation is not supported', { hint: 'use a user of its own' });
}

async function identify({ cluster, user }: Chosen, signIn: SignIn | undefined): Promise<SignedIn & TlsFiles> {
  const signedIn = (await signIn?.identify()) ?? {};
  const authorization = await authorizationOf(user);
  const ca = await pem(cluster, 'certificate-authority');
  const cert = await pem(user, 'client-certificate');
  const key = await pem(user, 'client-key');
  const servername = cluster['tls-server-name'];
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(typeof servername === 'string' && servername !== '' ? { servername } : {}),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
    ...(authorization === undefined ? {} : { authorization }),
    ...signedIn,
  };
}

async function authorizationOf(user: JsonObject): Promise<string | undefined> {
  if (user.tokenFile) return `Bearer ${(await read(String(user.tokenFile))).trim()}`;
  if (user.token) return `Bearer ${user.token}`;
  if (user.username) return basic(`${user.username}`, `${user.password ?? ''}`);
  return undefined;
}

/** The text of `NAME-data` (base64), or of the file that `NAME` names. */
async function pem(entry: JsonObject, name: string): Promise<string | undefined> {
  const data = entry[`${name}-data`];
  if (typeof data === 'string' && data !== '') return Buffer.from(data, 'base64').toString('utf8');
  const path = entry[name];
  return typeof path === 'string' && path !== '' ? await read(path) : undefined;
}

const read = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw badConfig(`cannot read ${path}: ${fileReasonOf(cause)}`, { cause, retry: 'backoff' });
  });

import { EngineError } from '../../../core/errors/engine-error.ts';
import type { Finding } from '../../../core/errors/finding.ts';
import type { InterceptorObject } from '../kinds/interceptor.ts';
import type { InterceptorEntry } from '../kinds/interceptor-spec.ts';
import { bitbucketInterceptor } from './bitbucket.ts';
import { celInterceptor } from './cel/index.ts';
import { githubInterceptor } from './github/index.ts';
import { gitlabInterceptor } from './gitlab.ts';
import { httpInterceptor } from './http/interceptor.ts';
import { interceptorUrl, type SinkOf, webhookUrl } from './http/url.ts';
import { webhookInterceptor } from './http/webhook.ts';
import type { Interceptor } from './interceptor.ts';
import { type Compiled, inList, type Params, valuesOf } from './params.ts';
import { slackInterceptor } from './slack.ts';

/** What the interceptors of a trigger or of a group are made of, beside their entries. */
export interface InterceptorWorld {
  /** That of the EventListener: a `NamespacedInterceptor` is looked for there. */
  readonly listenerNamespace: string;
  /** That of the trigger, or of the EventListener for a group. */
  readonly triggerNamespace: string;
  /** The object of that kind; `namespace` is empty for a ClusterInterceptor. */
  interceptorOf(kind: 'ClusterInterceptor' | 'Interceptor', namespace: string, name: string): InterceptorObject | undefined;
  readonly sinkOf: SinkOf;
  /** The address of GitHub's API; the public one when left out. */
  readonly githubApi?: string;
}

/** Those that run in this process. */
const core: Readonly<Record<string, (params: Params, world: InterceptorWorld) => Compiled>> = {
  bitbucket: bitbucketInterceptor,
  cel(params) {
    const { interceptor, findings } = celInterceptor(valuesOf(params));
    return { interceptor, findings: inList(params, findings) };
  },
  github: (params, { githubApi = 'https://api.github.com' }) => githubInterceptor(params, githubApi),
  gitlab: gitlabInterceptor,
  slack: slackInterceptor,
};

/** Whether interceptors of this name run here, where no object says otherwise. */
export const isOfOurs = (name: string): boolean => Object.hasOwn(core, name);

/** The Service of Tekton in which the same ones run there. */
const coreService = 'tekton-triggers-core-interceptors';

/**
 * The interceptors of a list, in its order, and what is to be said of it, with paths below the list. One that cannot be made as it is
 * written stops every call; one whose object is missing cannot be asked until that is there.
 */
export function compileInterceptors(
  entries: readonly InterceptorEntry[],
  world: InterceptorWorld,
): { readonly interceptors: readonly Interceptor[]; readonly findings: readonly Finding[] } {
  const compiled = entries.map((entry) => compileInterceptor(entry, world));
  return {
    interceptors: compiled.map(({ interceptor }) => interceptor),
    findings: compiled.flatMap(({ findings }, at) => findings.map((finding) => ({ ...finding, path: [at, ...finding.path] }))),
  };
}

function compileInterceptor({ ref, params = [], webhook }: InterceptorEntry, world: InterceptorWorld): Compiled {
  if (webhook) {
    const url = webhookUrl(webhook, world.triggerNamespace, world.sinkOf);
    return plain(url === undefined ? absent('webhook', 'address in this webhook') : webhookInterceptor(url, webhook.header));
  }
  const name = ref?.name ?? '';
  const isOfNamespace = ref?.kind === 'NamespacedInterceptor';
  const namespace = isOfNamespace ? world.listenerNamespace : '';
  const kind = isOfNamespace ? 'Interceptor' : 'ClusterInterceptor';
  const object = world.interceptorOf(kind, namespace, name);
  const own = object ? coreNameOf(object) : isOfNamespace ? undefined : name;
  const make = own !== undefined && isOfOurs(own) ? core[own] : undefined;
  if (make) return make(params, world);
  if (!object) return plain(absent(name, `${kind} ${namespace ? `${namespace}/` : ''}${name}`));
  const url = interceptorUrl(object, world.sinkOf);
  if (url === undefined) return plain(absent(name, `address in the ${kind} ${name}`));
  const { caBundle } = object.spec.clientConfig;
  const ca = caBundle ? Buffer.from(caBundle, 'base64').toString('utf8') : undefined;
  return plain(httpInterceptor({ name, url, ca }, params));
}

/** Which of ours an object stands for that leads to Tekton's own. */
function coreNameOf({ spec, metadata }: InterceptorObject): string | undefined {
  const { service } = spec.clientConfig;
  return service?.name === coreService ? (service.path?.replace(/^\//, '') || metadata.name).toLowerCase() : undefined;
}

const plain = (interceptor: Interceptor): Compiled => ({ interceptor, findings: [] });

/** One that cannot be asked yet. */
const absent = (name: string, what: string): Interceptor => ({
  name,
  decide: () => undefined,
  async ask() {
    throw new EngineError('CONFIG_ABSENT', { what });
  },
});

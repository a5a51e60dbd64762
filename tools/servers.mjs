/**
 * The real servers that tests and benchmarks run against: where they are found, and how they are built.
 *
 *   node tools/servers.mjs            builds what is missing, prints one line a server
 *   node tools/servers.mjs --find     only says what is there
 *
 * Looked for in this order: KUBEBUILDER_ASSETS (etcd, kube-apiserver, kubectl), then our cache; nats-server and gojq on PATH after
 * our cache, so that the pinned version wins. What is still missing is built from the Go module proxy, once for each version.
 * Plain JavaScript without dependencies: it runs before anything is installed or compiled.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const kubernetes = '1.36.3';

/** The modules that k8s.io/kubernetes keeps in its own tree (`staging`), published as v0.X beside each v1.X. */
const staging = [
  'api',
  'apiextensions-apiserver',
  'apimachinery',
  'apiserver',
  'cli-runtime',
  'client-go',
  'cloud-provider',
  'cluster-bootstrap',
  'code-generator',
  'component-base',
  'component-helpers',
  'controller-manager',
  'cri-api',
  'cri-client',
  'cri-streaming',
  'csi-translation-lib',
  'dynamic-resource-allocation',
  'endpointslice',
  'externaljwt',
  'kms',
  'kube-aggregator',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'metrics',
  'mount-utils',
  'pod-security-admission',
  'sample-apiserver',
  'sample-cli-plugin',
  'sample-controller',
  'streaming',
];

const servers = {
  'nats-server': { version: '2.15.2', module: 'github.com/nats-io/nats-server/v2', program: 'github.com/nats-io/nats-server/v2' },
  etcd: { version: '3.7.3', module: 'go.etcd.io/etcd/server/v3', program: 'go.etcd.io/etcd/server/v3', builds: 'server' },
  'kube-apiserver': kubernetesProgram('kube-apiserver'),
  kubectl: kubernetesProgram('kubectl'),
  // What our own jq is compared with.
  gojq: { version: '0.12.19', module: 'github.com/itchyny/gojq', program: 'github.com/itchyny/gojq/cmd/gojq' },
  // A Kafka broker in one small program, which is in `tools/kfake`.
  kfake: {
    version: '0.0.0-20260918054303-01f206a7e32c',
    module: 'github.com/twmb/franz-go/pkg/kfake',
    main: new URL('./kfake/main.go', import.meta.url),
    // It does not say itself that it needs one as new as this.
    beside: ['github.com/twmb/franz-go@v1.22.2'],
  },
};

function kubernetesProgram(name) {
  const [, minor] = kubernetes.split('.');
  const stamp = (key, value) => `-X k8s.io/component-base/version.${key}=${value}`;
  return {
    version: kubernetes,
    module: 'k8s.io/kubernetes',
    program: `k8s.io/kubernetes/cmd/${name}`,
    replace: staging.map((module) => [`k8s.io/${module}`, `v0.${kubernetes.slice(2)}`]),
    ldflags: [stamp('gitVersion', `v${kubernetes}`), stamp('gitMajor', '1'), stamp('gitMinor', minor)],
  };
}

export const names = Object.keys(servers);

/** Where a server is, or undefined. */
export function find(name) {
  const { version } = servers[name];
  const assets = process.env.KUBEBUILDER_ASSETS;
  const places = [];
  if (assets && !['nats-server', 'gojq'].includes(name)) places.push(join(assets, name));
  places.push(join(cache(), `${name}-${version}`));
  if (['nats-server', 'gojq'].includes(name)) places.push(...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));
  return places.find((place) => existsSync(place));
}

/** Builds a server into the cache and returns its path. Throws when there is no Go toolchain or the build fails. */
export function build(name) {
  const { version, module, program = '.', main, beside = [], replace = [], ldflags = [] } = servers[name];
  mkdirSync(cache(), { recursive: true });
  const folder = mkdtempSync(join(cache(), 'build-'));
  const go = (...words) =>
    execFileSync('go', words, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off' },
    });
  try {
    writeFileSync(
      join(folder, 'go.mod'),
      ['module servers', '', 'go 1.25.0', '', ...replace.map(([from, to]) => `replace ${from} => ${from} ${to}`), ''].join('\n'),
    );
    if (main) {
      copyFileSync(main, join(folder, 'main.go'));
      go('get', `${module}@v${version}`, ...beside);
    } else go('get', '-tool', `${program}@v${version}`);
    go('build', '-trimpath', '-ldflags', ['-s', '-w', ...ldflags].join(' '), '-o', join(folder, 'program'), program);
    const target = join(cache(), `${name}-${version}`);
    renameSync(join(folder, 'program'), target);
    return target;
  } catch (cause) {
    throw new Error(`could not build ${name} ${version} from ${module}: ${cause.message}`, { cause });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function cache() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sensorium', 'servers');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const onlyFind = process.argv.includes('--find');
  for (const name of names) {
    const found = find(name) ?? (onlyFind ? undefined : build(name));
    console.log(`${name} ${servers[name].version}  ${found ?? 'missing (node tools/servers.mjs builds it; it needs Go)'}`);
  }
}

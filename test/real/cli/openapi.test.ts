import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalCluster, startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { kinds } from '../../../src/cli/local-cluster/kinds/table.ts';
import { type Api, type Body, connect } from '../../contracts/kube-api/http.ts';
import { outlineOf } from '../../contracts/kube-api/outline.ts';
import { haveApiServer, sharedApiServer } from '../../support/kube-apiserver.ts';

const places = [
  ...new Set(kinds.map(({ group, versions }) => (group === '' ? `api/${versions[0]!.name}` : `apis/${group}/${versions[0]!.name}`))),
];

describe.skipIf(!haveApiServer())('the OpenAPI of the local API and of kube-apiserver', () => {
  let cluster: LocalCluster;
  let apis: { local: Api; real: Api };
  beforeAll(async () => {
    cluster = await startLocalCluster();
    apis = { local: connect(cluster), real: connect(await sharedApiServer()) };
  }, 90_000);
  afterAll(async () => {
    await apis?.local.close();
    await apis?.real.close();
    await cluster?.close();
  });

  test.each(places)('%s has the same kinds with the same fields', async (place) => {
    const [local, real] = await Promise.all(
      [apis.local, apis.real].map(async (api) => (await api.call('GET', `/openapi/v3/${place}`)).body),
    );

    for (const { group, resource, kind, versions } of kinds) {
      if (place !== (group === '' ? `api/${versions[0]!.name}` : `apis/${group}/${versions[0]!.name}`)) continue;
      const outline = (document: Body) =>
        outlineOf(document, kind, [`/${place}/namespaces/{namespace}/${resource}`, `/${place}/${resource}`]);
      expect(withoutKnown(outline(local)), kind).toEqual(withoutKnown(outline(real)));
    }
  });
});

/** Two lists of statuses that are replaced whole by those who apply, and merged by those who patch: our table says the first only. */
const known = /^status\.(hostIPs|conditions \[\]JobCondition)/;

function withoutKnown(lines: readonly string[]): string[] {
  return lines.map((line) => (known.test(line) ? line.replace(/ patched .*$/, '') : line));
}

import { randomUUID } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Kubectl, kubectl } from '../support/kubectl.ts';

const web = (image = 'web:1') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "${image}", ports: [{containerPort: 80}], env: [{name: A, value: "1"}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules: [{host: web.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
`;

/** What users do with kubectl. Runs with the same expectations against the local API and the real kube-apiserver. */
export function kubectlContract(name: string, start: () => Promise<{ kubeconfig: string; end?(): Promise<void> }>): void {
  describe(name, () => {
    const namespace = `kubectl-${randomUUID().slice(0, 8)}`;
    const group = `k${randomUUID().slice(0, 8)}.example.com`;
    let server: Awaited<ReturnType<typeof start>>;
    let run: Kubectl;
    beforeAll(async () => {
      server = await start();
      run = kubectl(server.kubeconfig, namespace);
      await run(`create namespace ${namespace}`);
    }, 90_000);
    afterAll(async () => {
      run?.[Symbol.dispose]();
      await server?.end?.();
    });
    const applied = async (object: string, words = 'apply -f -') => run(words, { input: object });
    const value = async (what: string, path: string) => (await run(['get', ...what.split(' '), '-o', `jsonpath=${path}`])).out;

    test('apply creates, sees that nothing changed, and configures', async () => {
      const first = await applied(web());
      const again = await applied(web());
      const changed = await applied(web('web:2'));

      expect(first).toEqual({
        code: 0,
        err: '',
        out: 'deployment.apps/web created\nservice/web created\ningress.networking.k8s.io/web created\n',
      });
      expect(again.out).toBe('deployment.apps/web unchanged\nservice/web unchanged\ningress.networking.k8s.io/web unchanged\n');
      expect(changed).toEqual({
        code: 0,
        err: '',
        out: 'deployment.apps/web configured\nservice/web unchanged\ningress.networking.k8s.io/web unchanged\n',
      });
      expect(await value('deploy web', '{.spec.template.spec.containers[*].image}')).toBe('web:2');
    });

    test('get prints rows', async () => {
      const { out, err } = await run('get svc,deploy,ing');

      const address = await value('svc web', '{.spec.clusterIP}');
      const lines = out.split('\n').map((line) =>
        line
          .replace(/\s\d+s$/, ' AGE')
          .replace(/ +/g, ' ')
          .trim(),
      );
      expect(err).toBe('');
      expect(lines).toEqual([
        'NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE',
        `service/web ClusterIP ${address} <none> 80/TCP AGE`,
        '',
        'NAME READY UP-TO-DATE AVAILABLE AGE',
        'deployment.apps/web 0/2 0 0 AGE',
        '',
        'NAME CLASS HOSTS ADDRESS PORTS AGE',
        'ingress.networking.k8s.io/web nginx web.test 80 AGE',
        '',
      ]);
    });

    test('get all shows what is in the category', async () => {
      const { out } = await run('get all -o name');

      expect(out.split('\n').sort()).toEqual(['', 'deployment.apps/web', 'service/web']);
    });

    test('annotate, label, scale and the three kinds of patch', async () => {
      const said = async (words: string | string[]) => (await run(words)).out.trim();

      expect(await said('annotate svc web autodeploy-ingress-host=a.test')).toBe('service/web annotated');
      expect(await said('label svc web tier=front')).toBe('service/web labeled');
      expect(await said('label svc web tier-')).toBe('service/web unlabeled');
      expect(await said('scale deploy web --replicas 5')).toBe('deployment.apps/web scaled');
      const container = '{"name":"web","env":[{"name":"B","value":"2"}]}';
      expect(await said(['patch', 'deploy', 'web', '-p', `{"spec":{"template":{"spec":{"containers":[${container}]}}}}`])).toBe(
        'deployment.apps/web patched',
      );
      expect(await said(['patch', 'deploy', 'web', '--type=merge', '-p', '{"metadata":{"labels":{"x":"y"}}}'])).toBe(
        'deployment.apps/web patched',
      );
      const step = '[{"op":"replace","path":"/spec/replicas","value":3}]';
      expect(await said(['patch', 'deploy', 'web', '--type=json', '-p', step])).toBe('deployment.apps/web patched');
      expect(await said(['patch', 'deploy', 'web', '--type=json', '-p', step])).toBe('deployment.apps/web patched (no change)');

      expect(await value('svc web', '{.metadata.annotations.autodeploy-ingress-host}')).toBe('a.test');
      expect(await value('deploy web', '{.spec.replicas} {.spec.template.spec.containers[0].env[*].name} {.metadata.labels.x}')).toBe(
        '3 B A y',
      );
    });

    test('edit changes what the editor changes', async () => {
      const editor = join(run.folder, 'editor.sh');
      writeFileSync(editor, '#!/bin/sh\nsed -i "s/replicas: .*/replicas: 4/" "$1"\n');
      chmodSync(editor, 0o755);

      const { out } = await run('edit deploy web', { env: { EDITOR: editor } });

      expect(out).toBe('deployment.apps/web edited\n');
      expect(await value('deploy web', '{.spec.replicas}')).toBe('4');
    });

    test('diff shows what an apply would change', async () => {
      const { code, out } = await applied(web('web:3'), 'diff -f -');

      expect(code).toBe(1);
      expect(out).toMatch(/^-\s+(- )?image: web:2$/m);
      expect(out).toMatch(/^\+\s+(- )?image: web:3$/m);
      expect(await value('deploy web', '{.spec.template.spec.containers[0].image}')).toBe('web:2');
    });

    test('replace puts a whole object', async () => {
      const { out } = await applied(web('web:4'), 'replace -f -');

      expect(out).toBe('deployment.apps/web replaced\nservice/web replaced\ningress.networking.k8s.io/web replaced\n');
      expect(await value('deploy web', '{.spec.template.spec.containers[0].image} {.spec.replicas}')).toBe('web:4 2');
    });

    test('create refuses what is there', async () => {
      const { code, err } = await applied(web(), 'create -f -');

      expect(code).toBe(1);
      expect(err).toContain('Error from server (AlreadyExists): error when creating "STDIN": services "web" already exists');
    });

    test('server-side apply takes over, and says with whom it conflicts', async () => {
      const config = (x: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {x: "${x}"}}`;

      expect((await applied(config('1'), 'apply --server-side -f -')).out).toBe('configmap/c serverside-applied\n');
      await run(['patch', 'cm', 'c', '--field-manager=other', '--type=merge', '-p', '{"data":{"x":"2"}}']);
      const refused = await applied(config('3'), 'apply --server-side -f -');
      const forced = await applied(config('3'), 'apply --server-side --force-conflicts -f -');

      expect(refused.code).toBe(1);
      expect(refused.err).toContain('Apply failed with 1 conflict: conflict with "other" using v1: .data.x');
      expect(forced.out).toBe('configmap/c serverside-applied\n');
      expect(await value('cm c', '{.data.x}')).toBe('3');
    });

    test('an object that was applied by the client can be applied by the server', async () => {
      const { code, out, err } = await applied(web('web:5'), 'apply --server-side --force-conflicts -f -');
      const managers = await value('svc web --show-managed-fields', '{.metadata.managedFields[?(@.operation=="Apply")].manager}');

      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('service/web serverside-applied');
      expect(managers).toBe('kubectl');
    });

    test('get -w prints each change', async () => {
      const watch = run.follow('get cm -w --no-headers');
      try {
        // whether the watch is open yet, only what it prints can tell
        await eventually(async () => {
          await applied('{apiVersion: v1, kind: ConfigMap, metadata: {name: watched}}');
          await run('delete cm watched');
          return watch.lines.some((line) => line.startsWith('watched'));
        }, 15_000);
        await applied('{apiVersion: v1, kind: ConfigMap, metadata: {name: watched}}');
        const before = watch.lines.length;
        await run(['patch', 'cm', 'watched', '--type=merge', '-p', '{"data":{"a":"1","b":"2"}}']);

        await eventually(() => watch.lines.slice(before).some((line) => /^watched +2 /.test(line)));
      } finally {
        await watch.stop();
      }
    });

    test('wait returns when a field has its value, and when an object is gone', async () => {
      await applied('{apiVersion: v1, kind: ConfigMap, metadata: {name: waited}}');
      const value = run(['wait', 'cm/waited', '--for=jsonpath={.data.a}=1', '--timeout=10s']);
      await run(['patch', 'cm', 'waited', '--type=merge', '-p', '{"data":{"a":"1"}}']);
      expect((await value).out).toBe('configmap/waited condition met\n');

      const gone = run('wait cm/waited --for=delete --timeout=10s');
      await run('delete cm waited');
      expect((await gone).code).toBe(0);
    });

    test('create makes objects from words', async () => {
      for (const words of [
        'create configmap made --from-literal=a=b',
        'create secret generic made --from-literal=a=b',
        'create serviceaccount made',
        'create deployment made --image=web:1 --port=80 --replicas=0',
        'create ingress made --class=nginx --rule=a.test/*=web:80,tls=cert',
        'create job made --image=job:1',
        'create role made --verb=get --resource=pods',
        'create rolebinding made --role=made --serviceaccount=default:x',
        'expose deployment made --port=80 --target-port=http',
        'autoscale deployment made --max=3 --cpu=50%',
      ]) {
        expect(await run(words), words).toMatchObject({ code: 0, err: '' });
      }

      expect(await value('cm made', '{.data}')).toBe('{"a":"b"}');
      expect(await value('secret made', '{.type} {.data}')).toBe('Opaque {"a":"Yg=="}');
      expect(await value('deploy made', '{.spec.replicas} {.spec.template.spec.containers[0].ports[0].containerPort}')).toBe('0 80');
      expect(await value('ing made', '{.spec.rules[0].http.paths[0].backend.service} {.spec.tls[0].secretName}')).toBe(
        '{"name":"web","port":{"number":80}} cert',
      );
      expect(await value('svc made', '{.spec.ports[0].targetPort} {.spec.selector}')).toBe('http {"app":"made"}');
      expect(await value('hpa made', '{.spec.metrics[0].resource.target.averageUtilization}')).toBe('50');
      await run('delete deploy,svc,hpa,job,ing made');
    });

    test('explain tells of kinds and their fields', async () => {
      const rules = await run('explain ingress.spec.rules');
      const pod = await run('explain pods --recursive');
      const unknown = await run('explain pod.spec.nothing');

      expect(rules.out).toMatch(/^GROUP: {6}networking.k8s.io\nKIND: {7}Ingress\nVERSION: {4}v1\n\nFIELD: rules <\[\]IngressRule>\n/);
      expect(rules.out).toMatch(/^FIELDS:\n {2}host\t<string>\n[\s\S]*^ {2}http\t<HTTPIngressRuleValue>\n/m);
      expect(pod.out).toMatch(/^ +containerPort\t<integer> -required-$/m);
      expect(unknown).toMatchObject({ code: 1, err: 'error: field "nothing" does not exist\n' });
    });

    test('describe shows what the object says, and its events', async () => {
      const about = `{apiVersion: v1, kind: Service, name: web, namespace: ${namespace}, uid: ${await value('svc web', '{.metadata.uid}')}}`;
      await applied(
        `{apiVersion: v1, kind: Event, metadata: {name: seen}, involvedObject: ${about}, reason: Tested, message: it was tested, type: Normal, source: {component: tester}, firstTimestamp: "2026-01-01T00:00:00Z", lastTimestamp: "2026-01-01T00:00:00Z"}`,
      );

      // What an API server says of its own, when its look at addresses meets the new Service, is left out.
      const linesOf = async (command: string) =>
        (await run(command)).out
          .split('\n')
          .map((line) => line.replace(/\s+/g, ' ').trim())
          .filter((line) => !line.includes('ClusterIPNotAllocated'));
      const lines = await linesOf('describe svc web');
      const events = (await linesOf('events --for svc/web --no-headers')).join(' ').trim();

      expect(lines).toContain('Type: ClusterIP');
      expect(lines).toContain('Port: http 80/TCP');
      expect(lines.slice(-3, -1)).toEqual([
        '---- ------ ---- ---- -------',
        expect.stringMatching(/^Normal Tested \S+ tester it was tested$/),
      ]);
      expect(events).toMatch(/^\S+ Normal Tested Service\/web it was tested$/);
      for (const what of ['deploy web', 'ing web', `namespace ${namespace}`]) expect((await run(`describe ${what}`)).code).toBe(0);
    });

    test('an apply that is only tried changes nothing, and says what it would do', async () => {
      const before = await value('deploy web', '{.metadata.resourceVersion}');

      const tried = await applied(web('web:9'), 'apply --dry-run=server -f -');
      const made = await run('create configmap tried --from-literal=a=b --dry-run=server');

      expect(tried.out).toMatch(/^deployment.apps\/web configured \(server dry run\)\n/);
      expect(made.out).toBe('configmap/tried created (server dry run)\n');
      expect(await value('deploy web', '{.metadata.resourceVersion}')).toBe(before);
      expect((await run('get cm tried')).err).toBe('Error from server (NotFound): configmaps "tried" not found\n');
    });

    test('a field that is not applied any more is taken away, one that somebody else set stays', async () => {
      const config = (data: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: pruned}, data: ${data}}`;
      await applied(config('{a: "1", b: "1"}'));
      await run(['patch', 'cm', 'pruned', '--type=merge', '-p', '{"data":{"c":"1"}}']);

      await applied(config('{a: "2"}'));

      expect(await value('cm pruned', '{.data}')).toBe('{"a":"2","c":"1"}');
    });

    test('whoever went from client-side to server-side apply has no conflict with himself', async () => {
      const config = (x: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: moved}, data: {x: "${x}"}}`;
      await applied(config('1'));

      const moved = await applied(config('2'), 'apply --server-side -f -');
      const other = await applied(config('3'), 'apply --server-side --field-manager=other -f -');
      const annotation = await value('cm moved', '{.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}');

      expect(moved).toEqual({ code: 0, err: '', out: 'configmap/moved serverside-applied\n' });
      expect(other.err).toMatch(/^error: Apply failed with 1 conflict: conflict with "kubectl": .data.x\n/);
      expect(JSON.parse(annotation)).toEqual({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'moved', namespace },
        data: { x: '2' },
      });
    });

    test('what is wrong with a pod that does not run is said', async () => {
      await run('run idle --image=i:1');

      const { code } = await run('exec idle -- ls');

      expect(code).toBe(1);
      expect((await run('get pod idle --no-headers')).out).toMatch(/^idle +0\/1 +Pending +0 /);
      await run('delete pod idle --now');
    });

    test('a broken object is refused with the reason', async () => {
      const { code, err } = await applied(
        '{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: Bad_Name}, spec: {defaultBackend: {service: {name: a, port: {number: 1}}}}}',
      );

      expect(code).toBe(1);
      expect(err).toMatch(
        /^The Ingress "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must/,
      );
    });

    test('a custom kind is applied, shown, refused and removed', async () => {
      const definition = {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `widgets.${group}` },
        spec: {
          group,
          scope: 'Namespaced',
          names: { plural: 'widgets', kind: 'Widget' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              additionalPrinterColumns: [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }],
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  properties: {
                    spec: { type: 'object', properties: { size: { type: 'integer', maximum: 9, description: 'How large.' } } },
                  },
                },
              },
            },
          ],
        },
      };
      const widget = (spec: object) => JSON.stringify({ apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name: 'w' }, spec });

      expect((await applied(JSON.stringify(definition))).out).toBe(
        `customresourcedefinition.apiextensions.k8s.io/widgets.${group} created\n`,
      );
      expect((await run(`wait crd/widgets.${group} --for=condition=established --timeout=10s`)).code).toBe(0);
      await eventually(async () => (await applied(widget({ size: 4 }))).code === 0);
      const explained = (await run('explain widget.spec')).out;
      expect(explained).toContain('FIELD: spec <Object>\n');
      expect(explained).toContain('  size\t<integer>\n    How large.\n');
      expect((await run('describe widget w')).out).toMatch(/^Spec:\n +Size: +4\n/m);
      expect((await run('get widgets')).out).toMatch(/^NAME +SIZE\nw +4\n$/);
      expect((await applied(widget({ size: 5 }))).out).toBe(`widget.${group}/w configured\n`);
      expect((await applied(widget({ size: 5 }))).out).toBe(`widget.${group}/w unchanged\n`);
      expect((await applied(widget({ size: 44 }))).err).toBe(
        'The Widget "w" is invalid: spec.size: Invalid value: 44: spec.size in body should be less than or equal to 9\n',
      );
      expect((await applied(widget({ sizes: 4 }))).err).toContain('strict decoding error: unknown field "spec.sizes"');
      expect((await run(`delete crd widgets.${group}`)).code).toBe(0);
    });

    test('api-resources and auth can-i answer', async () => {
      const { out } = await run('api-resources --api-group=networking.k8s.io -o name');

      expect(out).toContain('ingresses.networking.k8s.io\n');
      expect((await run('auth can-i create pods')).out).toBe('yes\n');
      expect((await run('auth can-i --list')).out).toMatch(/^\*\.\* +\[\] +\[\] +\[\*\]$/m);
      expect((await run('auth whoami')).out).toMatch(/^Username +admin$/m);
      expect((await run('cluster-info')).out).toContain(' is running at ');
      expect((await run('api-versions')).out).toContain('networking.k8s.io/v1\n');
    });

    test('delete -f takes everything away', async () => {
      const { out } = await applied(web(), 'delete -f -');

      expect(out).toBe(
        ['deployment.apps "web"', 'service "web"', 'ingress.networking.k8s.io "web"']
          .map((one) => `${one} deleted from ${namespace} namespace\n`)
          .join(''),
      );
      expect((await run('get all -o name')).out).toBe('');
    });
  });
}

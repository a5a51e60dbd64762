/**
 * One Pod on the simulated node.
 *
 * *Pending*: it is bound to the node. *Starting*: images are pulled, init containers run one after another, containers are made.
 * *Running*: its containers pretend to run, for as long as its annotations say. Then it is over (*Succeeded*, *Failed*), or, where its
 * `restartPolicy` asks for it, they are started again after a back-off as a kubelet's.
 */
import type { KubeObject } from '../../../../core/kube/kube.ts';
import { at } from '../../kinds/columns.ts';
import { type Life, now } from '../life.ts';
import { nodeName } from '../node.ts';
import { note } from '../note.ts';
import type { Play } from '../play-all.ts';
import { type Wish, wishOf } from '../wish.ts';
import { type Container, ended, newPicture, type Picture } from './picture.ts';
import { statusOf } from './pod-status.ts';

const second = 1_000;
/** Milliseconds until an image is there. */
const pullTakes = 200;
const usual = { takes: second } as const;
const restart = { first: 10 * second, ceiling: 300 * second };

/** Plays the Pods of a node, which remembers its images and gives out addresses. */
export function podPlayer(): Play {
  const images = new Set<string>();
  let addresses = 1;

  return async (life) => {
    const pod = life.latest();
    const bound = at(pod, 'spec', 'nodeName');
    if (isOver(pod) || (bound !== undefined && bound !== nodeName)) return;
    const wish = wishOf(pod, { ...usual, outcome: at(pod, 'spec', 'restartPolicy') === 'Always' ? 'run' : 'succeed' });
    if (bound === undefined) await bind(life);
    addresses += 1;
    const picture = newPicture(pod, `10.244.${(addresses >> 8) & 255}.${addresses & 255}`, now(life));
    const show = () => life.setStatus((status) => ({ ...status, ...statusOf(picture, now(life)) }));

    for (const container of picture.init) {
      await start(life, container, images);
      container.state = { running: { startedAt: now(life) } };
      await show();
      if (container.isSidecar) continue;
      await life.clock.sleep(second / 10, life.signal);
      container.state = ended(container.state, 0, now(life));
    }
    for (;;) {
      for (const container of picture.containers) await start(life, container, images);
      for (const container of picture.containers) container.state = { running: { startedAt: now(life) } };
      await show();
      life.tell.simulated({ kind: 'Pod', ...nameIn(pod), outcome: 'Running' });
      if (wish.outcome === 'run') return stopping(life, picture);
      await life.clock.sleep(wish.takes, life.signal);
      if (life.signal.aborted) return stopping(life, picture);
      const code = wish.outcome === 'fail' ? 1 : 0;
      for (const container of picture.containers) container.state = ended(container.state, code, now(life));
      if (!restarts(pod, wish)) break;
      await restartLater(life, picture, show);
    }
    picture.isOver = true;
    await show();
    life.tell.simulated({ kind: 'Pod', ...nameIn(pod), outcome: wish.outcome === 'fail' ? 'Failed' : 'Succeeded' });
  };
}

async function bind(life: Life): Promise<void> {
  const { kube, type, signal } = life;
  const { name, namespace } = life.latest().metadata;
  await kube.patch(type, { name, namespace }, { spec: { nodeName } }, 'application/merge-patch+json', { signal });
  await note(life, { by: 'default-scheduler', reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${nodeName}` });
}

/** Pulls the image where it has to be, and makes the container. */
async function start(life: Life, { name, image, pulls, part }: Container, images: Set<string>): Promise<void> {
  const say = (reason: string, message: string) => note(life, { by: 'kubelet', host: nodeName, part: `${part}{${name}}`, reason, message });
  if (pulls === 'Always' || !images.has(image)) {
    await say('Pulling', `Pulling image "${image}"`);
    await life.clock.sleep(pullTakes, life.signal);
    await say('Pulled', `Successfully pulled image "${image}" in ${pullTakes}ms`);
  } else await say('Pulled', `Container image "${image}" already present on machine`);
  images.add(image);
  await say('Created', `Created container: ${name}`);
  await say('Started', `Started container ${name}`);
}

/** The containers wait, as long as a kubelet lets them, and count one more start. */
async function restartLater(life: Life, picture: Picture, show: () => Promise<void>): Promise<void> {
  const times = picture.containers[0]?.restarts ?? 0;
  const { name, namespace, uid } = life.latest().metadata;
  for (const container of picture.containers) {
    container.lastState = container.state;
    container.state = { waiting: { reason: 'CrashLoopBackOff', message: `back-off restarting container ${container.name}` } };
    container.restarts += 1;
  }
  if (times > 0) {
    await show();
    const [{ name: first = '', part = '' } = {}] = picture.containers;
    await note(life, {
      by: 'kubelet',
      host: nodeName,
      part: `${part}{${first}}`,
      warning: true,
      reason: 'BackOff',
      message: `Back-off restarting failed container ${first} in pod ${name}_${namespace}(${uid})`,
    });
    await life.clock.sleep(Math.min(restart.first * 2 ** (times - 1), restart.ceiling), life.signal);
  }
}

/** A Pod that runs on, until it is deleted: then its containers are said to be stopped. */
async function stopping(life: Life, { containers }: Picture): Promise<void> {
  await life.until(Number.POSITIVE_INFINITY, () => false);
  for (const { name, part } of life.outlives.aborted ? [] : containers)
    await note(
      life,
      { by: 'kubelet', host: nodeName, part: `${part}{${name}}`, reason: 'Killing', message: `Stopping container ${name}` },
      life.outlives,
    );
}

const restarts = (pod: KubeObject, { outcome }: Wish): boolean => {
  const policy = at(pod, 'spec', 'restartPolicy');
  return policy === 'Always' || (policy === 'OnFailure' && outcome === 'fail');
};

const isOver = (pod: KubeObject): boolean => ['Succeeded', 'Failed'].includes(String(at(pod, 'status', 'phase')));

const nameIn = ({ metadata: { namespace, name } }: KubeObject) => ({ namespace, name });

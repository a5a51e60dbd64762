import { mixedDialectsStory } from '../../contracts/stories/mixed-dialects.ts';
import { startOnServers } from '../../contracts/stories/story.ts';

mixedDialectsStory('on a real nats-server and kube-apiserver', startOnServers);

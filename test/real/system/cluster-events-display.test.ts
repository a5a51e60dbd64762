import { clusterEventsStory } from '../../contracts/stories/cluster-events-display.ts';
import { startOnServers } from '../../contracts/stories/story.ts';

clusterEventsStory('on a real nats-server and kube-apiserver', startOnServers, false);

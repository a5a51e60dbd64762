import { clusterEventsStory } from '../contracts/stories/cluster-events-display.ts';
import { startLocally } from '../contracts/stories/story.ts';

clusterEventsStory('on the embedded bus and the local API', startLocally, true);
